"""A picture's perceptual hash: 64 bits that stay when it is saved again, made smaller or turned.

The difference hash (dHash) of Neal Krawetz: shrink to 9 x 8 grey levels, one bit for each pair of
neighbours in a row. Written here, in Pillow's terms, because no library was fit: `imagehash`
brings SciPy and PyWavelets (150 MB) for one cosine transform, `pdqhash` has no wheels for
Linux and 256 bits, `perception` brings OpenCV, `dhash` was last released in 2022 and calls what
Pillow 14 removes. A picture is looked for under fourteen hashes (as it is, framed and cut a
little, each of them mirrored), so that one stored hash a picture is enough; see :func:`of`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""

COLUMNS: Final = 9
ROWS: Final = 8
SMALL: Final = 256
"""Pixels of the longer side on which everything is done."""

EDGE: Final = 0.05
"""How much of a side somebody may have cut off, 0 to 1."""

LEAST_SPAN: Final = 16
LEAST_BITS: Final = 6
"""A wall, a black night, a plain gradient say too little: all of them would look alike."""

NEAR: Final = 9
"""Two pictures with at most so many different bits of 64 look alike.

Of 200 different scenes under fourteen hashes none came nearer than 12; the tests measure it.
"""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``value`` is what is stored, signed; ``families`` hold what it is looked for under.

    The first family is the picture as it is, framed and cut; the second is the same mirrored. Each
    begins with its plain hash. None and () for a picture that says too little.
    """

    value: int | None = None
    families: tuple[tuple[int, ...], ...] = ()

    @property
    def near(self) -> tuple[int, ...]:
        """Every hash it is looked for under."""
        return tuple(dict.fromkeys(value for family in self.families for value in family))


def of(picture: Image.Image) -> Fingerprint:
    """Return the fingerprint of an upright picture."""
    grey = picture.convert("L")
    grey.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    framed, (wide, high) = _framed(grey)
    boxes = list(_boxes(grey.size, wide, high))
    mirrored = framed.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    families = [[_difference(side, box) for box in boxes] for side in (framed, mirrored)]
    if not _telling(framed, families[0][0]):
        return Fingerprint()
    stored = tuple(tuple(signed(value) for value in dict.fromkeys(each)) for each in families)
    return Fingerprint(stored[0][0], stored)


def signed(value: int) -> int:
    """Return 64 bits as PostgreSQL's bigint counts them."""
    return value - (1 << 64) if value >> 63 else value


def distance(one: int, other: int) -> int:
    """Return in how many bits two stored hashes differ, 0 to 64."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()


def _framed(grey: Image.Image) -> tuple[Image.Image, tuple[int, int]]:
    """Return the picture with its edges drawn on outwards, and the width of that frame in px."""
    width, height = grey.size
    wide, high = max(1, round(width * EDGE)), max(1, round(height * EDGE))
    band = Image.new("L", (width + 2 * wide, height))
    band.paste(grey.crop((0, 0, 1, height)).resize((wide, height)), (0, 0))
    band.paste(grey, (wide, 0))
    band.paste(grey.crop((width - 1, 0, width, height)).resize((wide, height)), (wide + width, 0))
    framed = Image.new("L", (band.width, height + 2 * high))
    framed.paste(band.crop((0, 0, band.width, 1)).resize((band.width, high)), (0, 0))
    framed.paste(band, (0, high))
    last = band.crop((0, height - 1, band.width, height)).resize((band.width, high))
    framed.paste(last, (0, high + height))
    return framed, (wide, high)


def _boxes(size: tuple[int, int], wide: int, high: int) -> Iterator[Box]:
    """Yield the picture itself, then as it may have been before or after somebody cut it."""
    left, top, right, bottom = wide, high, wide + size[0], high + size[1]
    yield left, top, right, bottom
    yield left - wide / 2, top - high / 2, right + wide / 2, bottom + high / 2
    yield left + wide / 2, top + high / 2, right - wide / 2, bottom - high / 2
    for x, y in ((-wide, -high), (wide, -high), (-wide, high), (wide, high)):
        yield left + min(x, 0), top + min(y, 0), right + max(x, 0), bottom + max(y, 0)


def _difference(framed: Image.Image, box: Box) -> int:
    small = framed.resize((COLUMNS, ROWS), Image.Resampling.LANCZOS, box=box)
    levels, value = small.tobytes(), 0
    for row in range(ROWS):
        for column in range(COLUMNS - 1):
            at = row * COLUMNS + column
            value = value << 1 | (levels[at] < levels[at + 1])
    return value


def _telling(framed: Image.Image, value: int) -> bool:
    levels = framed.resize((COLUMNS, ROWS), Image.Resampling.LANCZOS).tobytes()
    enough = LEAST_BITS <= value.bit_count() <= 64 - LEAST_BITS
    return enough and max(levels) - min(levels) >= LEAST_SPAN
