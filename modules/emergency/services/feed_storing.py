"""Keep the alerts of others that meet the region; updates replace, cancellations end."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from shapely.geometry.base import BaseGeometry

from balai.modules import banners
from modules.emergency import drawing
from modules.emergency.cap import Info, Message
from modules.emergency.cap.vocabulary import RANK
from modules.emergency.models import Feed, FeedItem
from modules.emergency.selectors import places
from modules.emergency.selectors.alerts import LOUD

UNSAID: Final = timedelta(hours=24)
LONGEST: Final = timedelta(days=3)
LANGUAGE: Final = "id"
MOST_RINGS: Final = 200


@transaction.atomic
def store(*, feed: Feed, message: Message, now: datetime) -> bool:
    """Store a message of a feed, if it concerns the region; tell whether a new alert came.

    Exercises, tests and drafts of others are none of our citizens' business.
    """
    if message.status != "Actual" or message.scope not in ("", "Public"):
        return False
    loud = _end_earlier(feed, message)
    item = _item(feed, message, now) if message.msg_type in ("Alert", "Update") else None
    new = False
    if item is not None:
        _kept, new = FeedItem.objects.get_or_create(
            feed=feed, identifier=item.identifier, defaults=_values(item)
        )
    if loud or (new and item is not None and item.severity in LOUD):
        banners.changed()
    return new


def meets(message: Message) -> list[str]:
    """Return the codes of the region's kecamatan that a message is for."""
    info = _told(message)
    return places.districts().met_by(_shapes(info)) if info else []


def _end_earlier(feed: Feed, message: Message) -> bool:
    """End what a message updates or cancels; tell whether one of those was in the banner."""
    if message.msg_type not in ("Update", "Cancel"):
        return False
    named = [_name(reference.identifier) for reference in message.references]
    earlier = FeedItem.objects.filter(feed=feed, identifier__in=named, cancelled=False)
    loud = earlier.filter(severity__in=LOUD).exists()
    earlier.update(cancelled=True)
    return loud


def _item(feed: Feed, message: Message, now: datetime) -> FeedItem | None:
    info = _told(message)
    if info is None:
        return None
    shapes, expires = _shapes(info), min(info.expires or message.sent + UNSAID, now + LONGEST)
    areas = places.districts().met_by(shapes)
    if not areas or expires <= now:
        return None
    return FeedItem(
        feed=feed,
        identifier=_name(message.identifier),
        headline=(info.headline or info.event)[:255],
        description=info.description,
        instruction=info.instruction,
        event=info.event[:120],
        severity=info.severity if info.severity in RANK else "Unknown",
        web=_web(info.web),
        areas=areas,
        polygons=_near(shapes),
        sent_at=min(message.sent, now),  # a clock that is fast does not keep an alert on top
        onset_at=info.onset or info.effective,
        expires_at=expires,
        seen_at=now,
    )


def _values(item: FeedItem) -> dict[str, object]:
    names = [field.name for field in FeedItem._meta.fields if not field.primary_key]
    return {name: getattr(item, name) for name in names if name not in ("feed", "identifier")}


def _told(message: Message) -> Info | None:
    """Return what is said in Indonesian, or in the first language there is."""
    ours = [info for info in message.infos if info.language.lower().startswith(LANGUAGE)]
    return next(iter(ours or message.infos), None)


def _shapes(info: Info) -> list[BaseGeometry]:
    polygons = [ring for area in info.areas for ring in area.polygons]
    return drawing.parts(polygons, [circle for area in info.areas for circle in area.circles])


def _near(shapes: list[BaseGeometry]) -> list[list[list[float]]]:
    """Return the parts of shapes around the region, as rings of [latitude, longitude]."""
    around = places.districts().bounds()
    found = drawing.within(shapes, around) if around is not None else ()
    return [list(map(list, ring)) for ring in islice(found, MOST_RINGS)]


def _name(identifier: str) -> str:
    """Return an identifier as it is stored: of the same one always the same."""
    return identifier[:160]


def _web(url: str) -> str:
    try:
        scheme = urlsplit(url).scheme
    except ValueError:  # such as half of an IPv6 address
        return ""
    return url if len(url) <= 500 and scheme in ("http", "https") else ""
