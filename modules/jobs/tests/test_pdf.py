"""A CV that only shows something is kept; whatever acts, hides or swells is not."""

import zlib

import pytest

from modules.jobs.services.pdf import ACTIVE, ENCRYPTED, MAX_BYTES, NO_PDF, TOO_LARGE, problem
from modules.jobs.tests.conftest import pdf

HEAD, TAIL = b"%PDF-1.7\n", b"\nstartxref\n0\n%%EOF\n"


def with_object(body: bytes) -> bytes:
    return HEAD + b"1 0 obj\n" + body + b"\nendobj" + TAIL


def object_stream(inner: bytes, dictionary: bytes = b"/Type /ObjStm /Filter /FlateDecode") -> bytes:
    packed = zlib.compress(inner)
    return with_object(b"<< " + dictionary + b" >>\nstream\n" + packed + b"\nendstream")


ACTS = b"7 0 << /S /JavaScript /JS (x) >>"
FAR = b"/Type /ObjStm /X (" + b"a" * 500 + b") "
BOMB = object_stream(b"0" * (50 * 1024 * 1024))


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (pdf(), ""),
        (with_object(b"<< /Type /Catalog >>"), ""),
        (b"", NO_PDF),
        (b"MZ" + pdf(), NO_PDF),
        (pdf()[:-60], NO_PDF),
        (b"%PDF-1.7" + b" " * MAX_BYTES, TOO_LARGE),
        (with_object(b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"), ACTIVE),
        (with_object(b"<< /S /J#61vaScript /J#53 (x) >>"), ACTIVE),
        (with_object(b"<< /AA << /O 3 0 R >> >>"), ACTIVE),
        (with_object(b"<< /S /Launch /F (cmd.exe) >>"), ACTIVE),
        (with_object(b"<< /Names << /EmbeddedFiles 4 0 R >> >>"), ACTIVE),
        (with_object(b"<< /Encrypt 5 0 R >>"), ENCRYPTED),
        (object_stream(b"7 0 8 30 << /S /JavaScript >> << /A 1 >>"), ACTIVE),
        (object_stream(b"7 0 << /JS (x) >>", b"/Type /XObject /Filter /FlateDecode"), ACTIVE),
        (object_stream(b"7 0 << /A (x) >>"), ""),
        (with_object(b"(stream\n) << /S /JavaScript >> endstream"), ACTIVE),
        (with_object(b"<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nxyz\nendstream"), ACTIVE),
        (BOMB, ACTIVE),
        (with_object(b"<< /OpenAction [3 0 R /FitH null] >>"), ""),
        (with_object(b"<< /OpenAction 9 0 R >>"), ACTIVE),
        (with_object(b"<< /JScript 1 /AAB 2 >>"), ""),
        (HEAD + b"%stream\n" + object_stream(ACTS), ACTIVE),
        (object_stream(b"% comment\n" + ACTS), ACTIVE),
        (object_stream(ACTS).replace(b"stream\n", b"stream\r", 1), ACTIVE),
        (with_object(b"<< /X (stream\n) /AA << /O 3 0 R >> /Y (endstream) >>"), ACTIVE),
        (object_stream(b"7 0 << /A 1 >>", FAR + b"/Filter [/ASCIIHexDecode /FlateDecode]"), ACTIVE),
        (object_stream(b"7 0 << /A 1 >>", FAR + b"/Filter [/AHx /FlateDecode]"), ACTIVE),
        (with_object(b"<< /Filter /DCTDecode >>\nstream\n\xff\xd8/JS/AA/RL.endstream"), ""),
    ],
    ids=lambda value: f"{len(value)}b" if isinstance(value, bytes) else "",
)  # fmt: skip
def test_cv(data: bytes, answer: str) -> None:
    assert problem(data) == answer
