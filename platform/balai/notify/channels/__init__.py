"""Ways to a person. A channel is a class with ``deliver(outgoing)`` that raises when it fails."""

from balai.notify.channels.base import Channel, Outgoing, Undeliverable, find
from balai.notify.channels.console import ConsoleChannel, WhatsAppConsoleChannel
from balai.notify.channels.email import EmailChannel
from balai.notify.channels.http import HttpChannel, WhatsAppHttpChannel

__all__ = [
    "Channel",
    "ConsoleChannel",
    "EmailChannel",
    "HttpChannel",
    "Outgoing",
    "Undeliverable",
    "WhatsAppConsoleChannel",
    "WhatsAppHttpChannel",
    "find",
]
