"""From a message to the XML of CAP 1.2."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from xml.etree import ElementTree as ET  # writing only; what others wrote is read by ``reading``

from modules.emergency.cap.message import Area, Circle, Info, Message, Reference, Ring

NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
CONTENT_TYPE: Final = "application/cap+xml"


def to_xml(message: Message) -> bytes:
    """Return the document in UTF-8, with elements in the schema's order; empty ones are left out.

    Raises:
        ValueError: for a time without an offset.
    """
    root = ET.Element("alert", {"xmlns": NAMESPACE})
    _add(root, "identifier", message.identifier)
    _add(root, "sender", message.sender)
    _add(root, "sent", spell(message.sent))
    _add(root, "status", message.status)
    _add(root, "msgType", message.msg_type)
    _add(root, "scope", message.scope)
    _add(root, "restriction", message.restriction)
    _add(root, "addresses", message.addresses)
    _add(root, "note", message.note)
    _add(root, "references", " ".join(spell_reference(item) for item in message.references))
    for info in message.infos:
        _add_info(ET.SubElement(root, "info"), info)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def spell(moment: datetime) -> str:
    """Return a time as CAP spells it: whole seconds and an offset, never "Z" (section 3.2.1).

    Raises:
        ValueError: for a time without an offset.
    """
    if moment.utcoffset() is None:
        raise ValueError("a time in CAP carries its offset")
    return moment.replace(microsecond=0).isoformat()


def spell_reference(reference: Reference) -> str:
    """Return "sender,identifier,sent"."""
    return f"{reference.sender},{reference.identifier},{spell(reference.sent)}"


def spell_ring(ring: Ring) -> str:
    """Return "lat,lon lat,lon ..."."""
    return " ".join(f"{_degrees(lat)},{_degrees(lng)}" for lat, lng in ring)


def spell_circle(circle: Circle) -> str:
    """Return "lat,lon kilometres"."""
    lat, lng, kilometres = circle
    return f"{_degrees(lat)},{_degrees(lng)} {kilometres:.3f}"


def _add_info(node: ET.Element, info: Info) -> None:
    _add(node, "language", info.language)
    _add_each(node, "category", info.categories)
    _add(node, "event", info.event)
    _add_each(node, "responseType", info.responses)
    for name in ("urgency", "severity", "certainty"):
        _add(node, name, getattr(info, name))
    for name in ("effective", "onset", "expires"):
        moment = getattr(info, name)
        _add(node, name, spell(moment) if moment else "")
    _add(node, "senderName", info.sender_name)
    for name in ("headline", "description", "instruction", "web", "contact"):
        _add(node, name, getattr(info, name))
    for area in info.areas:
        _add_area(ET.SubElement(node, "area"), area)


def _add_area(node: ET.Element, area: Area) -> None:
    _add(node, "areaDesc", area.description)
    _add_each(node, "polygon", map(spell_ring, area.polygons))
    _add_each(node, "circle", map(spell_circle, area.circles))
    for system, code in area.geocodes:
        pair = ET.SubElement(node, "geocode")
        _add(pair, "valueName", system)
        _add(pair, "value", code)


def _add(node: ET.Element, name: str, text: str) -> None:
    if text:
        ET.SubElement(node, name).text = text


def _add_each(node: ET.Element, name: str, texts: Iterable[str]) -> None:
    for text in texts:
        _add(node, name, text)


def _degrees(value: float) -> str:
    """Return degrees to about 0.1 m, without an exponent."""
    return f"{value:.6f}"
