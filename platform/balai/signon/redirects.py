"""Where an app may send people back to: https, or plain http to the developer's own machine."""

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST: Final = 10
LONGEST: Final = 500


def checked(text: str) -> list[str]:
    """Return the addresses of ``text``, one a line, each exactly as the app will send it.

    RFC 9700 section 2.1: compared letter by letter, so no wildcards; section 4.1.3: loopback
    addresses may be plain http (RFC 8252 section 7.3).

    Raises:
        ValidationError: for the first address that is not allowed, with the reason.
    """
    found = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(found) > MOST:
        raise ValidationError(_("At most %(most)s addresses.") % {"most": MOST})
    for address in found:
        reason = why_not(address)
        if reason:
            raise ValidationError(f"{address[:80]}: {reason}")
    return found


def why_not(address: str) -> str:
    """Return why an address is refused, "" when it is allowed."""
    if len(address) > LONGEST or not address.isascii() or not address.isprintable():
        return _("This is no address. It begins with https://.")
    if "*" in address:
        return _("Wildcards (*) are not allowed. Write each address in full.")
    if "#" in address:
        return _("The part after # is not allowed.")
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return _("This is no address. It begins with https://.")
    if not parts.hostname or parts.scheme not in {"http", "https"} or " " in address:
        return _("This is no address. It begins with https://.")
    if "@" in parts.netloc or "\\" in address:
        return _("A name or password in the address is not allowed.")
    if "/../" in f"{parts.path}/" or "/./" in f"{parts.path}/":
        return _("Write the path without “..”.")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        return _("It must begin with https://. Plain http is only for 127.0.0.1 and localhost.")
    return ""


def is_loopback(host: str) -> bool:
    """Tell whether a host name is the visitor's own machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
