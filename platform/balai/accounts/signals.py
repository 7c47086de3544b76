"""What happens beside allauth's own steps."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest

from balai import audit
from balai.accounts.models import User


@receiver(authenticator_added)
def count_as_shown(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """Take a factor that was just set up as just shown: its codes are the next page."""
    record_authentication(
        request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )
    _record("account.factor_added", user, authenticator)


@receiver(authenticator_removed)
def remember_removal(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Write the removal into the audit log."""
    _record("account.factor_removed", user, authenticator)


def _record(action: str, user: User, authenticator: Authenticator) -> None:
    audit.record(action=action, target=str(user.uuid), after={"type": authenticator.type})
