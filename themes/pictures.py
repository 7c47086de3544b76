"""Turns an uploaded logo or photo into a clean picture: always decoded, always encoded anew."""

import warnings
from io import BytesIO
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS: Final = ("PNG", "JPEG", "WEBP")
MOST_PIXELS: Final = 60_000_000
MOST_BYTES: Final = 8 * 1024 * 1024
LOGO_SIDE: Final = 512
PHOTO_SIZE: Final = (1440, 810)


class PictureError(ValueError):
    """Raised with words for the admin when an upload cannot be used."""


def logo(upload: "UploadedFile[bytes]") -> bytes:
    """Return a PNG of at most 512 by 512, transparency kept, borders of one colour cut away.

    Raises:
        PictureError: too large, no picture, or smaller than 64 pixels.
    """
    image = _open(upload).convert("RGBA")
    box = image.getchannel("A").getbbox()
    image = image.crop(box) if box else image
    if min(image.size) < 64:
        raise PictureError(_("The logo is too small: at least 64 pixels each way."))
    image.thumbnail((LOGO_SIDE, LOGO_SIDE), Image.Resampling.LANCZOS)
    return _encoded(image, "PNG", optimize=True)


def photo(upload: "UploadedFile[bytes]") -> bytes:
    """Return a JPEG of 1440 by 810, cut to shape around its middle.

    Raises:
        PictureError: too large, no picture, or narrower than 800 pixels.
    """
    image = _open(upload)
    if image.width < 800:
        raise PictureError(_("The photo is too small: at least 800 pixels wide."))
    image = ImageOps.exif_transpose(image) or image
    fitted = ImageOps.fit(image.convert("RGB"), PHOTO_SIZE, Image.Resampling.LANCZOS)
    return _encoded(fitted, "JPEG", quality=80, optimize=True, progressive=True)


def _open(upload: "UploadedFile[bytes]") -> Image.Image:
    if (upload.size or 0) > MOST_BYTES:
        raise PictureError(_("The file is too large: at most 8 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise PictureError(_("The picture has too many pixels."))
            image.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning,
            OSError, SyntaxError, ValueError) as error:  # fmt: skip
        if isinstance(error, PictureError):
            raise
        raise PictureError(_("This is not a PNG, JPEG or WebP picture.")) from error
    return image


def _encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    out = BytesIO()
    clean.save(out, kind, **options)
    return out.getvalue()
