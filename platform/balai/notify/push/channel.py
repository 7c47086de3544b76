"""The channel "push": one encrypted request to the browser's push service (RFC 8030)."""

import json
from typing import Final

from balai import outbound
from balai.notify.channels.base import Outgoing, Undeliverable
from balai.notify.models import PushDevice
from balai.notify.push import encryption, vapid

TTL: Final = 3 * 24 * 3600  # seconds a push service keeps it for a phone that is off
GONE: Final = {404, 410}
LATER: Final = {408, 425, 429}
MAX_REFUSALS: Final = 5


class PushChannel:
    """Sends to a :class:`PushDevice`, named by its uuid; a browser that is gone is forgotten."""

    def deliver(self, message: Outgoing) -> None:
        """Hand the message to the push service; 2xx means that it has taken it."""
        device = PushDevice.objects.filter(uuid=message.recipient).first()
        if device is None:
            raise Undeliverable("the browser is not subscribed any more")
        answer = outbound.request(
            "POST", device.endpoint, body=_sealed(device, message),
            headers=_headers(device, message), timeout=message.timeout,
        )  # fmt: skip
        if 200 <= answer.status < 300:
            PushDevice.objects.filter(pk=device.pk).exclude(failures=0).update(failures=0)
            return
        if answer.status >= 500 or answer.status in LATER:
            raise ConnectionError(f"the push service answered {answer.status}")
        _refused(device, answer.status)
        raise Undeliverable(f"the push service answered {answer.status}")


def _sealed(device: PushDevice, message: Outgoing) -> bytes:
    return encryption.encrypt(
        payload(message, device.language),
        p256dh=vapid.decoded(device.p256dh),
        auth=vapid.decoded(device.auth),
    )


def _headers(device: PushDevice, message: Outgoing) -> dict[str, str]:
    return {
        "Authorization": vapid.authorization(device.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL),
        "Urgency": "normal",
    }


def payload(message: Outgoing, language: str) -> bytes:
    """Return what the service worker shows, as JSON of at most 3072 bytes."""
    shown = {
        "title": message.subject or message.sender,
        "body": message.text.strip(),
        "url": message.url,
        "tag": message.tag or message.id,
        "lang": language,
    }
    data = _json(shown)
    while len(data) > encryption.MAX_PLAIN and shown["body"]:
        shown["body"] = shown["body"][: len(shown["body"]) * 3 // 4 - 1].rstrip() + "…"
        if len(shown["body"]) < 8:
            shown["body"] = ""
        data = _json(shown)
    return data


def _json(shown: dict[str, str]) -> bytes:
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode()


def _refused(device: PushDevice, status: int) -> None:
    """Forget a browser that is gone (404, 410) or that was refused five times in a row."""
    if status in GONE or device.failures + 1 >= MAX_REFUSALS:
        device.delete()
        return
    device.failures += 1
    device.save(update_fields=["failures"])
