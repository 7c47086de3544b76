"""Is an uploaded file a PDF that may be given to everybody? Looks only; changes nothing.

A PDF can carry programs and other files (ISO 32000-1, 12.6.4 and 7.11.4). They stand in the open
or packed into streams, so streams are unpacked, too, as far as their filter is the usual one.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from balai.files import UploadRejected

MAX_BYTES: Final = 25 * 1024 * 1024
MAX_UNPACKED: Final = 48 * 1024 * 1024
"""Bytes of all object streams together; those of a whole newspaper have a few million."""
_PIECE: Final = 64 * 1024

# Long names only: in 25 MB of compressed pictures every sequence of three letters stands
# somewhere. A script's short key /JS is of use beside /JavaScript or /Rendition alone.
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|Rendition|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE)\b"
    rb"|/XFA\s*(?:\[|\d+\s+\d+\s+R\b)"
)
_STREAM: Final = re.compile(rb"/ObjStm\b[^>]{0,400}>>\s*stream\r?\n")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


def check(data: bytes) -> None:
    """Look at a whole file.

    Raises:
        UploadRejected: with a sentence for who chose it.
    """
    if len(data) > MAX_BYTES:
        raise UploadRejected(_("This PDF is larger than 25 MB. Make it smaller first."))
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise UploadRejected(_("This is not a whole PDF. Export it again and choose it anew."))
    if b"/Encrypt" in data:
        raise UploadRejected(_("This PDF is locked. Save it without a password."))
    if any(_ACTIVE.search(_unescaped(part)) for part in (data, *_packed(data))):
        raise UploadRejected(
            _("This PDF carries scripts, forms or other files. Print it to a PDF first.")
        )


def _packed(data: bytes) -> Iterator[bytes]:
    """Yield the contents of the object streams, where names are packed since PDF 1.5.

    Raises UploadRejected for more than :data:`MAX_UNPACKED` of them.
    """
    left = MAX_UNPACKED
    for begin in _STREAM.finditer(data):
        unpacked = _inflated(memoryview(data)[begin.end() :], left)
        left -= len(unpacked)
        if left <= 0:
            raise UploadRejected(_("This PDF is packed too tightly. Print it to a PDF first."))
        yield unpacked


def _inflated(packed: memoryview, most: int) -> bytes:
    """Return what is packed at the beginning of ``packed``, ``most`` bytes at most.

    Piece by piece, for the unpacker copies whatever it is given beyond the end of its stream.
    """
    unpacker, parts, size = zlib.decompressobj(), [], 0
    for at in range(0, len(packed), _PIECE):
        try:
            parts.append(unpacker.decompress(packed[at : at + _PIECE], most - size))
        except zlib.error:
            break  # not packed, or with another filter: its plain bytes are looked at anyway
        size += len(parts[-1])
        if unpacker.eof or size >= most:
            break
    return b"".join(parts)


def _unescaped(data: bytes) -> bytes:
    """Return the bytes with names such as /J#61vaScript written out."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data)
