"""E-mail through Django's mail backend: SMTP, files in the demo, an API with django-anymail."""

import smtplib
from email.utils import formataddr, parseaddr
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from balai.notify.channels.base import Outgoing, Undeliverable

PERMANENT: Final = range(500, 600)


class EmailChannel:
    """Sends from the platform's address under the region's name."""

    def deliver(self, message: Outgoing) -> None:
        """Hand the message to the mail server."""
        address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        mail = EmailMultiAlternatives(
            subject=message.subject,
            body=message.text,
            from_email=formataddr((message.sender, address)),
            to=[message.recipient],
            reply_to=[message.reply_to] if message.reply_to else None,
            headers={
                "Auto-Submitted": "auto-generated",
                "Message-ID": f"<{message.id}@{address.partition('@')[2]}>",
                **_ending(message.unsubscribe),
            },
            connection=_connection(message.timeout),
        )
        if message.html:
            mail.attach_alternative(message.html, "text/html")
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            if all(code in PERMANENT for code, _ in error.recipients.values()):
                raise Undeliverable("the mail server does not know the address") from error
            raise


def _ending(address: str) -> dict[str, str]:
    """Return the headers with which a mail program ends a subscription (RFC 8058)."""
    if not address:
        return {}
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _connection(timeout: float) -> object:
    try:
        return get_connection(timeout=timeout)
    except TypeError:  # backends without a network take no timeout
        return get_connection()
