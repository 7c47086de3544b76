"""Uploads that people, telephones and attackers send."""

import io
import struct
import zlib

from PIL import Image, TiffImagePlugin
from PIL.ExifTags import GPS, IFD, Base


def jpeg(width=1200, height=900, *, exif=None, colour=(40, 90, 160), **options) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (width, height), colour)
    if exif is not None:
        options["exif"] = exif
    image.save(out, "JPEG", quality=90, **options)
    return out.getvalue()


def telephone_photo() -> bytes:
    """A photo with position, time, owner, comment and "turn me" mark, left half red."""
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif[Base.Make] = "KENARI-MAKER"
    exif[Base.Artist] = "KENARI Budi Santoso"
    rational = TiffImagePlugin.IFDRational
    exif.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "S",
            GPS.GPSLatitude: (rational(6), rational(10), rational(4170, 100)),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: (rational(106), rational(38), rational(2520, 100)),
        }
    )
    exif.get_ifd(IFD.Exif).update({Base.DateTimeOriginal: "2026:11:23 16:20:00"})
    out = io.BytesIO()
    image = Image.new("RGB", (2400, 1800), (20, 20, 20))
    image.paste((220, 30, 30), (0, 0, 1200, 1800))
    image.save(out, "JPEG", exif=exif, comment=b"KENARI comment")
    return out.getvalue()


def png(width=300, height=200, mode="RGBA") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), (0, 0, 0, 0) if mode == "RGBA" else 0).save(out, "PNG")
    return out.getvalue()


def webp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), (1, 2, 3)).save(out, "WEBP")
    return out.getvalue()


def gif() -> bytes:
    out = io.BytesIO()
    Image.new("P", (300, 200)).save(out, "GIF")
    return out.getvalue()


def bomb(side=20_000) -> bytes:
    """A PNG of 400 million pixels in a few hundred kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = b"\0" + b"\0" * (side // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
SCRIPT = b"<script>alert('KENARI')</script><?php system($_GET['c']); ?>"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"

REFUSED = {
    "svg": SVG,
    "pdf": PDF,
    "html": b"<html><body>photo.jpg</body></html>",
    "empty": b"",
    "gif and script": gif() + SCRIPT,
    "truncated jpeg": jpeg()[:4000],
    "only a jpeg's head": jpeg()[:20],
    "bomb": bomb(),
    "broken png": png()[:40] + b"\0" * 100,
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "tiff": b"II*\0" + b"\0" * 100,
}
