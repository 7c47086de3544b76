"""Whom a message is for."""

from dataclasses import dataclass
from typing import Any, Final

PHONE_CHANNELS: Final = ("sms", "whatsapp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person by account, by bare address, or by a browser that takes web push.

    Attributes:
        user: an ``accounts.User``; their address and language are read when it is queued.
        email: an e-mail address.
        phone: a telephone number in E.164 form, "+6281234567890".
        device: a ``notify.PushDevice``.
        prefers: "email", "sms" or "whatsapp": the one channel to use where it has an address.
        speaks: the language they chose, "id" or "en"; "" takes the account's.
        unsubscribe: the address that ends these messages (RFC 8058), "" where nothing can end.
        reference: tells two recipients of one event apart; no address.
    """

    user: Any = None
    email: str = ""
    phone: str = ""
    device: Any = None
    prefers: str = ""
    speaks: str = ""
    unsubscribe: str = ""
    reference: str = ""

    def addresses(self) -> list[tuple[str, str]]:
        """Return (channel, address) pairs; an account is written to once, by e-mail first."""
        if self.device is not None:
            return [("push", str(self.device.uuid))]
        by_phone = "whatsapp" if self.prefers == "whatsapp" else "sms"
        pairs = [("email", self.email), (by_phone, self.phone)]
        if self.user is not None and not self.email and not self.phone:
            own = [("email", self.user.email or ""), (by_phone, self.user.phone or "")]
            pairs = [pair for pair in own if pair[1]][:1]
        known = [pair for pair in pairs if pair[1]]
        return [pair for pair in known if pair[0] == self.prefers] or known

    @property
    def language(self) -> str:
        """The language the person chose, or ""."""
        device = getattr(self.device, "language", "")
        return self.speaks or str(getattr(self.user, "language", "") or device or "")
