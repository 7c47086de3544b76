"""Uploads are decoded and made anew, or refused with words."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from themes import pictures


def upload(body, name="x.png"):
    return SimpleUploadedFile(name, body)


def encoded(kind, size=(900, 600), **options):
    out = BytesIO()
    Image.new("RGB", size, "#336699").save(out, kind, **options)
    return out.getvalue()


def bomb():
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"0" * 1000))
        + chunk(b"IEND", b"")
    )


def test_a_photo_is_cut_to_shape_and_loses_its_metadata():
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    body = pictures.photo(upload(encoded("JPEG", (2000, 2000), exif=exif, comment=b"CANARY")))
    image = Image.open(BytesIO(body))
    assert image.size == pictures.PHOTO_SIZE
    assert b"CANARY" not in body
    assert not image.getexif()


def test_a_logo_keeps_its_transparency_and_loses_its_empty_border():
    source = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    source.paste((200, 0, 0, 255), (100, 150, 300, 250))
    out = BytesIO()
    source.save(out, "PNG")
    image = Image.open(BytesIO(pictures.logo(upload(out.getvalue()))))
    assert (image.mode, image.size) == ("RGBA", (200, 100))


@pytest.mark.parametrize(
    "body",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00<script>",
        b"%PDF-1.7",
        encoded("JPEG")[:400],
        encoded("GIF"),
        bomb(),
        b"",
    ],
    ids=["svg", "gif-script", "pdf", "truncated", "gif", "bomb", "empty"],
)
def test_what_is_no_picture_is_refused(body):
    with pytest.raises(pictures.PictureError):
        pictures.logo(upload(body))
    with pytest.raises(pictures.PictureError):
        pictures.photo(upload(body))


def test_too_small_is_said():
    with pytest.raises(pictures.PictureError, match="64"):
        pictures.logo(upload(encoded("PNG", (40, 40))))
    with pytest.raises(pictures.PictureError, match="800"):
        pictures.photo(upload(encoded("JPEG", (640, 480))))
