"""When a second factor (TOTP or a passkey) is required of people with privileges."""

from typing import Final

from django.conf import settings

from balai import context

# While a region is tried out, its people are asked for a second factor but not shut out.
TRIAL_STATES: Final = frozenset({"requested", "building", "sandbox"})
FACTORS: Final = ("totp", "webauthn")


def enforced() -> bool:
    """Tell whether rights rest until there is a second factor, here and now.

    ``SECOND_FACTOR`` is "live" (regions that are open to citizens, and the platform),
    "always" or "never" (the demo).
    """
    if settings.SECOND_FACTOR != "live":
        return bool(settings.SECOND_FACTOR == "always")
    region = context.region_or_none()
    return region is None or region.state not in TRIAL_STATES


def has_one(user_id: int) -> bool:
    """Tell whether the account has a TOTP app or a passkey (1 query)."""
    from allauth.mfa.models import Authenticator  # it needs our user model first

    return bool(Authenticator.objects.filter(user_id=user_id, type__in=FACTORS).exists())
