"""Drawn scenes that stand for photographs in sample articles, and a one-page e-paper."""

from collections.abc import Callable
from io import BytesIO
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE: Final = (640, 400)
SMALL: Final = (480, 300)
Pen = ImageDraw.ImageDraw
SKY, DUSK, LEAF, ROAD, WALL = "#cfe3ea", "#1f2a44", "#3f7a4a", "#75767a", "#c9b28c"


def draw(scene: str, seed: int, *, large: bool = False) -> SimpleUploadedFile:
    """Return a drawing of a scene as an uploaded JPEG; ``seed`` moves its parts a little.

    Small ones are made in one width only, which keeps the loading of samples short.
    """
    image = Image.new("RGB", SIZE, SKY)
    SCENES[scene](ImageDraw.Draw(image), seed % 7 * 12)
    image = image if large else image.resize(SMALL)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return SimpleUploadedFile("contoh.jpg", buffer.getvalue(), content_type="image/jpeg")


def paper(title: str, summary: str) -> bytes:
    """Return a PDF of one page; letters outside of Latin-1 are left out."""
    from fpdf import FPDF  # loads slowly, and few processes print

    page = FPDF(format="A4")
    page.add_page()
    page.set_font("helvetica", "B", 28)
    page.multi_cell(0, 14, _latin(title), new_x="LMARGIN", new_y="NEXT")
    page.set_font("helvetica", "", 13)
    page.multi_cell(0, 8, _latin(summary))
    return bytes(page.output())


def _latin(text: str) -> str:
    return text.encode("latin-1", "ignore").decode("latin-1")


def _ground(pen: Pen, colour: str = "#8fae84") -> None:
    pen.rectangle((0, 290, 640, 400), fill=colour)


def _houses(pen: Pen, move: int, wall: str = WALL, roof: str = "#a4563f") -> None:
    for left, top, wide in ((10, 220, 110), (150, 190, 130), (320, 215, 120), (480, 200, 130)):
        left += move // 3
        pen.rectangle((left, top, left + wide, 290), fill=wall)
        pen.polygon(((left - 8, top), (left + wide + 8, top), (left + wide // 2, top - 46)), roof)


def _building(pen: Pen, move: int, wall: str = "#e8e2d4") -> None:
    _ground(pen)
    pen.rectangle((120 + move, 120, 520 + move, 300), fill=wall)
    pen.rectangle((120 + move, 108, 520 + move, 124), fill="#2f6d73")
    for left in range(150, 500, 60):
        pen.rectangle((left + move, 150, left + move + 36, 200), fill="#7ea7b5")
    pen.rectangle((290 + move, 220, 350 + move, 300), fill="#5b4636")


def _rain(pen: Pen, move: int) -> None:
    pen.rectangle((0, 0, *SIZE), fill="#9fb0ba")
    _ground(pen, ROAD)
    _houses(pen, move)
    pen.rectangle((0, 345, 640, 375), fill="#5f8797")
    for left in range(-20, 640, 26):
        pen.line(((left + move, 10 + left % 70), (left + move - 14, 80 + left % 70)), "#dfe8ec", 2)


def _clinic(pen: Pen, move: int) -> None:
    _building(pen, move, "#f3f1ea")
    pen.rectangle((308 + move, 30, 332 + move, 100), fill="#c0392b")
    pen.rectangle((285 + move, 53, 355 + move, 77), fill="#c0392b")


def _park(pen: Pen, move: int) -> None:
    _ground(pen, "#79a86b")
    pen.polygon(((280, 400), (380, 400), (340, 290), (320, 290)), "#d9c9a3")
    for left in (30, 140, 430, 540):
        pen.rectangle((left + 36, 230, left + 50, 320), fill="#6b4e2e")
        pen.ellipse((left - 10 + move // 4, 110, left + 96 + move // 4, 250), fill=LEAF)


def _market(pen: Pen, move: int) -> None:
    _ground(pen, "#b9a98c")
    for at, colour in enumerate(("#c0563f", "#2f7d6d", "#d29b33", "#4a6fa5")):
        left = 20 + at * 155 + move // 4
        pen.rectangle((left + 10, 230, left + 130, 320), fill="#efe6d2")
        pen.polygon(((left, 230), (left + 140, 230), (left + 70, 150)), colour)
        for fruit in range(5):
            pen.ellipse((left + 16 + fruit * 22, 250, left + 34 + fruit * 22, 268), fill=colour)


def _school(pen: Pen, move: int) -> None:
    _building(pen, move, "#f0dfb8")
    pen.rectangle((60, 70, 66, 320), fill="#8d9094")
    pen.rectangle((66, 72, 126, 92), fill="#c0392b")
    pen.rectangle((66, 92, 126, 112), fill="#ffffff")


def _bus(pen: Pen, move: int) -> None:
    _ground(pen, ROAD)
    for left, top in ((0, 120), (130, 80), (270, 140), (420, 60), (540, 130)):
        pen.rectangle((left, top, left + 110, 290), fill="#b4c0c6")
    pen.rounded_rectangle((150 + move, 210, 470 + move, 330), 18, fill="#2f6d8c")
    for left in range(170, 440, 56):
        pen.rectangle((left + move, 228, left + move + 44, 270), fill="#dcecf2")
    for left in (200, 380):
        pen.ellipse((left + move, 305, left + move + 50, 355), fill="#22262b")


def _road(pen: Pen, move: int) -> None:
    _ground(pen, "#8fae84")
    pen.polygon(((180, 400), (460, 400), (345, 200), (295, 200)), ROAD)
    for top in range(210, 400, 40):
        pen.rectangle((317, top, 323, top + 20), fill="#ffffff")
    for left in (20, 90, 500, 570):
        pen.ellipse((left, 190 + move // 3, left + 80, 280 + move // 3), fill=LEAF)


def _water(pen: Pen, move: int) -> None:
    _ground(pen)
    _houses(pen, move)
    for left in (300, 380):
        pen.line(((left, 300), (left + 10, 130)), "#6d7b84", 8)
    pen.rounded_rectangle((270, 60, 430, 140), 20, fill="#4a86a5")


def _night(pen: Pen, move: int) -> None:
    pen.rectangle((0, 0, *SIZE), fill=DUSK)
    _ground(pen, "#2b3038")
    _houses(pen, move, "#131a2c", "#0f1524")
    for left in (90, 330, 560):
        pen.polygon(((left, 120), (left - 70, 390), (left + 70, 390)), "#6d6242")
        pen.rectangle((left - 3, 110, left + 3, 390), fill="#c9ccd4")
        pen.ellipse((left - 16, 96, left + 16, 126), fill="#fff3c4")


def _river(pen: Pen, move: int) -> None:
    _ground(pen, "#4f8ba0")
    pen.arc((60, 150, 580, 420), 180, 360, fill="#8d6f52", width=22)
    pen.rectangle((0, 262, 640, 290), fill=LEAF)
    pen.polygon(
        ((200 + move, 330), (380 + move, 330), (350 + move, 370), (230 + move, 370)), "#c0563f"
    )
    pen.polygon(((290 + move, 325), (290 + move, 240), (350 + move, 325)), "#f3f1ea")


SCENES: Final[dict[str, Callable[[Pen, int], None]]] = {
    "rain": _rain, "clinic": _clinic, "park": _park, "market": _market, "school": _school,
    "bus": _bus, "office": _building, "road": _road, "water": _water, "night": _night,
    "river": _river,
}  # fmt: skip
