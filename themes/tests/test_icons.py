"""App icons: right size, initials or logo, nothing important outside the safe circle."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from themes import icons
from themes.brand import from_preset
from themes.presets import PRESETS

SPEC = from_preset(PRESETS["tangerang"], name="Kota Tangerang Selatan")


def png_of(**options):
    return Image.open(BytesIO(icons.png(SPEC, **options)))


def logo():
    image = Image.new("RGBA", (300, 200), "#aa0000")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("size", [48, 192, 512])
@pytest.mark.parametrize("purpose", ["any", "maskable"])
def test_size_and_kind(size, purpose):
    image = png_of(purpose=purpose, size=size, logo=None)
    assert (image.format, image.size) == ("PNG", (size, size))


def test_a_maskable_icon_fills_the_square_and_keeps_the_rim_empty():
    image = png_of(purpose="maskable", size=192, logo=None).convert("RGB")
    rim = Image.new("L", image.size, 255)
    ImageDraw.Draw(rim).ellipse((19, 19, 173, 173), fill=0)
    deep = tuple(int(SPEC.deep[at : at + 2], 16) for at in (1, 3, 5))
    outside = {
        image.getpixel((x, y)) for x in range(192) for y in range(192) if rim.getpixel((x, y))
    }
    assert outside == {deep}


def test_a_logo_is_shown_whole_inside_the_safe_circle():
    image = png_of(purpose="maskable", size=200, logo=logo()).convert("RGB")
    red = [(x, y) for x in range(200) for y in range(200) if image.getpixel((x, y))[1] < 60]
    assert red
    assert all((x - 100) ** 2 + (y - 100) ** 2 <= 80**2 for x, y in red)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Tangerang", "T"), ("Tangerang Selatan", "TS"), ("Aceh Barat Daya", "AB"), ("", "B")],
)
def test_initials(name, letters):
    assert icons.initials(name) == letters
