"""What a region tells the platform of a person it lets in."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from balai import context


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """Somebody of an institution may sign in to the active region with a platform account.

    Attributes:
        key: of the region's own record; the same key later changes what was said.
        email, name: of the person; the platform account is found by the address.
        institution: whom they work for, in words.
        role: slug of the role in the region.
        until: the last day in the region's time zone; None when it is over or was withdrawn.
        path: where the region's sign-in begins ("/partners/enter/").
    """

    key: UUID
    email: str
    name: str
    institution: str
    role: str
    until: date | None
    path: str


def publish(given: Pass) -> None:
    """Let the platform know a pass of the active region, or its change; safe to repeat."""
    region = context.current_region()
    keep = import_string(settings.ROAMING_KEEPER)
    with context.platform():
        keep(region, given)
