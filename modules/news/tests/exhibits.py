"""The module's objects for the two-city matrix (I-01), with a canary in every field."""

from datetime import timedelta

from django.utils import timezone

from balai.accounts.models import User
from balai.accounts.services import grant_role
from modules.news import services
from modules.news.models import Article
from modules.news.services import sources
from modules.news.states import Kind
from modules.news.tests.conftest import paper, picture

CANARY = "KANARI-TANGERANG"


def exhibits() -> dict[str, dict[str, object]]:
    """Publish an event and a paper, with a picture, in the active region."""
    writer = _person("kanari-penulis@contoh.test")
    event = _out(
        services.Content(
            title=CANARY, kind=Kind.EVENT, summary=CANARY, text=CANARY, place=CANARY,
            starts_at=timezone.now() + timedelta(days=2),
        ),
        writer,
    )  # fmt: skip
    one = {"article": event.uuid}
    kept = services.add_picture(
        article=event, upload=picture(64, 48), alt=CANARY, caption=CANARY, credit=CANARY, by=None
    )
    both = {**one, "picture": kept.uuid}
    draft = services.create(content=services.Content(title=CANARY, text=CANARY), by=writer)
    pages = ("detail", "correct", "preview", "pictures", "push")
    feed = sources.add(name=CANARY, url="https://kanari.example.go.id/feed")
    item = feed.items.create(
        key="a" * 64,
        title=CANARY,
        url="https://kanari.example.go.id/1",
        published_at=timezone.now(),
    )
    source = {"source": feed.uuid}
    return {
        "news:article": one,
        "news:article_named": {**one, "words": "kanari"},
        "news:event": one,
        "news:document": {"article": _paper(writer).uuid},
        "news:picture": {"picture": kept.uuid, "width": 64, "kind": "avif"},
        **{f"news_desk:{name}": one for name in pages},
        **{f"news_desk:{name}": source for name in ("source", "readings", "read_now")},
        **{f"news_console:{name}": source for name in ("edit", "switch", "remove")},
        "news_desk:hide": {**source, "key": item.key},
        "api:news_read_article": one,
        "news_desk:edit": {"article": draft.uuid},
        "news_desk:move": {**one, "name": "archive"},
        "news_desk:keep": {**one, "what": "holds"},
        "news_desk:picture": both,
        "news_desk:remove": both,
        "news_desk:revision": {**one, "number": 1},
    }


def _out(content: services.Content, writer: User) -> Article:
    article = services.submit(article=services.create(content=content, by=writer), by=writer)
    return services.approve(article=article, by=_person("kanari-pemeriksa@contoh.test"))


def _paper(writer: User) -> Article:
    article = services.create(content=services.Content(title=CANARY, kind=Kind.EPAPER), by=writer)
    article = services.attach_document(article=article, upload=paper(CANARY.encode()), by=writer)
    article = services.submit(article=article, by=writer)
    return services.approve(article=article, by=_person("kanari-pemeriksa@contoh.test"))


def _person(email: str) -> User:
    found = User.objects.filter(email=email).first()
    if found is None:
        found = User.objects.create_user(email=email, name=f"{CANARY} redaksi")
        grant_role(user=found, role="coordinator")
    return found
