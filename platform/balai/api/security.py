"""How a caller may say who it is, for the OpenAPI description."""

from collections.abc import Mapping
from typing import Any, Final

from balai.api.keys import HEADER, KeyAuth, KeyIfGiven

REQUIRED: Final = KeyAuth.__name__
OPTIONAL: Final = KeyIfGiven.__name__
BEARER: Final = "Bearer"
KEY_HEADER: Final = "KeyHeader"
SCHEMES: Final = {
    BEARER: {
        "type": "http",
        "scheme": "bearer",
        "description": "A key that the region's admin made, Authorization: Bearer balai_...",
    },
    KEY_HEADER: {
        "type": "apiKey",
        "in": "header",
        "name": HEADER,
        "description": "The same key, for programs that cannot set Authorization.",
    },
}


def describe(paths: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``paths`` with both headers wherever an operation takes a key.

    An operation that also answers without one offers the empty requirement, as OpenAPI says.
    """
    return {
        path: {method: _told(operation) for method, operation in methods.items()}
        for path, methods in paths.items()
    }


def _told(operation: Mapping[str, Any]) -> dict[str, Any]:
    stated = operation.get("security", [])
    if not any(REQUIRED in item or OPTIONAL in item for item in stated):
        return {**operation, "responses": _without_401(operation["responses"])}
    free: list[dict[str, list[str]]] = [{}] if any(OPTIONAL in item for item in stated) else []
    return {**operation, "security": [{BEARER: []}, {KEY_HEADER: []}, *free]}


def _without_401(responses: Mapping[str, Any]) -> dict[str, Any]:
    return {status: told for status, told in responses.items() if status != "401"}
