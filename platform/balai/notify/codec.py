"""A template's variables as JSON and back: dates come back as dates."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

DATE = "$date"
TIME = "$time"


def pack(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``context`` as plain JSON values.

    Raises:
        TypeError: for a value that is neither text, number, boolean, date nor a list of them.
    """
    return {name: _pack(value) for name, value in context.items()}


def unpack(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what :func:`pack` was given."""
    return {name: _unpack(value) for name, value in kept.items()}


def _pack(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime):
        return {TIME: value.isoformat()}
    if isinstance(value, date):
        return {DATE: value.isoformat()}
    if isinstance(value, list | tuple):
        return [_pack(item) for item in value]
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"a message cannot keep a {type(value).__name__}")


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpack(item) for item in value]
    if isinstance(value, dict):
        if TIME in value:
            return datetime.fromisoformat(value[TIME])
        return date.fromisoformat(value[DATE])
    return value
