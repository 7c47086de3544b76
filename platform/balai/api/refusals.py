"""What every operation may answer besides its own: the guard and the throttle stand before it."""

from collections.abc import Mapping
from typing import Any, Final

REFUSALS: Final = {
    "400": "The request cannot be read.",
    "401": "The key is missing, wrong, revoked or has expired.",
    "403": "The caller may not do this.",
    "404": "There is no such thing, or the region has switched the module off.",
    "422": "Some values cannot be used; fields says which.",
    "429": "Too many calls; Retry-After says when to come back.",
}
PROBLEM: Final = {
    "title": "Problem",
    "type": "object",
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "fields": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["code", "message", "fields"],
}
CONTENT: Final = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def describe(paths: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``paths`` with the common refusals wherever an operation does not tell its own."""
    return {
        path: {method: _told(operation) for method, operation in methods.items()}
        for path, methods in paths.items()
    }


def _told(operation: Mapping[str, Any]) -> dict[str, Any]:
    common = {
        status: {"description": meaning, "content": CONTENT} for status, meaning in REFUSALS.items()
    }
    own = {str(status): answer for status, answer in operation.get("responses", {}).items()}
    return {**operation, "responses": common | own}
