"""Words and versions: two editors at once, corrections that show, earlier words put back."""

import random
import time
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from modules.news import conf, services
from modules.news.models import Revision
from modules.news.selectors import changes, desk
from modules.news.states import Kind
from modules.news.tests.conftest import words
from modules.news.workflow import NotAllowed

pytestmark = pytest.mark.django_db
DAY = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)


def test_two_editors_at_once_lose_nothing(draft, writer, reviewer, at, in_region) -> None:
    article = draft(text="Satu dua tiga.")
    services.save(article=article, content=words(text="Satu dua empat."), version=1, by=reviewer)
    client, address = at(writer), f"/desk/news/{article.uuid}/edit/"
    mine = {"title": "Judul saya", "text": "Satu dua lima.", "kind": "news", "version": "1"}
    answer = client.post(address, mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Satu dua lima." in html
    assert "empat." in html
    assert 'name="version" value="2"' in html
    article.refresh_from_db()
    assert article.text == "Satu dua empat."
    assert client.post(address, mine | {"version": "2"}).status_code == 302
    article.refresh_from_db()
    assert (article.text, article.version) == ("Satu dua lima.", 3)
    kept = [row.content["text"] for row in article.revisions.all()]
    assert kept == ["Satu dua lima.", "Satu dua empat.", "Satu dua tiga."]


def test_what_only_the_other_changed_is_kept(draft, writer, reviewer, at, in_region) -> None:
    article = draft(Kind.EVENT, text="Satu.\n\nDua.")
    theirs = words(Kind.EVENT, text="Satu.", starts_at=DAY, areas=("36.71.01",))
    services.save(article=article, content=theirs, version=1, by=reviewer)
    began = timezone.localtime(article.starts_at)
    mine = {
        "title": article.title, "text": "Satu.\r\n\r\nDua.", "summary": "Milik saya",
        "kind": "event", "place": article.place,
        "starts_at": f"{began:%Y-%m-%dT%H:%M}", "version": "1",
    }  # fmt: skip
    Revision.objects.filter(number=1).update(
        content=article.revisions.get(number=1).content
        | {"starts_at": began.replace(second=0, microsecond=0).isoformat()}
    )
    client, address = at(writer), f"/desk/news/{article.uuid}/edit/"
    form = client.post(address, mine).context["form"]
    assert {name: form[name].value() for name in ("text", "summary", "areas", "starts_at")} == {
        "text": "Satu.", "summary": "Milik saya", "areas": ["36.71.01"],
        "starts_at": f"{timezone.localtime(DAY):%Y-%m-%dT%H:%M}",
    }  # fmt: skip


def test_the_same_words_again_are_no_version(draft, writer) -> None:
    article = draft()
    again = services.save(article=article, content=words(), version=1, by=writer)
    assert (again.version, again.revisions.count()) == (1, 1)


def test_a_correction_tells_why_and_keeps_what_stood_there(published, reviewer, visitor) -> None:
    article = published(text="Buka pukul 8.")
    with pytest.raises(NotAllowed):
        services.correct(
            article=article, content=words(text="Buka pukul 9."), note=" ", version=1, by=reviewer
        )
    services.correct(
        article=article, content=words(text="Buka pukul 9."), note="Jam buka keliru.", version=1,
        by=reviewer,
    )  # fmt: skip
    html = visitor.get(f"/news/{article.uuid}/").content.decode()
    assert "Jam buka keliru." in html
    assert "Buka pukul 9." in html
    old, new = reversed(article.revisions.all())
    (change,) = changes.between(old.content, new.content)
    told = [(part.what, part.words) for part in change.parts]
    assert told == [("same", "Buka pukul "), ("gone", "8."), ("new", "9.")]


def test_what_differs_in_a_long_text_is_found_at_once() -> None:
    words_, common = random.Random(1), ["dan", "yang", "di", "untuk"] * 30
    old = [words_.choice([*common, *(f"kata{n}" for n in range(400))]) for _ in range(4000)]
    new = [f"baru{at}" if at % 50 == 0 else word for at, word in enumerate(old)]
    began = time.thread_time()
    found = list(changes.parts(" ".join(old), " ".join(new)))
    assert sum(part.what == "new" for part in found) == 80
    list(changes.parts("a " * 15_000, "a b " * 7500))
    assert time.thread_time() - began < 5


def test_restored_words_are_a_new_version(draft, writer, at) -> None:
    article = draft(text="Lama.")
    services.save(article=article, content=words(text="Baru."), version=1, by=writer)
    page = f"/desk/news/{article.uuid}/versions/1/"
    assert "Lama." in at(writer).get(page).content.decode()
    assert at(writer).post(page).status_code == 302
    article.refresh_from_db()
    assert (article.text, article.version) == ("Lama.", 3)


def test_archived_and_back(published, reviewer, visitor) -> None:
    article = published()
    page = article.get_absolute_url()
    assert visitor.get(page).status_code == 200
    services.archive(article=article, by=reviewer)
    assert visitor.get(page).status_code == 410
    assert "Perbaikan" not in visitor.get("/news/").content.decode()
    services.bring_back(article=article, by=reviewer)
    assert visitor.get(page).status_code == 200


def test_what_nobody_looked_at_for_long_is_stale_until_somebody_does(published, reviewer) -> None:
    from datetime import timedelta

    from django.utils import timezone

    now, long_ago = timezone.now(), timezone.now() - timedelta(days=conf.Settings().stale_days + 1)
    notice, news = published("notice", now=long_ago), published("news", now=long_ago)
    rows = desk.matching(reviewer, desk.Filters(tab="stale"), now)
    assert list(rows) == [notice]
    assert desk.is_stale(notice, now)
    assert not desk.is_stale(news, now)
    services.still_holds(article=notice, by=reviewer, now=now)
    assert not desk.matching(reviewer, desk.Filters(tab="stale"), now).exists()
