"""What every channel takes and does."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Undeliverable(Exception):  # noqa: N818  # it reads as what is wrong
    """Raised when trying again cannot help: no such address, refused contents."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered message.

    Attributes:
        id: the same at every attempt; a gateway may drop repetitions by it.
        recipient: an address of the channel's kind.
        sender: the name it comes from, the region's.
        reply_to: an e-mail address, or "".
        html: "" where the template has none.
        timeout: seconds the channel may take.
        url: the page the message is about, or "".
        tag: a later message with the same tag replaces this one on a screen.
        unsubscribe: the address that ends such messages (RFC 8058), or "".
    """

    id: str
    recipient: str
    sender: str
    reply_to: str
    subject: str
    text: str
    html: str
    timeout: float
    url: str = ""
    tag: str = ""
    unsubscribe: str = ""


class Channel(Protocol):
    """A way to a person."""

    def deliver(self, message: Outgoing) -> None:
        """Hand ``message`` over.

        Raises:
            Undeliverable: when trying again cannot help.
            Exception: any other failure; it is tried again later.
        """


def find(name: str) -> Channel | None:
    """Return the channel called ``name`` ("email", "push"), or None where none is set up."""
    path = settings.NOTIFY_CHANNELS.get(name, "")
    channel: Channel | None = import_string(path)() if path else None
    return channel
