"""What notices of this module have in common; none tells what a case says."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from balai import context, notify
from modules.partners.models import Share
from modules.partners.selectors.addressees import Addressee


def absolute(name: str, *arguments: object) -> str:
    """Return the full address of a page of this region."""
    return context.current_region().base_url + reverse(name, args=arguments)


def facts(share: Share) -> dict[str, Any]:
    """Return what a notice about a share may tell."""
    return {
        "number": share.number,
        "partner": share.cooperation.partner.short_name,
        "due": share.due_at,
        "url": absolute("partners_desk:share", share.uuid),
    }


def write_all(to: Iterable[Addressee], notice: str, told: dict[str, Any], key: str) -> None:
    """Write one notice to several people, once to each."""
    for name, recipient in to:
        notify.send(
            template=f"partners/{notice}", to=recipient, context=told,
            dedupe_key=f"partners.{notice}:{key}:{name}",
        )  # fmt: skip
