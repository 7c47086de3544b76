"""A photo on its way in: what the phone said of it, and what was seen in it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from balai.files.origin import Origin
from modules.complaints.fingerprint import Fingerprint


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo from the camera page.

    ``nonce`` is the permission it was taken with, ``captured_at`` the phone's time of it,
    ``position`` (latitude, longitude) in degrees, ``accuracy`` its radius in metres.
    """

    upload: "UploadedFile[Any]"
    nonce: UUID | None = None
    captured_at: datetime | None = None
    position: tuple[float, float] | None = None
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of a picture while it was decoded."""

    print: Fingerprint = field(default_factory=Fingerprint)
    origin: Origin = field(default_factory=Origin)
