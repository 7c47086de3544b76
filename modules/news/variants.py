"""The widths and formats a picture of an article is kept in."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image

WIDTHS: Final = (480, 960, 1600)
FALLBACK: Final = 960
"""The width of the one JPEG, for browsers and programs that know nothing newer."""
FORMATS: Final = {
    "avif": ("AVIF", {"quality": 52, "speed": 8}),
    "webp": ("WEBP", {"quality": 76, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
}
TYPES: Final = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Made:
    """A picture in all its sizes: {(width in px, format): bytes}, and the largest one's size."""

    width: int
    height: int
    files: dict[tuple[int, str], bytes]

    @property
    def widths(self) -> list[int]:
        """The widths there are, the smallest first."""
        return sorted({width for width, _format in self.files})


def make(picture: Image.Image) -> Made:
    """Return an upright RGB picture in its sizes; one that is small is never made larger."""
    widths = [width for width in WIDTHS if width < picture.width]
    widths.append(min(picture.width, WIDTHS[-1]))
    fallback = max((width for width in widths if width <= FALLBACK), default=widths[0])
    files = {}
    for width in dict.fromkeys(widths):
        sized = picture.resize(
            (width, max(round(picture.height * width / picture.width), 1)),
            Image.Resampling.LANCZOS,
        )
        for name in ("avif", "webp", "jpg"):
            if name != "jpg" or width == fallback:
                files[width, name] = _encode(sized, name)
    height = max(round(picture.height * widths[-1] / picture.width), 1)
    return Made(widths[-1], height, files)


def _encode(picture: Image.Image, name: str) -> bytes:
    kind, options = FORMATS[name]
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def path(uuid: object, width: int, name: str) -> str:
    """Return a picture's place in the region's storage."""
    return f"news/{uuid}/{width}.{name}"


def fallback_of(widths: list[int]) -> int:
    """Return the width of the JPEG among these."""
    return max((width for width in widths if width <= FALLBACK), default=min(widths))
