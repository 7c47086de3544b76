"""The one door to e-mail, SMS and WhatsApp: ``notify.send(...)`` inside a transaction."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from balai.notify.recipient import Recipient

if TYPE_CHECKING:
    from balai.notify.models import Message

__all__ = ["Recipient", "send", "send_now"]


def send(
    *,
    template: str,
    to: Recipient,
    context: Mapping[str, Any] | None = None,
    language: str = "",
    dedupe_key: str = "",
) -> list["Message"]:
    """Queue a message in the caller's transaction; it goes out through the outbox.

    Args:
        template: "<module>/<name>"; see docs/files-and-notifications.md for the files.
        to: whom; with an e-mail address and a telephone number both, both get it.
        context: what the template shows: texts, numbers, dates.
        language: "id" or "en"; "" takes the person's own, else the region's.
        dedupe_key: sends once per key and channel, however often it is called.

    Returns:
        The messages, one a channel; none where the person has no address.
    """
    from balai.notify import services  # models cannot be imported while apps are being loaded

    return services.send(
        template=template, to=to, context=context or {}, language=language, dedupe_key=dedupe_key
    )


def send_now(
    *,
    template: str,
    to: Recipient,
    context: Mapping[str, Any] | None = None,
    language: str = "",
) -> list["Message"]:
    """Send a message while the person waits (a sign-in code), in at most 5 seconds a channel.

    What cannot be sent at once is queued like any other message.
    """
    from balai.notify import services  # models cannot be imported while apps are being loaded

    return services.send_now(template=template, to=to, context=context or {}, language=language)
