"""Register apps, change them, give them a new secret, stop them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from allauth.idp.oidc.models import Client, Token
from django.contrib.auth.hashers import make_password
from django.db import transaction

from balai import audit, outbox
from balai.signon import keys, scopes
from balai.signon.hashers import RandomSecretHasher

SECRET_BYTES: Final = 32
DISABLED: Final = "disabled"
GRANTS: Final = "authorization_code\nrefresh_token"
CHANGED: Final = "signon.client_changed"
"""An app was registered, changed, stopped or let in again; key: its client id."""


@dataclass(frozen=True, slots=True)
class App:
    """What an app is: its name, addresses, and what it may learn.

    ``public`` apps (in a browser or on a phone) cannot keep a secret and have none; ``own`` ones
    belong to the city and do not ask for consent.
    """

    name: str
    redirect_uris: Sequence[str]
    logout_uris: Sequence[str] = ()
    scopes: Sequence[str] = (scopes.OPENID,)
    public: bool = False
    own: bool = False


@transaction.atomic
def register(*, app: App) -> tuple[Client, str]:
    """Return a new client and its secret, which is not stored ("" for a public one)."""
    keys.ensure()
    secret = "" if app.public else secrets.token_urlsafe(SECRET_BYTES)
    client = Client(secret=_hashed(secret), grant_types=GRANTS, response_types="code")
    _fill(client, app)
    client.save(force_insert=True)
    _changed(client, "signon.client_registered", None)
    return client, secret


@transaction.atomic
def change(*, client: Client, app: App) -> None:
    """Keep what the form says; an app keeps its kind, and its tokens."""
    current = Client.objects.select_for_update().get(pk=client.pk)
    before = told(current)
    _fill(current, app)
    current.save()
    _changed(current, "signon.client_changed", before)


@transaction.atomic
def new_secret(*, client: Client) -> str:
    """Return a new secret; the old one opens nothing from now on."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    Client.objects.filter(pk=client.pk).update(secret=_hashed(secret))
    audit.record(action="signon.secret_replaced", target=client.pk)
    return secret


@transaction.atomic
def disable(*, client: Client, reason: str = "") -> None:
    """Stop an app at once: nobody signs in there, and every token it holds is worth nothing."""
    current = Client.objects.select_for_update().get(pk=client.pk)
    current.data = {**(current.data or {}), DISABLED: True}
    current.grant_types = current.response_types = ""
    current.save(update_fields=["data", "grant_types", "response_types"])
    Token.objects.filter(client=current).delete()
    outbox.publish(CHANGED, key=current.pk)
    audit.record(action="signon.client_disabled", target=current.pk, reason=reason)


@transaction.atomic
def enable(*, client: Client) -> None:
    """Let a stopped app in again; people sign in anew, consents are remembered."""
    current = Client.objects.select_for_update().get(pk=client.pk)
    current.data = {**(current.data or {}), DISABLED: False}
    current.grant_types, current.response_types = GRANTS, "code"
    current.save(update_fields=["data", "grant_types", "response_types"])
    outbox.publish(CHANGED, key=current.pk)
    audit.record(action="signon.client_enabled", target=current.pk)


def is_disabled(client: Client) -> bool:
    """Tell whether an app was stopped."""
    return bool((client.data or {}).get(DISABLED))


def told(client: Client) -> dict[str, Any]:
    """Return what the audit log keeps of an app."""
    return {
        "name": client.name, "redirect_uris": client.get_redirect_uris(),
        "scopes": client.get_scopes(), "own": client.skip_consent,
    }  # fmt: skip


def _fill(client: Client, app: App) -> None:
    client.name, client.skip_consent = app.name, app.own
    client.type = Client.Type.PUBLIC if app.public else Client.Type.CONFIDENTIAL
    client.set_redirect_uris(list(app.redirect_uris))
    client.set_scopes(scopes.ordered(app.scopes))
    client.set_default_scopes([scopes.OPENID])
    client.set_post_logout_redirect_uris(list(app.logout_uris))


def _changed(client: Client, action: str, before: dict[str, Any] | None) -> None:
    outbox.publish(CHANGED, key=client.pk)
    audit.record(action=action, target=client.pk, before=before, after=told(client))


def _hashed(secret: str) -> str:
    if not secret:
        return make_password(None)
    return make_password(secret, hasher=RandomSecretHasher.algorithm)
