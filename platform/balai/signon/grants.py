"""Consent: what a person allows an app, asked once, shown to them, and taken back at will."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from allauth.idp.oidc.models import Client, Token
from django.db import transaction
from django.utils import timezone

from balai import audit
from balai.privacy import ledger
from balai.signon import scopes
from balai.signon.models import Grant

if TYPE_CHECKING:
    from balai.accounts.models import User

PURPOSE: Final = "signon.apps"
NOTED_EVERY: Final = timedelta(minutes=5)


def of(user: "User", client: Client) -> Grant | None:
    """Return what the person decided about the app, also when it was taken back."""
    return Grant.objects.filter(user=user, client=client).first()


def remembered(user: "User", client: Client, wanted: Iterable[str]) -> list[str] | None:
    """Return the scopes to give without asking again, or None when the person must be asked.

    The city's own apps (``skip_consent``) do not ask. What a person left out stays left out: they
    are only asked again when the app wants something new.
    """
    asked = scopes.ordered(wanted)
    if client.skip_consent:
        return asked
    grant = of(user, client)
    if grant is None or not grant.scopes or not set(asked) <= set(grant.asked.split()):
        return None
    return [word for word in asked if word in grant.given]


@transaction.atomic
def give(*, user: "User", client: Client, asked: Iterable[str], given: Iterable[str]) -> Grant:
    """Write down what the person allows of what the app asks for; ``openid`` is always part of it.

    What they decided about other scopes before stands.
    """
    now = timezone.now()
    grant, _new = Grant.objects.select_for_update().get_or_create(user=user, client=client)
    wanted = set(scopes.ordered(asked))
    words = {
        "asked": " ".join(scopes.ordered({*wanted, *grant.asked.split()})),
        "scopes": " ".join(scopes.ordered({*given, *(grant.given - wanted)})),
    }
    if words != {"asked": grant.asked, "scopes": grant.scopes}:
        grant.asked, grant.scopes, grant.given_at = words["asked"], words["scopes"], now
        grant.save(update_fields=["asked", "scopes", "given_at"])
        ledger.note(name=f"user:{user.uuid}", purpose=PURPOSE, given=True, how=ledger.ACCOUNT)
        audit.record(action="signon.consent_given", target=client.pk, after=words)
    return grant


def note_use(user: "User", client: Client) -> None:
    """Remember that the person signed in there, at most every five minutes."""
    now = timezone.now()
    stale = Grant.objects.filter(user=user, client=client).exclude(used_at__gt=now - NOTED_EVERY)
    stale.update(used_at=now)


@transaction.atomic
def take_back(*, grant: Grant) -> None:
    """End an app's access at once; what it calls the person is kept for a return."""
    Token.objects.filter(user_id=grant.user_id, client_id=grant.client_id).delete()
    Grant.objects.filter(pk=grant.pk).update(asked="", scopes="")
    if not Grant.objects.filter(user_id=grant.user_id).exclude(scopes="").exists():
        ledger.note(name=f"user:{grant.user.uuid}", purpose=PURPOSE, given=False)
    audit.record(action="signon.consent_taken_back", target=grant.client_id)


@transaction.atomic
def forget(*, user_id: int) -> None:
    """Delete consents and tokens of an account that was closed."""
    Token.objects.filter(user_id=user_id).delete()
    Grant.objects.filter(user_id=user_id).delete()


def mine(user: "User") -> list[Grant]:
    """Return the person's consents, the last used first (1 query)."""
    rows = Grant.objects.filter(user=user).exclude(scopes="").select_related("client")
    return list(rows.order_by("-used_at", "-id"))
