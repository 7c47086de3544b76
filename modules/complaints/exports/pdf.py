"""A table on landscape pages, with the region's name and numbered pages."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from fpdf import FPDF

from balai.ui.paper import plain

MARGIN: Final = 10.0
LINE: Final = 5.5
SMALL: Final = 8


class _Pages(FPDF):
    """Heading and column names on every page, its number at the foot."""

    def __init__(self, title: str, subtitle: str, labels: Sequence[str], widths: Sequence[int]):
        super().__init__(orientation="landscape", format="A4")
        self.title_words, self.subtitle, self.labels = title, subtitle, labels
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=14)
        self.set_title(_latin(title))
        share = (self.w - 2 * MARGIN) / sum(widths)
        self.widths = [share * width for width in widths]
        self.alias_nb_pages()

    def header(self) -> None:
        """Write the title and the names of the columns."""
        self.set_font("helvetica", "B", 13)
        self.cell(0, 7, _latin(self.title_words), new_x="LMARGIN", new_y="NEXT")
        self.set_font("helvetica", "", SMALL)
        self.cell(0, 5, _latin(self.subtitle), new_x="LMARGIN", new_y="NEXT")
        self.ln(2)
        self.set_font("helvetica", "B", SMALL)
        self.set_fill_color(236, 233, 227)
        self.line_of(self.labels, fill=True)
        self.set_font("helvetica", "", SMALL)

    def footer(self) -> None:
        """Write the page's number."""
        self.set_y(-10)
        self.set_font("helvetica", "", SMALL)
        words = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(0, 5, _latin(words), align="R")

    def line_of(self, cells: Sequence[str], *, fill: bool = False) -> None:
        """Write one line; what is too long for its column ends with three dots."""
        for width, text in zip(self.widths, cells, strict=True):
            self.cell(width, LINE, self.fit(_latin(text), width - 2), border="B", fill=fill)
        self.ln(LINE)

    def fit(self, text: str, width: float) -> str:
        """Return as much of ``text`` as ``width`` millimetres hold."""
        if self.get_string_width(text) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.get_string_width(text[:middle].rstrip() + "...") <= width
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + "..."


def write(
    title: str,
    subtitle: str,
    labels: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[Any]],
) -> bytes:
    """Return the document.

    Args:
        title: what it is and of whom, on every page.
        subtitle: when it was made and how many lines it has.
        labels, widths: the columns' names and shares of the page's width.
        rows: cells as text.
    """
    document = _Pages(title, subtitle, labels, widths)
    document.add_page()
    for row in rows:
        document.line_of([str(cell) for cell in row])
    return bytes(document.output())


def _latin(text: str) -> str:
    """Return a cell's text on one line, as the built-in fonts can show it."""
    return plain(" ".join(text.split()))
