"""Two files of one picture are found to look alike; two pictures are not."""

import os
from collections.abc import Callable

import pytest
from PIL import Image, ImageEnhance, ImageOps

from modules.complaints import fingerprint
from modules.complaints.fingerprint import NEAR, Fingerprint
from modules.complaints.tests.scenes import SIZE, jpeg, scene

SCENES = 200 if os.environ.get("BALAI_SOAK") else 60


@pytest.fixture(scope="module")
def scenes() -> list[Image.Image]:
    return [scene(number) for number in range(SCENES)]


@pytest.fixture(scope="module")
def prints(scenes: list[Image.Image]) -> list[Fingerprint]:
    return [fingerprint.of(picture) for picture in scenes]


def again(picture: Image.Image, quality: int = 30) -> Image.Image:
    from io import BytesIO

    return Image.open(BytesIO(jpeg(picture, quality)))


def cut(picture: Image.Image, *, left: float = 0, top: float = 0, both: float = 0) -> Image.Image:
    """Cut off shares of the sides."""
    wide, high = picture.size
    box = ((left + both / 2) * wide, (top + both / 2) * high, (1 - both / 2) * wide,
           (1 - both / 2) * high)  # fmt: skip
    return picture.crop(tuple(round(side) for side in box))


def bright(picture: Image.Image, factor: float) -> Image.Image:
    return ImageEnhance.Brightness(picture).enhance(factor)


def everything(picture: Image.Image) -> Image.Image:
    small = cut(bright(ImageOps.mirror(picture), 1.15), both=0.05)
    return again(small.resize((small.width // 3, small.height // 3)), 40)


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "saved again at quality 30": again,
    "a quarter of its size": lambda p: p.resize((SIZE[0] // 4, SIZE[1] // 4)),
    "5 % cut off all around": lambda p: cut(p, both=0.05),
    "5 % cut off left and on top": lambda p: cut(p, left=0.05, top=0.05),
    "a fifth brighter": lambda p: bright(p, 1.2),
    "a fifth darker": lambda p: bright(p, 0.8),
    "more contrast": lambda p: ImageEnhance.Contrast(p).enhance(1.3),
    "turned left to right": ImageOps.mirror,
    "mirrored, cut, brighter, a third, quality 40": everything,
}


def nearest(stored: Fingerprint, looked_for: Fingerprint) -> int:
    """Return the distance that a search would see."""
    return min(fingerprint.distance(stored.value, value) for value in looked_for.near)


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_picture_is_found(
    change: str, scenes: list[Image.Image], prints: list[Fingerprint]
) -> None:
    apart = [
        nearest(stored, fingerprint.of(CHANGES[change](picture)))
        for stored, picture in zip(prints[:80], scenes[:80], strict=True)
    ]
    assert max(apart) <= NEAR, (change, sorted(apart)[-5:])


def test_different_pictures_are_told_apart(prints: list[Fingerprint]) -> None:
    """Each with each, under fourteen hashes: 39,800 comparisons in the long form."""
    assert all(one.value is not None for one in prints)
    closest = min(
        nearest(stored, looked_for)
        for at, stored in enumerate(prints)
        for other, looked_for in enumerate(prints)
        if at != other
    )
    assert closest > NEAR


@pytest.mark.parametrize("colour", ["black", "white", "#335577"])
def test_a_picture_that_shows_nothing_is_compared_with_nothing(colour: str) -> None:
    assert fingerprint.of(Image.new("RGB", SIZE, colour)) == Fingerprint()
    assert fingerprint.of(Image.linear_gradient("L").convert("RGB")) == Fingerprint()


def test_hashes_fit_a_signed_column(prints: list[Fingerprint]) -> None:
    values = [value for one in prints for value in (one.value, *one.near)]
    assert all(-(2**63) <= value < 2**63 for value in values)
    assert any(value < 0 for value in values)
    assert any(value > 0 for value in values)
    assert fingerprint.distance(-1, 0) == 64
    assert all(one.near[0] == one.value and len(one.near) <= 14 for one in prints)
