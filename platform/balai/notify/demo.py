"""The demo's letter box: what would have been sent, read from the folder for outgoing mail."""

import email
import email.policy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from balai.notify.channels.console import SUFFIX

SHOWN: Final = 100
BETWEEN: Final = b"-" * 79 + b"\n"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail or a telephone message."""

    at: datetime
    channel: str
    sender: str
    recipient: str
    subject: str
    text: str


def letters(folder: Path) -> list[Letter]:
    """Return the newest letters first, at most 100."""
    if not folder.is_dir():
        return []
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    found = [letter for path in files[:SHOWN] for letter in _read(path)]
    return sorted(found, key=lambda letter: letter.at, reverse=True)[:SHOWN]


def _read(path: Path) -> Iterator[Letter]:
    if path.name.endswith(SUFFIX):
        yield _sms(json.loads(path.read_text(encoding="utf-8")))
    elif path.suffix == ".log":
        for raw in path.read_bytes().split(BETWEEN):
            if raw.strip():
                yield _mail(raw)


def _sms(kept: dict[str, str]) -> Letter:
    return Letter(
        at=datetime.fromisoformat(kept["at"]),
        channel=kept.get("channel", "sms"),
        sender=kept["from"],
        recipient=kept["to"],
        subject="",
        text=kept["text"],
    )


def _mail(raw: bytes) -> Letter:
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)  # noqa: S101  # the default policy makes these
    body = mail.get_body(("plain",))
    return Letter(
        at=parsedate_to_datetime(mail["Date"]).astimezone(UTC),
        channel="email",
        sender=str(mail["From"]),
        recipient=str(mail["To"]),
        subject=str(mail["Subject"]),
        text=body.get_content() if body else "",
    )
