"""Any gateway that takes a message as one HTTP request: SMS or WhatsApp providers."""

import json
from string import Template
from typing import Final

from django.conf import settings

from balai import outbound
from balai.notify.channels.base import Outgoing, Undeliverable

RETRY: Final = {408, 425, 429}


class HttpChannel:
    """Configured by BALAI_GATEWAY_URL, _METHOD, _HEADERS (a JSON object) and _BODY.

    The body is a template of JSON in which $to, $text, $sender and $id are replaced by JSON
    strings without their quotes: ``{"to": "$to", "message": "$text"}``.
    """

    prefix = "GATEWAY"

    def deliver(self, message: Outgoing) -> None:
        """Send the request; a 2xx answer means that the gateway has taken the message."""
        values = {
            "to": message.recipient,
            "text": message.text,
            "sender": message.sender,
            "id": message.id,
        }
        quoted = {name: json.dumps(value)[1:-1] for name, value in values.items()}
        headers = {"Content-Type": "application/json", **json.loads(self._set("HEADERS"))}
        answer = outbound.request(
            self._set("METHOD"),
            self._set("URL"),
            body=Template(self._set("BODY")).substitute(quoted).encode(),
            headers=headers,
            timeout=message.timeout,
        )
        if 200 <= answer.status < 300:
            return
        if answer.status < 500 and answer.status not in RETRY:
            raise Undeliverable(f"the gateway answered {answer.status}")
        raise ConnectionError(f"the gateway answered {answer.status}")

    def _set(self, name: str) -> str:
        return str(getattr(settings, f"{self.prefix}_{name}"))


class WhatsAppHttpChannel(HttpChannel):
    """The same towards another provider: BALAI_WHATSAPP_GATEWAY_URL and so on."""

    prefix = "WHATSAPP_GATEWAY"
