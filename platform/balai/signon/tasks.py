"""Chores of the sign-on."""

from datetime import timedelta

from allauth.idp.oidc.models import Token

from balai.signon import keys
from balai.tasks import periodic_region_task

AT_ONCE = 5000


@periodic_region_task(timedelta(hours=6))
def forget_tokens() -> int:
    """Delete tokens of the region's provider that are over; return how many."""
    return delete_expired()


def delete_expired() -> int:
    """Delete tokens that are over here, some thousands at once; return how many."""
    old = Token.objects.expired().order_by("pk").values("pk")[:AT_ONCE]
    return int(Token.objects.filter(pk__in=old).delete()[0])


@periodic_region_task(timedelta(days=1))
def rotate_old_keys() -> None:
    """Replace a signing key after half a year, with an overlap."""
    keys.rotate_old()
