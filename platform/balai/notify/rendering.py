"""From a queued message to words."""

from typing import Any

from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import render_to_string, select_template
from django.utils import timezone, translation

from balai import context
from balai.notify import codec
from balai.notify.channels import Outgoing
from balai.notify.models import Message
from balai.ui.brand import current_brand

FOLDER = "notify"
HEADED = ("email", "push")
"""Channels whose messages have a heading of their own."""


def render(message: Message, *, timeout: float) -> Outgoing:
    """Return ``message`` in its language, in the region's name and time.

    Raises:
        TemplateDoesNotExist: when the template has no text.
    """
    region = context.region_or_none()
    zone = region.zone if region else timezone.get_default_timezone()
    brand = current_brand()
    values: dict[str, Any] = {
        **codec.unpack(message.context),
        "brand": brand,
        "region": region,
        "language": message.language,
    }
    base = f"{FOLDER}/{message.template}"
    with translation.override(message.language), timezone.override(zone):
        headed = message.channel in HEADED
        mail = message.channel == "email"
        return Outgoing(
            id=f"{context.schema()}-{message.pk}",
            recipient=message.recipient,
            sender=brand.name,
            reply_to=str(region.brand.get("reply_to", "")) if region else "",
            subject=_subject(base, values) if headed else "",
            text=_text(base, message.channel, values),
            html=_html(base, values) if mail else "",
            timeout=timeout,
            url=str(values.get("url", "")),
            tag=str(values.get("tag", "")),
            unsubscribe=str(values.get("unsubscribe", "")),
        )


def _subject(base: str, values: dict[str, Any]) -> str:
    return " ".join(render_to_string(f"{base}.subject.txt", values).split())


def _text(base: str, channel: str, values: dict[str, Any]) -> str:
    """Use ``<name>.sms.txt`` where there is one: telephones like it short."""
    short = [f"{base}.sms.txt"] if channel == "whatsapp" else []
    names = [f"{base}.{channel}.txt", *short, f"{base}.txt"]
    text: str = select_template(names).render(values)
    return text.strip() + "\n"


def _html(base: str, values: dict[str, Any]) -> str:
    try:
        return render_to_string(f"{base}.html", values)
    except TemplateDoesNotExist as missing:
        if missing.args and missing.args[0] != f"{base}.html":
            raise
        return ""
