"""Decode an untrusted picture and make it anew: nothing of the upload's bytes is kept."""

import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module, util
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from balai.files.metadata import Metadata, read_metadata
from balai.files.origin import Origin, read_origin
from balai.files.rejection import UploadRejected
from balai.files.variants import VARIANTS, Variant

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PIXELS: Final = 60_000_000
BACKGROUND: Final = (255, 255, 255)
WITH_ALPHA: Final = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})

FORMATS: Final = ["JPEG", "PNG", "WEBP"]
if util.find_spec("pi_heif"):
    import_module("pi_heif").register_heif_opener()
    FORMATS.append("HEIF")

Look = Callable[[Image.Image, Origin], None]
"""Sees a picture while it is decoded: upright, RGB, 1600 px at most; must leave it as it is."""

# A decoded picture of 60 million pixels takes 180 MB: only so many at a time in one process.
_decoding = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture made anew. Width and height are those of the largest variant, in px."""

    width: int
    height: int
    metadata: Metadata
    variants: dict[str, bytes]


def process(data: bytes, look: Look | None = None) -> Photo:
    """Return the picture in ``data`` in all sizes, upright and without its metadata.

    Args:
        look: called once with the decoded picture and what its file says of its making.

    Raises:
        UploadRejected: for anything that is not a whole picture of an accepted kind.
    """
    if len(data) > MAX_BYTES:
        raise UploadRejected(_("This photo is larger than 10 MB. Choose a smaller one."))
    try:
        with _decoding, Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _process(image, data, look)
    except UnidentifiedImageError as error:
        raise UploadRejected(_("This is not a photo. Choose a JPEG, PNG or WebP file.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRejected(_too_large()) from error
    except UploadRejected:
        raise
    except Exception as error:  # decoders raise whatever a broken file leads them to
        raise UploadRejected(_("This photo is damaged. Take or choose another one.")) from error


def _process(image: Image.Image, data: bytes, look: Look | None) -> Photo:
    # The size stands in the header: refuse before anything is decoded.
    if image.width * image.height > MAX_PIXELS:
        raise UploadRejected(_too_large())
    metadata = read_metadata(image)
    largest = VARIANTS["large"]
    image.draft("RGB", (largest.side, largest.side))
    image.load()
    origin = read_origin(image, data) if look else Origin()
    upright = _flat(ImageOps.exif_transpose(image))
    upright.info.clear()
    upright.thumbnail((largest.side, largest.side), Image.Resampling.LANCZOS)
    if look:
        look(upright, origin)
    variants = {name: _encode(upright, variant) for name, variant in VARIANTS.items()}
    return Photo(upright.width, upright.height, metadata, variants)


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture in RGB, what was transparent on white."""
    if image.mode in WITH_ALPHA or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGB", layered.size, BACKGROUND)
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return image.convert("RGB")


def _encode(image: Image.Image, variant: Variant) -> bytes:
    sized = image.copy()
    sized.thumbnail((variant.side, variant.side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    extra = {"progressive": True, "optimize": True} if variant.format == "JPEG" else {"method": 4}
    sized.save(out, variant.format, quality=variant.quality, **extra)
    return out.getvalue()


def _too_large() -> str:
    return str(_("This picture has too many pixels. Choose a smaller one."))
