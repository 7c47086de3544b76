"""Tells open wizard pages that an opening has come further."""

from balai import live
from provisioning.models import Opening


def topic(opening: Opening) -> str:
    """Return the opening's live topic; its uuid is known to nobody but its applicant."""
    return f"opening.{opening.uuid}"


def announce(opening: Opening) -> None:
    """Notify, when the running transaction commits, the pages that show this opening."""
    live.announce(topic(opening))
