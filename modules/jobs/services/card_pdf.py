"""The AK/I card as it is printed: two pages of A5 with the photo and a QR code that proves it.

The form follows Permenaker 39/2016, annex AK/I; it is an official paper and always Indonesian.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

import qrcode
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import dateformat, timezone, translation
from django.utils.translation import gettext as _, gettext_noop
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from PIL import Image, ImageOps

from balai import context
from balai.files.models import StoredFile
from balai.files.variants import VARIANTS
from balai.ui.paper import plain
from modules.jobs import card_codes
from modules.jobs.choices import Education
from modules.jobs.identity import Gender, Identity, Marital, Religion, unseal
from modules.jobs.models import Card
from modules.jobs.services import cards, papers

MARGIN: Final = 10.0
LINE: Final = 5.0
LABEL: Final = 38.0
A5: Final = (148.0, 210.0)
"""Millimetres."""
SIZES: Final = (9, 8, 7, 6, 5)
"""Points; a longer life is printed smaller, so that the officer's signature has its place."""
FOOT: Final = 50.0
"""Where the officer signs, from the bottom edge."""
PHOTO: Final = (30.0, 40.0)
PIXELS: Final = (600, 800)
FONT: Final = "helvetica"
RULES: Final = (
    gettext_noop(
        "Good everywhere in Indonesia for two years from the day of issue; free of charge."
    ),
    gettext_noop("Report every six months while you have no work; you can do it on this site."),
    gettext_noop("Tell the office when your data change or when you have found work."),
)


class _Paper(FPDF):
    """A5, the built-in font, and the few shapes the card needs."""

    def __init__(self, number: str) -> None:
        super().__init__(format=A5)
        self.set_margin(MARGIN)
        self.set_auto_page_break(False)
        self.set_lang("id-ID")
        self.set_title(f"AK/I {number}")

    def write_line(self, text: str, size: int = 9, style: str = "", align: str = "L") -> None:
        """Write text over the whole width, broken where it must be."""
        self.set_font(FONT, style, size)
        self.multi_cell(
            0, size * 0.52, plain(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def facts(self, rows: Iterable[tuple[str, str]], size: int) -> None:
        """Write names and values in two columns."""
        height = LINE * size / SIZES[0]
        for name, value in rows:
            self.set_font(FONT, "", size)
            self.cell(LABEL, height, plain(name))
            self.multi_cell(
                0, height, plain(f": {value or '-'}"), new_x=XPos.LMARGIN, new_y=YPos.NEXT,
                align="L",
            )  # fmt: skip


def render(card: Card) -> bytes:
    """Return the PDF of a card that is issued and whose data have not been erased.

    Raises:
        ValueError: for any other card, also for one that is being renewed.
    """
    told = unseal(card.sealed) if card.is_printable else None
    if told is None or card.issued_on is None or card.expires_on is None:
        raise ValueError("only an issued card with its data can be printed")
    with translation.override("id"):
        paper, photos = _Paper(card.number), papers.of(card)
        paper.add_page()
        _front(paper, card, photos)
        paper.add_page()
        _back(paper, card, told)
        return bytes(paper.output())


def _front(paper: _Paper, card: Card, photos: dict[str, StoredFile]) -> None:
    """Page 1: registration number, NIK, photo, signature, the report boxes, the QR code."""
    paper.write_line(context.current_region().name.upper(), 10, "B", "C")
    paper.write_line(_("Proof of registration as a seeker of work"), 12, "B", "C")
    paper.write_line("AK/I", 9, "", "C")
    paper.ln(3)
    top = paper.get_y()
    _picture(paper, photos.get("photo"), MARGIN, top, PHOTO)
    _qr(paper, card, paper.w - MARGIN - 32, top)
    paper.set_left_margin(MARGIN + PHOTO[0] + 4)
    paper.set_xy(paper.l_margin, top)
    for name, value in (
        (_("Registration number"), card.number),
        ("NIK", cards.nik_of(card)),
        (_("Issued on"), _day(card.issued_on)),
        (_("Good until"), _day(card.expires_on)),
    ):
        paper.set_font(FONT, "", 7)
        paper.cell(50, 3.5, plain(name), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        paper.set_font(FONT, "B", 10)
        paper.cell(50, 5.5, plain(value), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_left_margin(MARGIN)
    _signature(paper, card, photos.get("signature"), top + PHOTO[1] + 3)
    _boxes(paper, card)
    paper.ln(3)
    for number, rule in enumerate(RULES, 1):
        paper.write_line(f"{number}. {_(rule)}", 7)


def _signature(paper: _Paper, card: Card, photo: StoredFile | None, top: float) -> None:
    """The holder's signature above the name; empty where they sign with a pen."""
    if photo is not None:
        _picture(paper, photo, MARGIN, top, (40.0, 16.0), crop=False)
    paper.set_xy(MARGIN, top + 17)
    paper.line(MARGIN, top + 17, MARGIN + 60, top + 17)
    paper.write_line(card.name, 9, "B")
    paper.write_line(_("The holder's signature"), 7)
    paper.ln(2)


def _boxes(paper: _Paper, card: Card) -> None:
    """The four boxes: three reports and the new work."""
    titles = (_("First report"), _("Second report"), _("Third report"), _("Has found work"))
    days = [_day(date.fromisoformat(day)) for day in card.reports[:3]]
    line = card.told("employ") if card.state == "employed" else None
    employed = _day(timezone.localdate(datetime.fromisoformat(line["at"]))) if line else ""
    days = [*days, *[""] * (3 - len(days)), employed]
    width = (paper.w - 2 * MARGIN) / 4
    paper.set_font(FONT, "B", 8)
    for title in titles:
        paper.cell(width, 6, plain(title), border=1, align="C")
    paper.ln(6)
    paper.set_font(FONT, "", 8)
    for day in days:
        paper.cell(width, 14, plain(day), border=1, align="C")
    paper.ln(14)


def _back(paper: _Paper, card: Card, told: Identity) -> None:
    """Page 2: the person, the education, and the officer who signs."""
    _life(paper, card, told, _fitting(card, told))
    _officer(paper, card)


def _fitting(card: Card, told: Identity) -> int:
    """Return the largest size in which everything stands above the officer's signature."""
    for size in SIZES:
        trial = _Paper(card.number)
        trial.add_page()
        _life(trial, card, told, size)
        if trial.get_y() <= trial.h - FOOT:
            return size
    return SIZES[-1]


def _life(paper: _Paper, card: Card, told: Identity, size: int) -> None:
    paper.write_line(_("The holder"), 11, "B")
    paper.ln(1)
    body = f"{told.height or '-'} cm / {told.weight or '-'} kg"
    paper.facts((
        (_("Full name"), card.name),
        (_("Place and date of birth"), f"{told.birth_place}, {_day(told.birth_date)}"),
        (_("Sex"), str(Gender(told.gender).label)),
        (_("Marital status"), str(Marital(told.marital).label)),
        (_("Religion"), str(Religion(told.religion).label)),
        (_("Height and weight"), body if told.height or told.weight else ""),
        (_("Address"), told.address),
        ("Kecamatan", card.district.name if card.district else ""),
        (_("Phone"), told.phone),
    ), size)  # fmt: skip
    paper.ln(3)
    paper.write_line(_("Formal education"), 11, "B")
    paper.ln(1)
    for row in told.schools or [{"level": card.education, "school": "", "year": "", "grade": ""}]:
        level = str(Education(int(row["level"] or card.education)).label)
        years = "-".join(str(row[part]) for part in ("since", "year") if row.get(part))
        told_of = (row.get("school"), years, row.get("grade"))
        rest = ", ".join(str(part) for part in told_of if part)
        paper.write_line(f"- {level}{': ' if rest else ''}{rest}", size)
    paper.ln(3)
    paper.write_line(_("Courses and skills"), 11, "B")
    paper.ln(1)
    for course in told.training or ["-"]:
        paper.write_line(f"- {course}" if course != "-" else course, size)


def _officer(paper: _Paper, card: Card) -> None:
    """Where the officer (pengantar kerja) signs, at the foot of the page."""
    left = paper.w - MARGIN - 62
    name = card.issued_by.name if card.issued_by else ""
    lines = (f"{context.current_region().name}, {_day(card.issued_on)}", _("Placement officer"))
    paper.set_xy(left, paper.h - FOOT)
    paper.set_font(FONT, "", 9)
    for line in lines:
        paper.set_x(left)
        paper.cell(62, LINE, plain(line), align="C", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.set_xy(left, paper.h - 20)
    paper.set_font(FONT, "B", 9)
    paper.cell(62, LINE, plain(name), border="T", align="C")


def _qr(paper: _Paper, card: Card, left: float, top: float) -> None:
    """The code that opens the page which proves the card, and how to type it instead."""
    token = card_codes.token_of(card)
    address = context.current_region().base_url + reverse("jobs:card-verify", args=[token])
    paper.image(qrcode.make(address, border=1, box_size=6).get_image(), left, top, 32, 32)
    paper.set_xy(left - 4, top + 33)
    paper.set_font(FONT, "", 6)
    paper.cell(40, 3, plain(token), align="C")


def _picture(
    paper: _Paper, file: StoredFile | None, left: float, top: float, size: tuple[float, float],
    *, crop: bool = True,
) -> None:  # fmt: skip
    """Place a photo, cut to 3:4; an empty frame where there is none, or its bytes are gone."""
    if file is None:
        paper.rect(left, top, *size)
        return
    place = VARIANTS["large"].path(papers.PURPOSE, file.uuid)
    try:
        with default_storage.open(place) as opened, Image.open(opened) as picture:
            shown = ImageOps.fit(picture.convert("RGB"), PIXELS) if crop else picture.convert("RGB")
    except (OSError, ValueError):
        paper.rect(left, top, *size)
        return
    paper.image(shown, left, top, *size, keep_aspect_ratio=not crop)


def _day(day: date | None) -> str:
    return dateformat.format(day, "j F Y") if day else ""
