"""Keeps a region's logo and photo under its media path, by the hash of their bytes."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages

TYPES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Stored:
    """A picture's bytes and what they are."""

    body: bytes
    content_type: str


def write(body: bytes) -> str:
    """Keep a picture and return its name: 32 hexadecimal digits of its SHA-256."""
    digest = hashlib.sha256(body).hexdigest()[:32]
    storage = storages["default"]
    if not storage.exists(_path(digest)):
        storage.save(_path(digest), ContentFile(body))
    return digest


def read(digest: str) -> Stored | None:
    """Return a picture of the current region, or None when there is none of that name."""
    storage = storages["default"]
    try:
        with storage.open(_path(digest)) as source:
            body: bytes = source.read()
    except FileNotFoundError:
        return None
    kind = next((kind for start, kind in TYPES.items() if body.startswith(start)), None)
    return Stored(body, kind) if kind else None


def _path(digest: str) -> str:
    return f"brand/{digest}"
