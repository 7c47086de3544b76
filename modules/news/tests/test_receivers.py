"""Who is written to, and who no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from balai.modules import EventData
from balai.notify.models import Message
from modules.news import services, topics
from modules.news.receivers.authors import tell_author

pytestmark = pytest.mark.django_db


def event(topic: str, article: object, number: int = 1) -> EventData:
    """Return the event that a receiver hears."""
    return EventData(
        id=number, topic=topic, key=str(article.uuid), payload={"article": article.pk},
        created_at=timezone.now(),
    )  # fmt: skip


def event_of(topic: str, **payload: int) -> EventData:
    """Return an event with another payload."""
    return EventData(id=1, topic=topic, key="", payload=payload, created_at=timezone.now())


def test_an_author_hears_what_became_of_it_once(draft, writer, reviewer, published) -> None:
    article = services.submit(article=draft(), by=writer)
    back = services.send_back(article=article, note="Tanggal keliru.", by=reviewer)
    for _ in range(2):
        tell_author(event(topics.RETURNED, back))
    (message,) = Message.objects.filter(template="news/returned")
    assert message.recipient == writer.email
    services.submit(article=back, by=writer)
    tell_author(event(topics.RETURNED, back, 2))
    assert Message.objects.filter(template="news/returned").count() == 1
    later = published(at=timezone.now() + timedelta(hours=1))
    tell_author(event(topics.PUBLISHED, later))
    assert not Message.objects.filter(template="news/published").exists()
    tell_author(event(topics.PUBLISHED, published()))
    assert Message.objects.filter(template="news/published").count() == 1


def test_the_home_page_shows_the_latest(published, visitor) -> None:
    assert "h-news" not in visitor.get("/").content.decode()
    published(title="Kabar terbaru kota")
    assert "Kabar terbaru kota" in visitor.get("/").content.decode()
