"""Street scenes that differ like photographs do: sky, houses, a road, things on it, grain."""

import random
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageDraw
from PIL.ExifTags import IFD, Base

SIZE = (800, 600)
HERE = (-6.1781, 106.6300)


def scene(seed: int) -> Image.Image:
    """Return scene number ``seed``; the same number gives the same picture."""
    chance = random.Random(seed)
    picture = _sky(chance)
    pen = ImageDraw.Draw(picture)
    horizon = chance.randint(SIZE[1] // 4, SIZE[1] * 3 // 4)
    pen.rectangle((0, horizon, *SIZE), fill=_colour(chance, 30, 140))
    for _ in range(chance.randint(3, 9)):
        _house(pen, chance, horizon)
    along = sorted(chance.randint(0, SIZE[0]) for _ in range(4))
    road = [(along[1], horizon), (along[2], horizon), (along[3], SIZE[1]), (along[0], SIZE[1])]
    pen.polygon(road, fill=_colour(chance, 20, 120))
    for _ in range(chance.randint(2, 7)):
        x, y, size = chance.randint(0, SIZE[0]), chance.randint(0, SIZE[1]), chance.randint(15, 140)
        pen.ellipse((x - size, y - size, x + size, y + size // 2), fill=_colour(chance))
    for _ in range(chance.randint(1, 6)):
        ends = [(chance.randint(0, SIZE[0]), chance.randint(0, SIZE[1])) for _ in range(2)]
        pen.line(ends, fill=_colour(chance), width=chance.randint(2, 16))
    return _light(picture, chance)


def jpeg(picture: Image.Image, quality: int = 88, **options: object) -> bytes:
    """Return the picture as a JPEG file."""
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=quality, **options)
    return buffer.getvalue()


def upload(picture: Image.Image, **options: object) -> SimpleUploadedFile:
    """Return the picture as a form's upload."""
    return SimpleUploadedFile("foto.jpg", jpeg(picture, **options), content_type="image/jpeg")


def _colour(chance: random.Random, least: int = 0, most: int = 255) -> tuple[int, ...]:
    return tuple(chance.randint(least, most) for _ in range(3))


def _sky(chance: random.Random) -> Image.Image:
    two = Image.new("RGB", (1, 2))
    two.putpixel((0, 0), _colour(chance, 90))
    two.putpixel((0, 1), _colour(chance, 20, 150))
    return two.resize(SIZE, Image.Resampling.BILINEAR)


def _house(pen: ImageDraw.ImageDraw, chance: random.Random, horizon: int) -> None:
    left, wide, high = chance.randint(-80, 800), chance.randint(40, 280), chance.randint(40, 330)
    pen.rectangle((left, horizon - high, left + wide, horizon + 20), fill=_colour(chance, 20, 230))
    for _ in range(chance.randint(0, 8)):
        x, y = left + chance.randint(0, wide), horizon - chance.randint(0, high)
        pen.rectangle((x, y, x + chance.randint(8, 36), y + chance.randint(8, 44)),
                      fill=_colour(chance))  # fmt: skip


def _light(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Add clouds of light and shade, and the grain of a sensor."""
    clouds = Image.new("L", (32, 24))
    clouds.putdata([chance.randint(0, 255) for _ in range(32 * 24)])
    soft = clouds.resize(SIZE, Image.Resampling.BICUBIC).convert("RGB")
    shaded = Image.blend(picture, soft, chance.uniform(0.05, 0.25))
    specks = Image.new("L", (200, 150))
    specks.putdata([chance.randint(0, 24) for _ in range(200 * 150)])
    return ImageChops.subtract(shaded, specks.resize(SIZE).convert("RGB"))


def dated(seed: int, when: str) -> SimpleUploadedFile:
    """Return a scene whose file says when it was taken, by the region's clock."""
    exif = Image.Exif()
    exif.get_ifd(IFD.Exif).update({Base.DateTimeOriginal: when})
    return upload(scene(seed), exif=exif)
