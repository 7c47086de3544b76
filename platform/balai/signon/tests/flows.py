"""A small client of our own: what an app and a browser do, step by step."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from allauth.idp.oidc.models import Client as Row

from balai.context import Region, region_context
from balai.signon import clients
from balai.signon.clients import App

CALLBACK = "https://app.contoh.test/cb"
AFTER = "https://app.contoh.test/bye"
VERIFIER = "v" * 50
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)


@dataclass
class Rp:
    """An app (relying party) registered in a city."""

    city: Region
    row: Row
    secret: str
    scope: str = "openid profile email"
    extra: dict[str, str] = field(default_factory=dict)

    def query(self, **changes: str | None) -> str:
        """Return the authorization request; None leaves a parameter out."""
        told: dict[str, str | None] = {
            "response_type": "code", "client_id": self.row.pk, "redirect_uri": CALLBACK,
            "scope": self.scope, "state": "s1", "nonce": "n1",
            "code_challenge": CHALLENGE, "code_challenge_method": "S256", **changes,
        }  # fmt: skip
        return urlencode({name: value for name, value in told.items() if value is not None})

    def authorize(self, browser: Any, **changes: str | None) -> Any:
        """Open the authorization endpoint."""
        return browser.get(f"/identity/o/authorize?{self.query(**changes)}")

    def agree(self, browser: Any, page: Any, *, action: str = "grant", scopes: Any = None) -> Any:
        """Send the consent page's form."""
        form = {"request": hidden(page, "request"), "action": action}
        form["scopes"] = ["profile", "email"] if scopes is None else scopes
        return browser.post("/identity/o/authorize", form)

    def code(self, browser: Any) -> str:
        """Return a code, with consent if it is asked for."""
        page = self.authorize(browser)
        if page.status_code == 200:
            page = self.agree(browser, page)
        return answer(page)["code"]

    def token(self, program: Any, **told: str) -> Any:
        """Call the token endpoint as a program, with the secret by HTTP Basic."""
        return program.post("/identity/o/api/token", told, headers=self.basic())

    def exchange(self, program: Any, code: str, **changes: str) -> Any:
        """Exchange a code."""
        told = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER, **changes,
        }  # fmt: skip
        return self.token(program, **told)

    def refresh(self, program: Any, token: str) -> Any:
        """Exchange a refresh token."""
        return self.token(program, grant_type="refresh_token", refresh_token=token)

    def basic(self) -> dict[str, str]:
        """Return the header that says who the app is."""
        pair = base64.b64encode(f"{self.row.pk}:{self.secret}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}


def registered(city: Region, name: str = "Perizinan", **told: Any) -> Rp:
    """Register an app in a city."""
    words = ["openid", "profile", "email"]
    addresses = {"redirect_uris": [CALLBACK], "logout_uris": [AFTER]}
    app = App(**{"name": name, "scopes": words, **addresses, **told})
    with region_context(city):
        return Rp(city, *clients.register(app=app))


def userinfo(program: Any, token: str) -> Any:
    """Ask for the person behind an access token."""
    return program.get("/identity/o/api/userinfo", headers={"Authorization": f"Bearer {token}"})


def hidden(page: Any, name: str) -> str:
    """Return a hidden field's value."""
    return re.findall(rf'name="{name}" value="([^"]+)"', page.content.decode())[0]


def answer(response: Any) -> dict[str, str]:
    """Return what an app is told, by redirect or by the page that leads on."""
    target = response.headers.get("Location", "")
    if response.status_code == 200:
        found = re.findall(
            r'http-equiv="refresh" content="0;url=([^"]+)"', response.content.decode()
        )
        target = found[0].replace("&amp;", "&")
    assert target.startswith(CALLBACK), (response.status_code, target)
    return {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}


def signed(program, token: str, audience: str) -> dict:
    """Verify an ID token with the published keys and return its claims."""
    found = program.get("/.well-known/jwks.json").json()
    key = jwt.PyJWKSet.from_dict(found)[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(token, key, algorithms=["RS256"], audience=audience)
