"""Is an upload a PDF that only shows something? Judged by its bytes, never by its name.

Names may be written with escapes (/J#61vaScript) and objects may lie compressed in streams
(ISO 32000-2, 7.3.5 and 7.5.7), so both are undone before anything is looked for. An encrypted
document cannot be looked through and is refused.
"""

import re
import zlib
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_UNFOLDED: Final = 40 * 1024 * 1024
"""So much is inflated of one document at most; beyond it the document is a bomb."""

_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_OBJECTS: Final = re.compile(rb"\s*\d+ \d+( \d+ \d+)*\s*<<")
_ACTIVE: Final = re.compile(
    rb"/(JavaScript|OpenAction(?!\s*\[)|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|GoToR"
    rb"|Rendition)(?![A-Za-z0-9])"
)
"""Where a document opens (an array, 12.3.2) is no action: half of all writers say it."""
_SHORT: Final = re.compile(rb"/(JS|AA|XFA|Movie|Sound)(?![A-Za-z0-9])")
"""Looked for where objects lie only: in a picture's bytes these letters are chance."""
_LOCKED: Final = re.compile(rb"/Encrypt(?![A-Za-z0-9])")

NO_PDF: Final = _("This is not a PDF. Save your CV as PDF and choose it again.")
TOO_LARGE: Final = _("This PDF is larger than 5 MB. Make the pictures in it smaller.")
ENCRYPTED: Final = _("This PDF is protected with a password. Save it without one.")
ACTIVE: Final = _(
    "This PDF contains scripts, attachments or actions. Print it into a new PDF and choose that."
)


def problem(data: bytes) -> str | Promise:
    """Return why ``data`` is not kept as a CV, or ""."""
    if len(data) > MAX_BYTES:
        return TOO_LARGE
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        return NO_PDF
    objects = _objects(data)
    if objects is None or _ACTIVE.search(_plain(data)):
        return ACTIVE
    outside = _plain(_STREAM.sub(b"", data))
    if _LOCKED.search(outside):
        return ENCRYPTED
    if any(_ACTIVE.search(part) or _SHORT.search(part) for part in (outside, *objects)):
        return ACTIVE
    return ""


def _plain(part: bytes) -> bytes:
    """Return bytes with the escapes of names undone."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)


def _objects(data: bytes) -> list[bytes] | None:
    """Return the streams that hold objects, inflated; None where one cannot be looked into.

    A stream counts when its dictionary says ObjStm, or when it begins like one (a table of
    numbers) whatever the dictionary says. Page contents cannot act and are left out.
    """
    parts, left = [], MAX_UNFOLDED
    for found in _STREAM.finditer(data):
        declared = b"ObjStm" in _plain(data[max(0, found.start() - 400) : found.start()])
        inflated = _inflate(found[1], left)
        if inflated is None:
            if declared or left <= 0:
                return None
            continue
        left -= len(inflated)
        if left <= 0:
            return None
        if declared or _OBJECTS.match(inflated):
            parts.append(_plain(inflated))
    return parts


def _inflate(raw: bytes, most: int) -> bytes | None:
    """Return what was deflated, ``most`` bytes of it; None for what is packed another way."""
    try:
        return zlib.decompressobj().decompress(raw, most)
    except zlib.error:
        return None
