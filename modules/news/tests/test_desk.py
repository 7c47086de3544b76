"""The desk's pages: who opens them, what they list, and a whole life through the forms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from balai.directory.models import Area
from modules.news import services
from modules.news.forms import ArticleForm
from modules.news.models import Article
from modules.news.selectors import desk
from modules.news.states import Kind, State
from modules.news.tests.conftest import own_queries, paper, picture

pytestmark = pytest.mark.django_db


def local(moment) -> str:
    """Return a time as a browser's field sends it."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def test_an_article_s_life_through_the_forms(writer, reviewer, at, visitor, in_region) -> None:
    hers, his = at(writer), at(reviewer)
    village = Area.objects.filter(kind=Area.Kind.VILLAGE).first()
    typed = {
        "kind": "event", "title": "Pasar murah", "summary": "Sembako", "text": "Isi.",
        "starts_at": local(timezone.now() + timedelta(days=1)), "place": "Balai Kota",
        "areas": [village.code], "version": "0", "then": "pictures",
    }  # fmt: skip
    assert hers.get("/desk/news/new/").status_code == 200
    assert hers.get("/desk/news/new/?kind=event").status_code == 200
    bad = hers.post("/desk/news/new/", typed | {"title": "", "ends_at": local(timezone.now())})
    assert bad.status_code == 422
    assert "Balai Kota" in bad.content.decode()
    answer = hers.post("/desk/news/new/", typed)
    article = Article.objects.get(title="Pasar murah")
    base = f"/desk/news/{article.uuid}/"
    assert answer["Location"] == f"{base}pictures/"
    assert article.areas == [village.code]
    refused = hers.post(f"{base}pictures/", {"picture": picture(), "alt": ""})
    assert refused.status_code == 422
    hers.post(f"{base}pictures/", {"picture": picture(), "alt": "Pasar"})
    edited = typed | {"title": "Pasar murah kota", "version": "1", "then": "preview"}
    assert hers.post(f"{base}edit/", edited)["Location"] == f"{base}preview/"
    assert "Pasar murah kota" in hers.get(f"{base}preview/").content.decode()
    assert hers.get(f"{base}move/submit/").status_code == 200
    hers.post(f"{base}move/submit/")
    assert his.post(f"{base}move/send_back/", {"note": ""}).status_code == 422
    his.post(f"{base}move/send_back/", {"note": "Jamnya?"})
    assert "Jamnya?" in hers.get(base).content.decode()
    hers.post(f"{base}move/submit/")
    day = timedelta(days=1)
    article.refresh_from_db()
    seen = article.changed_at.isoformat()
    assert f'value="{seen}"' in his.get(f"{base}move/approve/").content.decode()
    later = {"when": "later", "seen": seen, "publish_at": local(timezone.now() + day)}
    for nonsense in ("", "x", "2026-99-01T00:00:00Z", "2026-01-01T00:00:00"):
        assert his.post(f"{base}move/approve/", later | {"seen": nonsense}).status_code == 422
    past = later | {"publish_at": local(timezone.now() - day)}
    assert his.post(f"{base}move/approve/", past).status_code == 422
    his.post(f"{base}move/approve/", later)
    article.refresh_from_db()
    assert article.state_at(timezone.now()) == State.SCHEDULED
    his.post(f"{base}move/reschedule/", {"when": "now"})
    assert "Pasar murah kota" in visitor.get(f"/news/{article.uuid}/").content.decode()
    correction = edited | {"note": "Tempat berubah.", "place": "Alun-alun"}
    assert his.post(f"{base}correct/", correction | {"version": "2", "note": ""}).status_code == 422
    assert his.post(f"{base}correct/", correction | {"version": "1"}).status_code == 409
    assert his.post(f"{base}correct/", correction | {"version": "2"}).status_code == 302
    assert "Tempat berubah." in visitor.get(f"/news/{article.uuid}/").content.decode()
    assert "Alun-alun" in his.get(f"{base}correct/?version=3").content.decode()
    assert his.get(f"{base}move/archive/").status_code == 200
    his.post(f"{base}move/archive/")
    assert visitor.get(f"/news/{article.uuid}/").status_code == 410
    his.post(f"{base}move/bring_back/")
    assert visitor.get(f"/news/{article.uuid}/").status_code == 200


def test_a_second_click_writes_one_draft_and_adds_one_picture(writer, at) -> None:
    client = at(writer)
    typed = {"kind": "news", "title": "Dua klik", "text": "Isi.", "version": "0"}
    key = {"idempotency_key": "kunci-uji-0001"}
    places = [client.post("/desk/news/new/", typed | key)["Location"] for _ in range(2)]
    article = Article.objects.get(title="Dua klik")
    assert places == [f"/desk/news/{article.uuid}/"] * 2
    for _ in range(2):
        client.post(f"{places[0]}pictures/", {"picture": picture(64, 48), "alt": "Satu", **key})
    assert article.pictures.count() == 1


def test_a_text_that_is_too_long_comes_back_whole(writer, at) -> None:
    client, text = at(writer), "kata " * 10_000
    assert "maxlength" not in str(ArticleForm(kind="news", user=writer)["text"])
    typed = {"kind": "news", "title": "Panjang", "text": text, "version": "0"}
    answer = client.post("/desk/news/new/", typed)
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()


def test_a_refused_paper_leaves_no_draft(writer, at) -> None:
    typed = {"kind": "epaper", "title": "Koran kota", "version": "0"}
    answer = at(writer).post("/desk/news/new/", typed | {"document": paper(b"/JavaScript")})
    assert answer.status_code == 422
    assert not Article.objects.filter(title="Koran kota").exists()
    assert at(writer).post("/desk/news/new/", typed | {"document": paper()}).status_code == 302
    assert Article.objects.get(title="Koran kota").document["name"] == "koran kota.pdf"


def test_every_state_has_a_page_with_what_can_be_done(published, draft, writer, at) -> None:
    now = timezone.now()
    rows = [
        draft(), services.submit(article=draft(), by=writer), published(),
        published(Kind.HOAX, now=now - timedelta(days=200)), published(at=now + timedelta(days=1)),
    ]  # fmt: skip
    client = at(writer)
    for row in rows:
        assert client.get(f"/desk/news/{row.uuid}/").status_code == 200
        for name in desk_moves(row, writer):
            page = f"/desk/news/{row.uuid}/move/{name}/"
            assert client.get(page).status_code in (200, 302)
    assert client.get(f"/desk/news/{rows[0].uuid}/move/nonsense/").status_code == 404
    assert client.post(f"/desk/news/{rows[3].uuid}/keep/holds/").status_code == 302
    assert client.post(f"/desk/news/{rows[2].uuid}/keep/top/").status_code == 302
    assert Article.objects.get(pk=rows[2].pk).lead
    assert client.post(f"/desk/news/{rows[2].uuid}/keep/nonsense/").status_code == 404


def desk_moves(article: Article, by: object) -> list[str]:
    """Return the moves that have a page of their own."""
    from modules.news import workflow

    return [name for name in workflow.offered(article, by, timezone.now()) if name != "correct"]


def test_the_list_filters_sorts_and_costs_no_query_a_row(
    draft, published, writer, at, django_assert_max_num_queries
) -> None:
    draft(title="Draf tentang banjir")
    published(Kind.HOAX, title="Hoaks banjir")
    client = at(writer)

    def seen(query: str, part: str = "") -> str:
        answer = client.get(f"/desk/news/{part}?{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    assert "Draf tentang" in seen("")
    assert "Hoaks banjir" not in seen("")
    assert "Hoaks banjir" in seen("tab=out&kind=hoax&q=banjir&mine=1&sort=title")
    assert "data-search" not in seen("tab=out", "rows/")
    assert "Hoaks banjir" in seen("tab=out", "rows/")
    assert 'class="card empty"' in seen("tab=out&kind=event")
    assert 'class="card empty"' in seen("tab=review")
    assert "Draf tentang" in seen("tab=nonsense&kind=x&sort=y&page=z&q=%00")
    with django_assert_max_num_queries(15) as one:
        seen("tab=all")
    draft(title="Draf kedua")
    draft(title="Draf ketiga")
    with django_assert_max_num_queries(15) as three:
        seen("tab=all")
    assert own_queries(three) == own_queries(one)
    counts = desk.counts(writer)
    assert (counts["open"], counts["out"], counts["all"]) == (3, 1, 4)


def test_others_reach_nothing(draft, make_user, at, visitor) -> None:
    article = draft()
    pages = ("", "edit/", "correct/", "preview/", "move/submit/", "pictures/", "versions/1/")
    for page in pages:
        address = f"/desk/news/{article.uuid}/{page}"
        assert visitor.get(address).status_code == 302
        assert at(make_user()).get(address).status_code == 403
        assert at(make_user("officer")).get(address).status_code in (403, 404)


def test_an_officer_writes_for_their_agency_only(make_user, at, in_region) -> None:
    from balai.directory.models import Agency

    one, other = Agency.objects.filter(parent__isnull=False).order_by("pk")[:2]
    client = at(make_user("officer", one))
    typed = {"kind": "news", "title": "Dari dinas", "text": "Isi.", "version": "0"}
    for wrong in ("", str(other.pk)):
        answer = client.post("/desk/news/new/", typed | {"agency": wrong})
        assert answer.status_code == 422
    assert client.post("/desk/news/new/", typed | {"agency": str(one.pk)}).status_code == 302
    assert Article.objects.get(title="Dari dinas").agency == one
