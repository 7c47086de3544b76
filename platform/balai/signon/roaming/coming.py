"""A region's side of the sign-in: lead to the platform, take its answer, open the session."""

import base64
import hashlib
import secrets as random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from balai import context
from balai.signon.roaming import clients, exchange
from balai.signon.roaming.exchange import NotProven

if TYPE_CHECKING:
    from balai.accounts.models import User

STARTED: Final = "signon.roaming"
PATIENCE: Final = 600  # seconds between leaving for the platform and coming back
STAY: Final = 12 * 3600  # seconds a session lasts: a working day, then the platform is asked again
BACKEND: Final = "balai.accounts.backends.PlatformProofBackend"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the platform vouches for; ``subject`` is what it calls them in this region."""

    subject: UUID
    email: str
    name: str


def apex_url() -> str:
    """Return the platform's own address without a trailing slash."""
    return f"{settings.PUBLIC_SCHEME}://{settings.APEX_HOST}"


def regions_url() -> str:
    """Return where a person changes the region."""
    return f"{apex_url()}/regions/"


def begin(request: HttpRequest, callback: str) -> str:
    """Return the platform's address to send the browser to; what proves the answer stays here.

    Args:
        callback: the full address at the region that the platform answers to.
    """
    state, nonce, verifier = (random.token_urlsafe(32) for _ in range(3))
    request.session[STARTED] = {
        "state": state, "nonce": nonce, "verifier": verifier, "callback": callback,
        "until": int(timezone.now().timestamp()) + PATIENCE,
    }  # fmt: skip
    hashed = hashlib.sha256(verifier.encode()).digest()
    query = {
        "response_type": "code", "client_id": clients.ensure(callback), "redirect_uri": callback,
        "scope": " ".join(clients.SCOPES), "state": state, "nonce": nonce,
        "code_challenge": base64.urlsafe_b64encode(hashed).decode().rstrip("="),
        "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{apex_url()}/identity/o/authorize?{urlencode(query)}"


def finish(request: HttpRequest) -> Person:
    """Return whom the platform vouches for; an answer counts once, in the browser that asked.

    Raises:
        NotProven: for anything else.
    """
    started: dict[str, Any] = request.session.pop(STARTED, {})
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    if not started or not constant_time_compare(state, started["state"]):
        raise NotProven("state")
    if not code or timezone.now().timestamp() > started["until"]:
        raise NotProven("late")
    client = clients.client_id(context.current_region())
    token = exchange.exchange(
        code=code, client=client, secret=clients.secret(), callback=started["callback"],
        verifier=started["verifier"],
    )  # fmt: skip
    claims = exchange.verified(token, client=client, nonce=started["nonce"])
    if claims.get("email_verified") is not True:
        raise NotProven("email")
    try:
        return Person(UUID(claims["sub"]), claims["email"].lower(), claims.get("name") or "")
    except (KeyError, ValueError) as error:
        raise NotProven("claims") from error


def let_in(request: HttpRequest, user: "User") -> None:
    """Open a session for somebody whom the region's own record lets in.

    It ends after a working day, and counts as one with a second factor: the platform gives a code
    to nobody who has none.
    """
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="platform")
    request.session.set_expiry(STAY)
