"""What the schema does not see: rules that CAP 1.2 states in words, and shapes that are none.

Sources: CAP 1.2 sections 3.2.1 to 3.2.4. Each problem says for people what to mend and where.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from shapely.geometry import Polygon
from shapely.validation import explain_validity

from modules.emergency.cap.message import Area, Info, Message, Point

REFERRING: Final = ("Update", "Cancel", "Ack", "Error")
FORBIDDEN: Final = re.compile(r"[\s,<&]")
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
FEWEST_POINTS: Final = 4
WIDEST_KM: Final = 500.0
INDONESIA: Final = (-11.5, 94.5, 6.5, 141.5)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where an area may lie, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def hold(self, point: Point) -> bool:
        """Tell whether (latitude, longitude) lies inside."""
        return self.south <= point[0] <= self.north and self.west <= point[1] <= self.east


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong; ``where`` is the element's name in CAP."""

    where: str
    text: str | Promise


def problems(message: Message, bounds: Bounds | None = None) -> list[Problem]:
    """Return everything that keeps ``message`` from being sent; empty when it may be.

    Args:
        bounds: where its area may lie; Indonesia when nobody knows better.
    """
    bounds = bounds or Bounds(*INDONESIA)
    found = [*_core(message), *_letters(message)]
    for info in message.infos:
        found += [*_info(info), *(p for area in info.areas for p in _area(area, bounds))]
    return list(dict.fromkeys(found))


def _core(message: Message) -> Iterator[Problem]:
    for name in ("identifier", "sender"):
        if not getattr(message, name) or FORBIDDEN.search(getattr(message, name)):
            yield Problem(name, _("It must have no spaces, commas, “<” or “&”."))
    if message.sent.utcoffset() is None:
        yield Problem("sent", _("The time needs its offset, such as +07:00."))
    if message.msg_type in REFERRING and not message.references:
        yield Problem("references", _("An update or a cancellation names the alert it is about."))
    if message.scope == "Private" and not message.addresses:
        yield Problem("addresses", _("A private message names whom it is for."))
    if message.scope == "Restricted" and not message.restriction:
        yield Problem("restriction", _("A restricted message says how it is restricted."))
    if not message.infos and message.msg_type in ("Alert", "Update"):
        yield Problem("info", _("It says nothing yet."))
    if message.msg_type == "Error" and not message.note:
        yield Problem("note", _("An error says what was wrong."))


def _info(info: Info) -> Iterator[Problem]:
    begin = info.effective or info.onset
    if info.expires is None:
        yield Problem("expires", _("Say when it ends."))
    elif begin and info.expires <= begin:
        yield Problem("expires", _("It must end after it has begun."))
    elif info.onset and info.expires <= info.onset:
        yield Problem("expires", _("It must not end before the danger begins."))
    for name in ("effective", "onset", "expires"):
        moment = getattr(info, name)
        if moment is not None and moment.utcoffset() is None:
            yield Problem(name, _("The time needs its offset, such as +07:00."))
    if not info.categories:
        yield Problem("category", _("Choose what kind of danger it is."))
    if not info.headline.strip():
        yield Problem("headline", _("Write a headline."))
    if not info.areas:
        yield Problem("area", _("Choose the area it is for."))


def _letters(message: Message) -> Iterator[Problem]:
    for info in message.infos:
        for name in ("event", "headline", "description", "instruction", "contact", "sender_name"):
            if CONTROL.search(getattr(info, name)):
                yield Problem(name, _("It holds invisible control characters; type it anew."))
        for area in info.areas:
            if CONTROL.search(area.description):
                yield Problem("area", _("It holds invisible control characters; type it anew."))


def _area(area: Area, bounds: Bounds) -> Iterator[Problem]:
    if not area.description.strip():
        yield Problem("areaDesc", _("Describe the area in words."))
    if not (area.polygons or area.circles or area.geocodes):
        yield Problem("area", _("Choose the area it is for."))
    for ring in area.polygons:
        yield from _ring(ring, bounds)
    for lat, lng, kilometres in area.circles:
        if not 0 < kilometres <= WIDEST_KM:
            yield Problem("circle", _("A circle's radius is more than 0 and at most 500 km."))
        if not bounds.hold((lat, lng)):
            yield Problem("circle", _("The circle lies far from the region."))


def _ring(ring: tuple[Point, ...], bounds: Bounds) -> Iterator[Problem]:
    if len(ring) < FEWEST_POINTS:
        yield Problem("polygon", _("A shape needs at least three corners."))
    elif ring[0] != ring[-1]:
        yield Problem("polygon", _("The shape is not closed: its last point must be its first."))
    elif explain_validity(Polygon([(lng, lat) for lat, lng in ring])) != "Valid Geometry":
        yield Problem("polygon", _("The shape's edges cross each other. Draw it anew."))
    if not all(bounds.hold(point) for point in ring):
        yield Problem("polygon", _("The shape reaches far beyond the region."))
