"""One tree of values as XML or as JSON (the Spark convention: a list loses its wrapper's name)."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

Value: TypeAlias = "str | int | float | bool | None | Mapping[str, Value] | Sequence[Value]"

XML, JSON = "xml", "json"
CONTENT_TYPES: Final = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}
# What one element of a list is called in XML.
ITEMS: Final = {
    "services": "service",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
# XML 1.0 has no way to write these, not even as entities.
UNWRITABLE: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def respond(form: str, name: str, value: Value, status: int = 200) -> HttpResponse:
    """Return ``value`` as an answer.

    Args:
        form: XML or JSON.
        name: the outermost element in XML.
    """
    body = _xml(name, value) if form == XML else _json(value)
    return HttpResponse(body, status=status, content_type=CONTENT_TYPES[form])


def _json(value: Value) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _xml(name: str, value: Value) -> bytes:
    root = Element(name)
    _fill(root, name, value)
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body


def _fill(element: Element, name: str, value: Value) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _fill(SubElement(element, key), key, inner)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif isinstance(value, str | int | float):
        element.text = UNWRITABLE.sub("", str(value))
    elif value is not None:
        for inner in value:
            _fill(SubElement(element, ITEMS[name]), ITEMS[name], inner)
