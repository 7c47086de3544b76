"""The record of processing as a document: one block a purpose."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from fpdf import FPDF

from balai.privacy.records import Record
from balai.ui.paper import plain

MARGIN: Final = 15.0


class _Pages(FPDF):
    """Numbered pages."""

    def footer(self) -> None:
        """Write the page's number."""
        self.set_y(-12)
        self.set_font("helvetica", "", 8)
        words = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(0, 5, plain(words), align="R")


def write(title: str, subtitle: str, records: Iterable[Record]) -> bytes:
    """Return the document."""
    pages = _Pages(format="A4")
    pages.set_margin(MARGIN)
    pages.set_auto_page_break(True, margin=16)
    pages.set_title(plain(title))
    pages.alias_nb_pages()
    pages.add_page()
    _line(pages, title, "B", 15)
    _line(pages, subtitle, "", 9)
    for record in records:
        _block(pages, record)
    return bytes(pages.output())


def _block(pages: FPDF, record: Record) -> None:
    purpose = record.purpose
    pages.ln(4)
    _line(pages, str(purpose.label), "B", 11)
    _line(pages, str(purpose.text), "", 9)
    basis = f"{record.basis} ({record.article}){f', {purpose.law}' if purpose.law else ''}"
    facts = (
        (_("Legal basis"), basis),
        (_("Whose data"), ", ".join(record.people)),
        (_("Which data"), "; ".join(map(str, purpose.data))),
        (_("Kept"), str(purpose.retention)),
        (_("Recipients"), "; ".join(map(str, purpose.recipients)) or _("Nobody outside")),
        (_("Tables"), ", ".join(purpose.models)),
    )
    for name, text in facts:
        _line(pages, f"{name}: {text}", "", 9)


def _line(pages: FPDF, text: str, style: str, size: int) -> None:
    pages.set_font("helvetica", style, size)
    pages.multi_cell(0, size * 0.5, plain(text), new_x="LMARGIN", new_y="NEXT")
