"""Chores of the platform's provider; the regions' own are in ``balai.signon.tasks``."""

from datetime import timedelta

from balai.signon import keys
from balai.signon.tasks import delete_expired
from balai.tasks import periodic_platform_task


@periodic_platform_task(timedelta(hours=6))
def forget_platform_tokens() -> int:
    """Delete tokens that are over; return how many."""
    return delete_expired()


@periodic_platform_task(timedelta(days=1))
def rotate_platform_keys() -> None:
    """Replace a signing key after half a year, with an overlap."""
    keys.rotate_old()
