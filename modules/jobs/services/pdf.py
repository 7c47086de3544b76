"""Is an upload a PDF that only shows something? Judged by its bytes, never by its name.

Names may be written with escapes (/J#61vaScript) and objects may lie compressed in streams
(ISO 32000-2, 7.3.5 and 7.5.7), so both are undone before anything is looked for. An encrypted
document cannot be looked through and is refused; so is one whose objects may be packed otherwise.
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
_STREAM: Final = re.compile(rb"stream\s")
_OBJECTS: Final = re.compile(rb"(\s|%[^\r\n]*[\r\n])*\d+\s+\d+\s")
"""An object stream begins with a table of numbers; readers skip comments before it."""
_ACTIVE: Final = re.compile(
    rb"/(JavaScript|OpenAction(?!\s*\[)|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE|GoToR"
    rb"|Rendition|Movie|Sound)(?![A-Za-z0-9])"
    rb"|/JS\s*(\(|<|\d+\s+\d+\s+R)|/AA\s*(<<|\d+\s+\d+\s+R)|/XFA\s*(\[|\d+\s+\d+\s+R)"
)
"""Short names count with what must follow them: alone they are chance in a picture's bytes.
Where a document opens (an array, 12.3.2) is no action: half of all writers say it."""
_LOCKED: Final = re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)")
_PACKED: Final = re.compile(
    rb"/(ASCIIHexDecode|ASCII85Decode|LZWDecode|RunLengthDecode|Crypt)(?![A-Za-z0-9])"
    rb"|(Filter|Decode|\[)\s*/(AHx|A85|LZW|RL)(?![A-Za-z0-9])"
)
"""Ways to pack a stream that this check does not undo; no writer packs objects in them."""

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
    bare, objects = _plain(data), _objects(data)
    if objects is None or any(_ACTIVE.search(part) for part in (bare, *objects)):
        return ACTIVE
    if _LOCKED.search(bare):
        return ENCRYPTED
    hides = b"/ObjStm" in bare and any(_PACKED.search(part) for part in (bare, *objects))
    return ACTIVE if hides else ""


def _plain(part: bytes) -> bytes:
    """Return bytes with the escapes of names undone."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), part)


def _objects(data: bytes) -> list[bytes] | None:
    """Return the streams that hold objects, inflated; None for a bomb.

    What begins like an object stream counts, whatever a dictionary says, and so does whatever
    follows the word "stream": where one truly begins and ends is for a reader to decide, and a
    document made to deceive would say it differently to each.
    """
    parts, left, whole = [], MAX_UNFOLDED, memoryview(data)
    for found in _STREAM.finditer(data):
        inflated = _inflate(whole[_begin(data, found.end()) :], left)
        left -= len(inflated)
        if left <= 0:
            return None
        if _OBJECTS.match(inflated):
            parts.append(_plain(inflated))
    return parts


def _begin(data: bytes, at: int) -> int:
    """Return where a stream's bytes begin: behind the white space after its word."""
    while at < len(data) and data[at] in b"\r\n\t ":
        at += 1
    return at


def _inflate(raw: memoryview, most: int) -> bytes:
    """Return what was deflated, ``most`` bytes of it; nothing of what is packed another way."""
    try:
        return zlib.decompressobj().decompress(raw, most)
    except zlib.error:
        return b""
