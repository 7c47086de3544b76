"""The certificate of erasure as it is printed: one page of A4, in both languages."""

from datetime import datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from balai.ui.formats import long_date, moment, number
from balai.ui.paper import plain
from provisioning.models import Erasure

MARGIN: Final = 18.0
LABEL: Final = 58.0
LINE: Final = 5.2
FONT: Final = "helvetica"
LANGUAGES: Final = ("id", "en")


def render(erasure: Erasure, page: str) -> bytes:
    """Return the PDF of a finished erasure.

    Args:
        page: the address at which it can be compared.

    Raises:
        ValueError: for one that is not finished.
    """
    if erasure.finished_at is None:
        raise ValueError("only a finished erasure is certified")
    paper = FPDF(format="A4")
    paper.set_margin(MARGIN)
    paper.set_title(f"Balai {erasure.facts['name']}")
    paper.add_page()
    for language in LANGUAGES:
        with translation.override(language):
            _half(paper, erasure)
    _foot(paper, erasure, page)
    return bytes(paper.output())


def facts(erasure: Erasure) -> list[tuple[str, str]]:
    """Return what the certificate states, in the active language and time zone."""
    told = erasure.facts
    return [
        (_("Region"), f"{told['name']} ({told['code']})"),
        (_("Closed on"), long_date(erasure.closed_at)),
        (_("Ending asked for by"), told.get("asked_by") or "-"),
        (_("Confirmed by"), told.get("confirmed_by") or "-"),
        (_("SHA-256 of the accepted export"), told.get("export_sha256") or "-"),
        (_("Key destroyed"), _when(erasure.key_erased_at)),
        (_("Tables dropped"), _("%(moment)s: %(tables)s tables, %(rows)s rows") % {
            "moment": _when(erasure.dropped_at), "tables": number(told["tables"]),
            "rows": number(told["rows"])}),
        (_("Files deleted"), _("%(moment)s: %(files)s files; %(backups)s backups") % {
            "moment": _when(erasure.media_erased_at), "files": number(told["files"]),
            "backups": number(told["backups"])}),
    ]  # fmt: skip


def _when(step: datetime | None) -> str:
    return moment(step) if step else "-"


def _half(paper: FPDF, erasure: Erasure) -> None:
    _line(paper, _("Certificate of erasure"), 16, "B")
    _line(paper, _("All data that the region below had on this platform were erased. Its key was"
                   " destroyed first: copies of sealed values and of backups that may lie elsewhere"
                   " cannot be read by anybody."), 9)  # fmt: skip
    paper.ln(2)
    for name, value in facts(erasure):
        paper.set_font(FONT, "", 9)
        paper.cell(LABEL, LINE, plain(name))
        paper.set_font(FONT, "B", 8 if len(value) > 60 else 9)
        paper.multi_cell(0, LINE, plain(value), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    paper.ln(6)


def _foot(paper: FPDF, erasure: Erasure, page: str) -> None:
    paper.set_draw_color(120)
    paper.line(MARGIN, paper.get_y(), paper.w - MARGIN, paper.get_y())
    paper.ln(3)
    for text in (
        page,
        f"SHA-256 {erasure.facts['sha256']}",
        f"Ed25519 {erasure.facts['signature']}",
        f"{erasure.facts['signer']}",
    ):
        _line(paper, text, 7)


def _line(paper: FPDF, text: str, size: int, style: str = "") -> None:
    paper.set_font(FONT, style, size)
    paper.multi_cell(0, size * 0.5, plain(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
