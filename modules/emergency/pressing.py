"""What a panic button sends, and how it lies in the database during its ten seconds."""

import json
import uuid
from dataclasses import asdict, dataclass
from typing import Final

from balai import secrets

PURPOSE: Final = "emergency.panic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What a phone sends. ``pin`` is (latitude, longitude) in degrees, ``accuracy`` metres.

    ``earlier`` is the key of the press before on the same phone; ``doubt`` is what a dispatcher
    should know of where it comes from, in words.
    """

    key: uuid.UUID
    number: str = ""
    name: str = ""
    text: str = ""
    pin: tuple[float, float] | None = None
    accuracy: int | None = None
    earlier: uuid.UUID | None = None
    doubt: str = ""


def sealed(press: Press) -> bytes:
    """Return a press encrypted: it may name a person and says where they are."""
    return secrets.seal(json.dumps(asdict(press), default=str), purpose=PURPOSE)


def opened(key: uuid.UUID, content: bytes | memoryview) -> Press:
    """Return the press that was sealed under ``key``."""
    kept = json.loads(secrets.unseal(content, purpose=PURPOSE))
    kept["key"] = key
    kept["pin"] = tuple(kept["pin"]) if kept["pin"] else None
    kept["earlier"] = uuid.UUID(kept["earlier"]) if kept["earlier"] else None
    return Press(**kept)
