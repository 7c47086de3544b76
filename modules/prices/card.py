"""The picture people share: a few goods of the newest day, 1200 x 630 as link previews want it."""

from functools import lru_cache
from io import BytesIO
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from balai.ui import formats
from balai.ui.brand import current_brand
from modules.prices.selectors.board import Line
from modules.prices.selectors.glance import Glance

SIZE: Final = (1200, 630)
EDGE: Final = 56
PAPER, INK, MUTED, LINE = "#ffffff", "#1c1a17", "#5c574f", "#ddd8ce"
UP, DOWN = "#b3261e", "#1a6b3c"
FIRST, ROW = 184, 49
NAME_WIDTH, PRICE_END, ARROW = 560, 830, 860


@lru_cache(maxsize=8)
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the typeface that Pillow carries along; there is no other on every machine."""
    return ImageFont.load_default(size)


def draw(shown: Glance | None) -> bytes:
    """Return the picture as PNG, in the active language."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    brand = current_brand()
    pen.rectangle((0, 0, SIZE[0], 132), fill=brand.colour)
    pen.text((EDGE, 30), _("Staple prices"), PAPER, font(46))
    day = formats.long_date(shown.day.date) if shown else _("Nothing is published yet.")
    pen.text((EDGE, 86), day, PAPER, font(26))
    pen.text((SIZE[0] - EDGE, 30), _fitting(pen, brand.name, 26, 480), PAPER, font(26), anchor="ra")
    for at, line in enumerate(shown.lines if shown else ()):
        _row(pen, FIRST + at * ROW, line)
    note = _("Average of the markets.")
    if shown and shown.before:
        day = formats.short_date(shown.before.date)
        note = f"{note} {_('Arrows compare with %(day)s.') % {'day': day}}"
    pen.text((EDGE, SIZE[1] - 28), note, MUTED, font(20), anchor="lb")
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _row(pen: ImageDraw.ImageDraw, top: int, line: Line) -> None:
    """Draw one good: name and unit, price, arrow and change."""
    name = f"{line.variety.label}, {line.variety.get_unit_display()}"
    pen.text((EDGE, top), _fitting(pen, name, 28, NAME_WIDTH), INK, font(28), anchor="lm")
    pen.text((PRICE_END, top), formats.rupiah(line.price or 0), INK, font(32), anchor="rm")
    pen.line((EDGE, top + ROW // 2, SIZE[0] - EDGE, top + ROW // 2), fill=LINE)
    if line.change is None:
        return
    if line.change == 0:
        pen.text((ARROW, top), _("unchanged"), MUTED, font(24), anchor="lm")
        return
    up = line.change > 0
    tip, foot = (top - 10, top + 8) if up else (top + 10, top - 8)
    colour = UP if up else DOWN
    pen.polygon([(ARROW, foot), (ARROW + 22, foot), (ARROW + 11, tip)], fill=colour)
    share = f" ({formats.percent(abs(line.share or 0), 1)})"
    words = f"{formats.rupiah(abs(line.change))}{share}"
    pen.text((ARROW + 34, top), words, colour, font(24), anchor="lm")


def _fitting(pen: ImageDraw.ImageDraw, text: str, size: int, width: int) -> str:
    """Return a text cut so that it is at most ``width`` pixels wide."""
    if pen.textlength(text, font(size)) <= width:
        return text
    while text and pen.textlength(f"{text}…", font(size)) > width:
        text = text[:-1]
    return f"{text.rstrip(' ,')}…"
