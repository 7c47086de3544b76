"""The messages of signing in: through ``notify`` in a region, by plain mail on the platform."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import get_language

from balai import context, notify


def deliver(
    template: str, *, email: str = "", phone: str = "", values: Mapping[str, Any] | None = None
) -> None:
    """Send a message at once, in the language of the page the person is on.

    Args:
        template: the name under ``templates/notify/accounts/``.
        email, phone: where to; one of the two.
        values: what the template shows besides ``place``, the city's name.
    """
    shown = {"place": place(), **(values or {})}
    if context.region_or_none() is None:
        _by_mail(template, email, shown)
        return
    notify.send_now(
        template=f"accounts/{template}",
        to=notify.Recipient(email=email, phone=phone),
        context=shown,
        language=get_language() or settings.LANGUAGE_CODE,
    )


def place() -> str:
    """Return what the site is called: the city's name, or the platform's."""
    region = context.region_or_none()
    return region.name if region else "Balai"


def _by_mail(template: str, email: str, values: dict[str, Any]) -> None:
    # The platform has no notify tables: its few operators get plain mail.
    subject = render_to_string(f"notify/accounts/{template}.subject.txt", values)
    body = render_to_string(f"notify/accounts/{template}.txt", values)
    EmailMessage(" ".join(subject.split()), body, to=[email]).send()
