"""What every operation may answer besides its own: guard, throttle and the region's state."""

from collections.abc import Mapping
from typing import Any, Final

REFUSALS: Final = {
    "400": "The request cannot be read.",
    "401": "The key is missing, wrong, revoked or has expired.",
    "402": "region_restricted: a bill of the site is long overdue, this change is stopped.",
    "403": "The caller may not do this.",
    "404": "There is no such thing, or the region has switched the module off.",
    "409": "region_closing: the site is closing and takes no such change.",
    "410": "region_closing, region_closed: this is taken no more; do not send it again.",
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
