"""From somebody else's XML to a message: bounded, without entities, without trust."""

import math
from datetime import datetime
from typing import Final, NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from modules.emergency.cap.building import NAMESPACE
from modules.emergency.cap.message import Area, Circle, Info, Message, Point, Reference, Ring

MOST_INFOS: Final = 20
MOST_SHAPES: Final = 1000
MOST_POINTS: Final = 50_000
LONGEST: Final = 20_000


class Unreadable(ValueError):  # noqa: N818  # it reads as what is wrong
    """Raised for what is no CAP 1.2 message; says why in a few words, none of the sender's."""


def from_xml(document: bytes) -> Message:
    """Return the message in ``document``.

    Times may end in "Z" here, as many senders write them. Shapes that are none are left out.

    Raises:
        Unreadable: for XML with a DTD or entities, other XML, or a message without its core.
    """
    root = parse(document)
    if root.tag != _name("alert"):
        raise Unreadable("no CAP 1.2 alert")
    infos = root.findall(_name("info"))[:MOST_INFOS]
    return Message(
        identifier=_needed(root, "identifier"),
        sender=_needed(root, "sender"),
        sent=_moment(_needed(root, "sent")) or _refuse("no time it was sent"),
        status=_needed(root, "status"),
        msg_type=_needed(root, "msgType"),
        scope=_text(root, "scope"),
        restriction=_text(root, "restriction"),
        addresses=_text(root, "addresses"),
        note=_text(root, "note"),
        references=tuple(_references(_text(root, "references"))),
        infos=tuple(_info(node) for node in infos),
    )


def parse(document: bytes) -> Element:
    """Return the root of an XML document that has no DTD, no entities, nothing external.

    Raises:
        Unreadable: for anything else.
    """
    try:
        root: Element = fromstring(document, forbid_dtd=True)
    except (DefusedXmlException, ParseError, LookupError, ValueError) as error:
        raise Unreadable(f"XML refused: {type(error).__name__}") from error
    return root


def _info(node: Element) -> Info:
    return Info(
        language=_text(node, "language") or "en-US",
        categories=_texts(node, "category"),
        event=_text(node, "event"),
        responses=_texts(node, "responseType"),
        urgency=_text(node, "urgency"),
        severity=_text(node, "severity"),
        certainty=_text(node, "certainty"),
        effective=_moment(_text(node, "effective")),
        onset=_moment(_text(node, "onset")),
        expires=_moment(_text(node, "expires")),
        sender_name=_text(node, "senderName"),
        headline=_text(node, "headline"),
        description=_text(node, "description"),
        instruction=_text(node, "instruction"),
        web=_text(node, "web"),
        contact=_text(node, "contact"),
        areas=tuple(_area(area) for area in node.findall(_name("area"))[:MOST_SHAPES]),
    )


def _area(node: Element) -> Area:
    rings = [_ring(text) for text in _raw(node, "polygon")[:MOST_SHAPES]]
    circles = [_circle(text) for text in _raw(node, "circle")[:MOST_SHAPES]]
    codes = [
        (_text(pair, "valueName"), _text(pair, "value"))
        for pair in node.findall(_name("geocode"))[:MOST_SHAPES]
    ]
    return Area(
        description=_text(node, "areaDesc"),
        polygons=tuple(ring for ring in rings if ring),
        circles=tuple(circle for circle in circles if circle),
        geocodes=tuple(codes),
    )


def _ring(text: str) -> Ring:
    pairs = text.split()
    points = [_point(pair) for pair in pairs] if len(pairs) <= MOST_POINTS else []
    return tuple(points) if len(points) >= 4 and all(points) else ()  # type: ignore[arg-type]  # all() saw each


def _circle(text: str) -> Circle | None:
    place, _, radius = text.strip().partition(" ")
    point = _point(place)
    try:
        kilometres = float(radius)
    except ValueError:
        return None
    if point is None or not 0 <= kilometres < 20_000:
        return None
    return (*point, kilometres)


def _point(pair: str) -> Point | None:
    try:
        lat, lng = (float(part) for part in pair.split(","))
    except ValueError:
        return None
    inside = math.isfinite(lat) and math.isfinite(lng) and abs(lat) <= 90 and abs(lng) <= 180
    return (lat, lng) if inside else None


def _references(text: str) -> list[Reference]:
    found = []
    for item in text.split()[:MOST_SHAPES]:
        parts = item.split(",")
        sent = _moment(parts[2]) if len(parts) == 3 else None
        if sent:
            found.append(Reference(sender=parts[0], identifier=parts[1], sent=sent))
    return found


def _moment(text: str) -> datetime | None:
    """Return a time with its offset; one of another age is none, for nobody can reckon with it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    known = moment.utcoffset() is not None and 2000 <= moment.year < 2100
    return moment if known else None


def _needed(node: Element, name: str) -> str:
    return _text(node, name) or _refuse(f"no {name}")


def _refuse(why: str) -> NoReturn:
    raise Unreadable(why)


def _text(node: Element, name: str) -> str:
    return _clean(node.findtext(_name(name)) or "")


def _texts(node: Element, name: str) -> tuple[str, ...]:
    return tuple(_clean(text) for text in _raw(node, name)[:MOST_INFOS])


def _raw(node: Element, name: str) -> list[str]:
    return [child.text or "" for child in node.findall(_name(name))]


def _clean(text: str) -> str:
    """Return text without what cannot be seen; every kind of blank but a line's end is a space."""
    kept = (
        letter if letter.isprintable() or letter == "\n" else " " if letter.isspace() else ""
        for letter in text[:LONGEST]
    )
    return "".join(kept).strip()


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
