"""How the other side calls things: its paths and fields, which differ from gateway to gateway."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

OURS: Final = (
    "reference", "number", "title", "text", "category", "place", "latitude", "longitude",
    "created_at",
)  # fmt: skip


class BadFields(ValueError):  # noqa: N818  # it reads as what is wrong
    """Raised for a mapping that cannot be used; says why, for people."""


def _send() -> dict[str, str]:
    return {name: name for name in OURS}


@dataclass(frozen=True, slots=True)
class Fields:
    """Paths are below the channel's address; dots lead into objects ("data.id").

    ``send`` maps the other side's field to ours. ``incoming_path`` may be empty: then no case is
    asked for.
    """

    send_path: str = "reports"
    send: Mapping[str, str] = field(default_factory=_send)
    send_id: str = "id"
    statuses_path: str = "statuses"
    incoming_path: str = ""
    since: str = "since"
    items: str = "items"
    watermark: str = "next"
    more: str = "more"
    id: str = "id"
    status: str = "status"
    title: str = "title"
    text: str = "text"
    category: str = "category"
    landmark: str = "place"
    latitude: str = "latitude"
    longitude: str = "longitude"
    secret: str = "secret"  # noqa: S105  # a field's name
    token_header: str = "Authorization"  # noqa: S105  # a header's name
    token_prefix: str = "Bearer "  # noqa: S105  # a word before the token


def read(text: str) -> Fields:
    """Return the fields of a JSON object with what differs from the usual; "" for the usual.

    Raises:
        BadFields: for anything else.
    """
    try:
        told = json.loads(text or "{}")
    except ValueError as error:
        raise BadFields(_("This is not JSON.")) from error
    known = {entry.name for entry in fields(Fields)}
    if not isinstance(told, dict) or not known.issuperset(told):
        raise BadFields(_("Known names are: %(names)s.") % {"names": ", ".join(sorted(known))})
    for name, value in told.items():
        if name == "send":
            if not isinstance(value, dict) or not set(OURS).issuperset(map(str, value.values())):
                names = ", ".join(OURS)
                raise BadFields(_("“send” gives their names ours: %(names)s.") % {"names": names})
        elif not isinstance(value, str) or "\n" in value or "\r" in value:
            raise BadFields(_("“%(name)s” must be a text.") % {"name": name})
    return Fields(**told)


def at(value: Any, path: str) -> Any:
    """Return what lies at a dotted path; the value itself for "", None when there is nothing."""
    for name in filter(None, path.split(".")):
        value = value.get(name) if isinstance(value, dict) else None
    return value
