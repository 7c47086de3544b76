"""Is an uploaded file a PDF that may be given to everybody? Looks only; changes nothing.

A PDF can carry programs and other files (ISO 32000-1, 12.6.4 and 7.11.4). They stand in the open
or packed into streams, so streams are unpacked, too, as far as their filter is the usual one.
"""

import re
import zlib
from typing import Final

from django.utils.translation import gettext_lazy as _

from balai.files import UploadRejected

MAX_BYTES: Final = 25 * 1024 * 1024
MAX_UNPACKED: Final = 4 * 1024 * 1024
"""Bytes of one stream that are looked at: names stand in small object streams."""

_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)\b"
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


def _packed(data: bytes) -> list[bytes]:
    """Return the contents of the object streams, where names are packed since PDF 1.5."""
    found = []
    for begin in _STREAM.finditer(data):
        try:
            found.append(zlib.decompressobj().decompress(data[begin.end() :], MAX_UNPACKED))
        except zlib.error:
            continue  # not packed, or with another filter: its plain bytes were looked at
    return found


def _unescaped(data: bytes) -> bytes:
    """Return the bytes with names such as /J#61vaScript written out."""
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data)
