"""Whom a message is for."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person by account, or by bare address.

    Attributes:
        user: an ``accounts.User``; their address and language are read when it is queued.
        email: an e-mail address.
        phone: a telephone number in E.164 form, "+6281234567890".
    """

    user: Any = None
    email: str = ""
    phone: str = ""

    def addresses(self) -> list[tuple[str, str]]:
        """Return (channel, address) pairs; an account is written to once, by e-mail first."""
        pairs = [("email", self.email), ("sms", self.phone)]
        if self.user is not None and not self.email and not self.phone:
            own = [("email", self.user.email or ""), ("sms", self.user.phone or "")]
            pairs = [pair for pair in own if pair[1]][:1]
        return [pair for pair in pairs if pair[1]]

    @property
    def language(self) -> str:
        """The language the person chose, or ""."""
        return str(getattr(self.user, "language", "") or "")
