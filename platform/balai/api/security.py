"""How a caller may say who it is, for the OpenAPI description."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from balai.api import scopes, tokens
from balai.api.keys import HEADER, KeyAuth, KeyIfGiven

REQUIRED: Final = KeyAuth.__name__
OPTIONAL: Final = KeyIfGiven.__name__
BEARER: Final = "Bearer"
KEY_HEADER: Final = "KeyHeader"
OAUTH: Final = "OAuth2"
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


def schemes(token_url: str, offered: Iterable[scopes.Choice]) -> dict[str, Any]:
    """Return all ways for a caller to say who it is.

    Args:
        token_url: where a key is exchanged for a short-lived token (RFC 6749, 4.4).
        offered: the rights that a key can have here.
    """
    rights = {choice.value: str(choice.label) for choice in offered}
    flow = {"tokenUrl": token_url, "scopes": rights}
    told = f"A key exchanged for a token of {tokens.LASTS} seconds; the client id is its prefix."
    oauth = {"type": "oauth2", "description": told, "flows": {"clientCredentials": flow}}
    return {**SCHEMES, OAUTH: oauth}


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
    return {**operation, "security": [{BEARER: []}, {KEY_HEADER: []}, {OAUTH: []}, *free]}


def _without_401(responses: Mapping[str, Any]) -> dict[str, Any]:
    return {status: told for status, told in responses.items() if status != "401"}
