"""From a code to a proven person: the platform's token endpoint, and a check of what it says.

Platform and region run in one process, so the request to the token endpoint is a call of the same
provider code that answers it over HTTP, with the region's client id, secret and PKCE verifier. The
ID token is then checked as if it had come from afar (OpenID Connect Core 3.1.3.7).
"""

import base64
import json
from typing import Any, Final
from urllib.parse import urlencode

import jwt
from allauth.core import context as allauth_context
from allauth.core.internal import jwkkit
from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.models import Token
from django.http import HttpRequest

from balai import context
from balai.accounts.signin_links import base_url

OK: Final = 200
CLAIMS: Final = ["iss", "aud", "exp", "iat", "sub", "nonce"]
LEEWAY: Final = 10  # seconds that two processes' clocks may differ


class NotProven(Exception):  # noqa: N818  # it reads as what happened
    """Raised when the platform vouches for nobody; the reason is for the log, not for people."""


def exchange(*, code: str, client: str, secret: str, callback: str, verifier: str) -> str:
    """Return the ID token behind a code; the code is worth nothing afterwards.

    Raises:
        NotProven: for a code that is unknown, used, over, or another client's.
    """
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": callback,
        "code_verifier": verifier,
    }  # fmt: skip
    pair = base64.b64encode(f"{client}:{secret}".encode()).decode()
    headers = {
        "Authorization": f"Basic {pair}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with context.platform(), allauth_context.request_context(HttpRequest()):
        _headers, body, status = get_server().create_token_response(
            "/identity/o/api/token", "POST", urlencode(form), headers
        )
        if status != OK:
            raise NotProven("code")
        # Nothing is asked of the platform later, so no token is left lying about.
        Token.objects.filter(client_id=client, user_id__isnull=False).delete()
    return str(json.loads(body).get("id_token", ""))


def verified(token: str, *, client: str, nonce: str) -> dict[str, Any]:
    """Return the claims of an ID token of the platform for ``client``.

    Raises:
        NotProven: for a wrong signature, issuer, audience, time or nonce.
    """
    with context.platform():
        issuer, published = base_url(), _published()
    try:
        known = jwt.PyJWKSet.from_dict(published)
        key = known[jwt.get_unverified_header(token).get("kid", "")]
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=["RS256"], audience=client, issuer=issuer, leeway=LEEWAY,
            options={"require": CLAIMS},
        )  # fmt: skip
    except (jwt.PyJWTError, KeyError) as error:
        raise NotProven("token") from error
    if claims["aud"] != client or not nonce or claims["nonce"] != nonce:
        raise NotProven("nonce")
    return claims


def _published() -> dict[str, Any]:
    """Return what the platform's JWKS says, from the same keys."""
    current = get_adapter().list_private_keys(is_active=True)
    return {"keys": [jwkkit.load_jwk_from_pem(key.pem)[0] for key in current]}
