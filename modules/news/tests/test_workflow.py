"""The table of moves, walked completely, and what time does by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from balai.audit.models import Entry
from balai.outbox.models import Event
from modules.news import services, topics, workflow
from modules.news.models import Article
from modules.news.states import OUT, Kind, State
from modules.news.tests.conftest import paper, picture, words
from modules.news.workflow import NotAllowed

pytestmark = pytest.mark.django_db
ASKS = {"send_back": {"note": "Tanggalnya salah."}}
SERVICES = {move.name: getattr(services, move.name, services.archive) for move in workflow.MOVES}


def in_state(article: Article, state: State) -> Article:
    """Put a fresh article's row into ``state``, as the services would leave it."""
    now, article = timezone.now(), Article.objects.get(pk=article.pk)
    article.corrections, article.editor = [], article.author
    article.state, article.publish_at, article.archived_from = state, None, ""
    if state in (State.SCHEDULED, State.PUBLISHED, State.CORRECTED):
        ahead = timedelta(hours=1 if state == State.SCHEDULED else -1)
        article.state, article.publish_at = State.SCHEDULED, now + ahead
    if state == State.CORRECTED:
        article.corrections = [{"at": now.isoformat(), "note": "Jam buka."}]
    if state == State.ARCHIVED:
        article.archived_from, article.publish_at = State.SCHEDULED, now - timedelta(hours=1)
    article.save()
    return article


def call(move: workflow.Move, article: Article, by: object) -> Article:
    """Make a move with what it asks for."""
    asks: dict = dict(ASKS.get(move.name, {}))
    if move.name == "correct":
        asks = {"content": words(title="Judul lain"), "note": "Jam.", "version": article.version}
    if move.name == "reschedule":
        asks = {"publish_at": timezone.now() + timedelta(hours=2)}
    return SERVICES[move.name](article=article, by=by, **asks)


def test_every_move_from_every_state_does_what_the_table_says(draft, reviewer) -> None:
    article = draft()
    for state in State:
        for move in workflow.MOVES:
            here = in_state(article, state)
            before = Event.objects.filter(topic=move.topic).count() if move.topic else 0
            if state not in move.sources:
                wrong = {"archive", "discard"} if SERVICES[move.name] is services.archive else set()
                if wrong and state in (State.DRAFT, *OUT):
                    continue  # one service makes both moves, by the state
                with pytest.raises(NotAllowed):
                    call(move, here, reviewer)
                continue
            moved = call(move, here, reviewer)
            wanted = State.PUBLISHED if move.name == "approve" else move.target or State.PUBLISHED
            assert moved.state_at(timezone.now()) == wanted, (state, move.name)
            assert Article.objects.get(pk=article.pk).state == moved.state
            assert Entry.objects.filter(action=f"news.{move.name}").exists()
            if move.topic:
                assert Event.objects.filter(topic=move.topic).count() == before + 1


def test_nobody_approves_their_own_words(draft, writer, reviewer) -> None:
    article = services.submit(article=draft(), by=writer)
    with pytest.raises(NotAllowed, match=str(workflow.ANOTHER)):
        services.approve(article=article, by=writer)
    changed = services.save(article=article, content=words(title="Diubah"), version=1, by=reviewer)
    with pytest.raises(NotAllowed, match=str(workflow.ANOTHER)):
        services.approve(article=changed, by=reviewer)


def test_what_was_read_is_what_is_approved(draft, writer, reviewer, make_user) -> None:
    article = services.submit(article=draft(Kind.EPAPER), by=writer)

    def save() -> None:
        services.save(
            article=article, content=words(Kind.EPAPER, title="Lagi"), version=1, by=writer
        )

    def attach() -> None:
        services.attach_document(article=article, upload=paper(b"lain"), by=writer)

    def show() -> None:
        services.add_picture(article=article, upload=picture(64, 48), alt="Jalan", by=writer)

    for change in (save, attach, show):
        seen = Article.objects.get(pk=article.pk).changed_at
        change()
        with pytest.raises(services.Conflict):
            services.approve(article=article, by=reviewer, seen=seen)
    seen = Article.objects.get(pk=article.pk).changed_at
    assert services.approve(article=article, by=reviewer, seen=seen).is_out()


def test_time_publishes_and_hides_without_any_job(published) -> None:
    now = timezone.now()
    article = published(at=now + timedelta(hours=1), expires_at=now + timedelta(hours=3))
    held = Event.objects.get(topic=topics.PUBLISHED, key=str(article.uuid))
    assert held.next_attempt_at == article.publish_at
    assert held.payload == {"article": article.pk, "at": topics.minute(article.publish_at)}
    assert article.state_at(now) == State.SCHEDULED
    assert not article.is_out(now + timedelta(minutes=59, seconds=59))
    assert article.is_out(now + timedelta(hours=1))
    assert not article.is_over(now + timedelta(hours=2))
    assert article.is_over(now + timedelta(hours=3))


def test_nothing_is_published_that_would_be_hidden_already(draft, writer, reviewer) -> None:
    now = timezone.now()
    article = draft(expires_at=now + timedelta(hours=1))
    article = services.submit(article=article, by=writer)
    with pytest.raises(NotAllowed):
        services.approve(article=article, by=reviewer, publish_at=now + timedelta(hours=2))
    assert services.approve(article=article, by=reviewer).is_out()


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_asks_for_what_it_needs(kind, draft, writer) -> None:
    bare = services.create(content=services.Content(title="Judul", kind=kind), by=writer)
    assert list(workflow.lacking(bare))
    with pytest.raises(NotAllowed):
        services.submit(article=bare, by=writer)
    assert services.submit(article=draft(kind), by=writer).state == State.REVIEW


def test_a_hoax_needs_claim_verdict_and_evidence(draft, writer) -> None:
    for field in ("claim", "verdict", "evidence_url"):
        with pytest.raises(NotAllowed):
            services.submit(article=draft(Kind.HOAX, **{field: ""}), by=writer)


def test_an_agency_reaches_its_own_articles_only(draft, writer, make_user, in_region) -> None:
    from balai.directory.models import Agency

    one, other = Agency.objects.filter(parent__isnull=False).order_by("pk")[:2]
    head, stranger = make_user("agency_head", one), make_user("agency_head", other)
    officer = make_user("officer", one)
    article = services.create(content=words(), by=officer, agency=one)
    article = services.submit(article=article, by=officer)
    with pytest.raises(NotAllowed):
        services.approve(article=article, by=stranger)
    with pytest.raises(NotAllowed):
        services.approve(article=article, by=officer)
    assert services.approve(article=article, by=head).is_out()
    with pytest.raises(NotAllowed):
        services.submit(article=draft(), by=head)
