"""Sample articles for a region that tries the site out: marked, and taken away in one go.

Nobody is named as their author and nobody is written to. Dates are counted from the day of
loading, so that announcements apply and events lie ahead.
"""

import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import files
from typing import Any, Final
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from balai import context
from balai.audit.actor import acting_as
from balai.directory.models import Agency, Area
from modules.news import services
from modules.news.models import Article, Picture
from modules.news.sample import pictures
from modules.news.services import documents, picturing, storing
from modules.news.states import Kind, State

EVIDENCE: Final = "https://turnbackhoax.id/"
CREDIT: Final = "Ilustrasi contoh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One sample article; ``ago``, ``starts`` and ``expires`` are days from today.

    ``agency`` is a word of the name of the agency it speaks for; ``area`` says that it is for one
    kecamatan, whose name stands where the words say {kecamatan}.
    """

    kind: str
    title: str
    summary: str
    text: str
    ago: int
    scene: str = ""
    alt: str = ""
    agency: str = ""
    area: bool = False
    lead: bool = False
    expires: int = 0
    starts: int = 0
    hour: int = 0
    minute: int = 0
    hours: int = 0
    place: str = ""
    claim: str = ""
    verdict: str = ""


def load(most: int | None = None) -> int:
    """Add the sample articles unless they are there; return how many there are.

    Args:
        most: only the first so many; all of them by default.
    """
    if not Article.objects.filter(sample=True).exists():
        now = timezone.now()
        chance = random.Random(context.current_region().code)  # noqa: S311  # no secret: same set every time
        places = list(Area.objects.filter(kind=Area.Kind.DISTRICT).defer("boundary"))
        with acting_as("sample data"):
            for at, story in enumerate(stories()[:most]):
                place = chance.choice(places) if story.area and places else None
                _publish(story, at, place, now)
    return Article.objects.filter(sample=True).count()


@transaction.atomic
def clear() -> int:
    """Take all sample articles with their files away; return how many there were."""
    rows = Article.objects.filter(sample=True)
    for name in Picture.objects.filter(article__in=rows).values_list("uuid", flat=True):
        transaction.on_commit(partial(picturing.forget, name))
    for document in rows.exclude(document={}).values_list("document", flat=True):
        transaction.on_commit(partial(default_storage.delete, documents.path(document["file"])))
    count = rows.count()
    rows.delete()
    return count


def stories() -> list[Story]:
    """Return the sample articles of the data file."""
    text = files(__package__).joinpath("articles.json").read_text(encoding="utf-8")
    return [Story(**row) for row in json.loads(text)]


@transaction.atomic
def _publish(story: Story, at: int, place: Area | None, now: datetime) -> None:
    """Write one article and let it be out since ``story.ago`` days.

    Its state is set without the workflow's moves: those ask two people, and a region that tries
    the site out has one.
    """
    out = now - timedelta(days=story.ago, minutes=7 + at * 11 % 300)
    article = services.create(
        content=_content(story, place, now), by=None, agency=_agency(story.agency),
        lead=story.lead, sample=True, now=out,
    )  # fmt: skip
    if story.scene:
        services.add_picture(
            article=article, upload=pictures.draw(story.scene, at, large=story.lead),
            alt=story.alt, credit=CREDIT, by=None,
        )  # fmt: skip
    article.state, article.publish_at = State.SCHEDULED, out
    if story.kind == Kind.EPAPER:
        article.document = _document(article)
    article.save(update_fields=["state", "publish_at", "document"])


def _content(story: Story, place: Area | None, now: datetime) -> services.Content:
    """Return a story's words with the region's own names in them."""
    region = context.current_region()
    district = place.label if place else region.name
    starts = _starts(story, now)
    told: dict[str, Any] = {
        name: getattr(story, name).replace("{kecamatan}", district).replace("{kota}", region.name)
        for name in ("title", "summary", "text", "place", "claim")
    }
    return services.Content(
        **told,
        kind=story.kind,
        areas=(place.code,) if place else (),
        verdict=story.verdict,
        evidence_url=EVIDENCE if story.claim else "",
        starts_at=starts,
        ends_at=starts + timedelta(hours=story.hours) if starts else None,
        expires_at=now + timedelta(days=story.expires) if story.expires else None,
    )


def _starts(story: Story, now: datetime) -> datetime | None:
    """Return when an event begins, by the region's own clock."""
    if not story.starts:
        return None
    day = now.astimezone(context.current_region().zone) + timedelta(days=story.starts)
    return day.replace(hour=story.hour, minute=story.minute, second=0, microsecond=0)


def _agency(word: str) -> Agency | None:
    """Return the office whose name has the word in it; no institution of somebody else."""
    own = Q(name__istartswith="Dinas") | Q(name__istartswith="Badan")
    rows = Agency.objects.filter(own, active=True, name__icontains=word).order_by("pk")
    return rows.first() if word else None


def _document(article: Article) -> dict[str, object]:
    data, name = pictures.paper(article.title, article.summary), uuid4().hex
    storing.write(documents.path(name), data)
    return {"file": name, "bytes": len(data), "name": "warta.pdf"}
