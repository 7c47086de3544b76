"""How the dossier looks: A4 pages with a letterhead, sections, facts, tables and a track."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _
from fpdf import FPDF, FontFace

from balai.ui.paper import plain

MARGIN: Final = 20.0
LINE: Final = 5.5
LABEL: Final = 48.0
INK: Final = (33, 31, 28)
MUTED: Final = (104, 98, 90)
RULE: Final = (205, 199, 190)
SHADE: Final = (240, 237, 231)
FONT: Final = "helvetica"


class Pages(FPDF):
    """The document in the making."""

    def __init__(self, region: str, number: str, made: str) -> None:
        super().__init__(format="A4")
        self.region, self.number, self.made = plain(region), plain(number), plain(made)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN)
        self.set_lang("id-ID")
        self.set_title(f"{self.number} {self.region}")
        self.alias_nb_pages()
        self.add_page()

    def header(self) -> None:
        """Write whose document it is, on every page."""
        self._font(9, "B")
        self.cell(0, LINE, self.region)
        self._font(9, colour=MUTED)
        self.set_x(self.l_margin)
        self.cell(0, LINE, self.number, align="R", new_x="LMARGIN", new_y="NEXT")
        self._rule()
        self.ln(3)

    def footer(self) -> None:
        """Write when it was made and the page's number."""
        self.set_y(-14)
        self._font(8, colour=MUTED)
        self.cell(0, LINE, plain(_("Made on %(when)s") % {"when": self.made}))
        words = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.set_x(self.l_margin)
        self.cell(0, LINE, plain(words), align="R")

    def heading(self, title: str, subtitle: str) -> None:
        """Write the document's title and what the case is about."""
        self._font(16, "B")
        self.multi_cell(0, 7.5, plain(title), new_x="LMARGIN", new_y="NEXT", align="L")
        self._font(11, colour=MUTED)
        self.multi_cell(0, 6, plain(subtitle), new_x="LMARGIN", new_y="NEXT", align="L")

    def section(self, words: str) -> None:
        """Begin a section; its heading never stands alone at the foot of a page."""
        if self.will_page_break(4 * LINE):
            self.add_page()
        self.ln(5)
        self._font(12, "B")
        self.cell(0, 7, plain(words), new_x="LMARGIN", new_y="NEXT")

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Write names and values in two columns."""
        for name, value in pairs:
            if self.will_page_break(LINE):
                self.add_page()
            self._font(10, colour=MUTED)
            self.cell(LABEL, LINE, plain(name))
            self._font(10)
            self.multi_cell(0, LINE, plain(value), new_x="LMARGIN", new_y="NEXT", align="L")

    def paragraph(self, text: str) -> None:
        """Write text as it was written, line by line."""
        self._font(10)
        self.multi_cell(0, LINE, plain(text), new_x="LMARGIN", new_y="NEXT", align="L")

    def step(self, when: str, what: str, text: str) -> None:
        """Write one line of the history: the moment, what happened, what was said."""
        if self.will_page_break(3 * LINE):
            self.add_page()
        self._font(9, colour=MUTED)
        self.cell(0, LINE, plain(when), new_x="LMARGIN", new_y="NEXT")
        self._font(10, "B")
        self.multi_cell(0, LINE, plain(what), new_x="LMARGIN", new_y="NEXT", align="L")
        if text:
            self.paragraph(text)
        self.ln(1.5)

    def grid(
        self, labels: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
    ) -> None:
        """Write a table with its labels on every page."""
        self._font(9)
        self.set_draw_color(*RULE)
        heading = FontFace(emphasis="BOLD", color=INK, fill_color=SHADE)
        with self.table(
            col_widths=tuple(widths), headings_style=heading, text_align="LEFT",
            borders_layout="HORIZONTAL_LINES", line_height=LINE, padding=(0.5, 1),
        ) as table:  # fmt: skip
            for row in (labels, *rows):
                cells = table.row()
                for text in row:
                    cells.cell(plain(text))

    def output_bytes(self) -> bytes:
        """Return the finished document."""
        return bytes(self.output())

    def _font(self, size: int, style: str = "", colour: tuple[int, int, int] = INK) -> None:
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)

    def _rule(self) -> None:
        self.set_draw_color(*RULE)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
