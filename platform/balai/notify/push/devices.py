"""Browsers that want web push: taken in, found again, forgotten."""

import hashlib
import ipaddress
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from balai import signing
from balai.notify.models import PushDevice
from balai.notify.push import encryption, vapid
from balai.privacy import ledger

PURPOSE: Final = "notify.push"
COOKIE: Final = "balai_device"
SALT: Final = "notify.device"
YEAR: Final = 365 * 24 * 3600
MAX_ENDPOINT: Final = 600


class NoDevice(ValueError):  # noqa: N818  # it reads as what is wrong
    """Raised for something that is no browser's push subscription."""


@transaction.atomic
def register(
    *, endpoint: str, p256dh: str, auth: str, language: str, user: Any = None
) -> PushDevice:
    """Store a browser's subscription, or bring its keys up to date; return the device.

    Args:
        endpoint: the push service's address of this browser: https, a public host.
        p256dh, auth: the browser's keys, base64url.
        user: whose browser it is, if that is known.

    Raises:
        NoDevice: for an address we do not call, or for keys that no browser makes.
    """
    _check_endpoint(endpoint)
    _check_keys(p256dh, auth)
    device, _new = PushDevice.objects.update_or_create(
        endpoint_hash=hashlib.sha256(endpoint.encode()).hexdigest(),
        defaults={
            "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "language": language,
            "user": user, "failures": 0,
        },
    )  # fmt: skip
    ledger.note(name=_name(device), purpose=PURPOSE, given=True)
    return device


@transaction.atomic
def forget(device: PushDevice) -> None:
    """Delete a browser and with it everything it follows."""
    ledger.note(name=_name(device), purpose=PURPOSE, given=False)
    device.delete()


def _name(device: PushDevice) -> str:
    """Return the ledger's name: the person's where the browser is somebody's."""
    return f"user:{device.user.uuid}" if device.user else f"device:{device.uuid}"


def of_browser(request: HttpRequest) -> PushDevice | None:
    """Return the device that this browser registered, or None."""
    kept = request.COOKIES.get(COOKIE, "")
    if not kept:
        return None
    try:
        reference = UUID(signing.loads(kept, salt=SALT, max_age=YEAR))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return PushDevice.objects.filter(uuid=reference).first()


def remember(response: HttpResponseBase, device: PushDevice) -> None:
    """Let the browser prove later that the device is itself."""
    response.set_cookie(
        COOKIE, signing.dumps(str(device.uuid), salt=SALT), max_age=YEAR, httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _check_endpoint(endpoint: str) -> None:
    """Refuse at once what ``balai.outbound`` would refuse later, as far as a name shows it."""
    parts = urlsplit(endpoint)
    host, port = parts.hostname or "", parts.port or 443
    if len(endpoint) > MAX_ENDPOINT or not host or parts.username:
        raise NoDevice("not a push service's address")
    if f"{host}:{port}" in settings.OUTBOUND_TRUSTED:
        return
    if parts.scheme != "https" or _is_number(host) or "." not in host.strip("."):
        raise NoDevice("a push service has an https address on the public internet")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.rsplit(".", 1)[-1].isdecimal()
    return True


def _check_keys(p256dh: str, auth: str) -> None:
    try:
        encryption.public_key(vapid.decoded(p256dh))
        right = len(vapid.decoded(auth)) == encryption.AUTH_LENGTH
    except ValueError as error:
        raise NoDevice("not a browser's keys") from error
    if not right:
        raise NoDevice("not a browser's keys")
