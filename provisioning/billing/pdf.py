"""An invoice as it is sent to a treasurer: one A4 page, always in Indonesian."""

from datetime import date
from typing import Final

from django.conf import settings
from django.utils import dateformat, translation
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from balai.ui import formats
from balai.ui.paper import plain
from provisioning.billing.money import in_words
from provisioning.models import Invoice, InvoiceKind, InvoiceState

MARGIN: Final = 18.0
"""Millimetres."""
LINE: Final = 5.5
LABEL: Final = 44.0
FONT: Final = "helvetica"
TITLES: Final = {InvoiceKind.INVOICE: "INVOICE", InvoiceKind.CREDIT: "NOTA KREDIT"}


class _Paper(FPDF):
    """A4 with the built-in font, and the two shapes an invoice needs."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=MARGIN)
        self.set_lang("id-ID")
        self.set_title(title)
        self.add_page()

    def say(self, text: str, size: int = 10, style: str = "", align: str = "L") -> None:
        """Write text over the whole width, broken where it must be."""
        self.set_font(FONT, style, size)
        self.multi_cell(
            0, size * 0.52, plain(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def fact(self, name: str, value: str) -> None:
        """Write a name and its value; nothing for an empty value."""
        if not value:
            return
        self.set_font(FONT, "", 10)
        self.cell(LABEL, LINE, plain(name))
        self.multi_cell(0, LINE, plain(f": {value}"), align="L", new_x=XPos.LMARGIN,
                        new_y=YPos.NEXT)  # fmt: skip

    def amount(self, name: str, rupiah: int, style: str = "") -> None:
        """Write one line of the sum, the amount at the right."""
        self.set_font(FONT, style, 10)
        width = self.w - 2 * MARGIN
        self.cell(width - 45, 8, plain(name), border="B")
        self.cell(45, 8, formats.rupiah(rupiah), border="B", align="R", new_x=XPos.LMARGIN,
                  new_y=YPos.NEXT)  # fmt: skip


def render(row: Invoice) -> bytes:
    """Return the PDF of an invoice or credit note of ours."""
    with translation.override("id"):
        paper = _Paper(f"{TITLES[InvoiceKind(row.kind)].title()} {row.number}")
        _head(paper, row)
        _buyer(paper, row)
        _sum(paper, row)
        if row.kind == InvoiceKind.INVOICE:
            _payment(paper, row)
        return bytes(paper.output())


def _head(paper: _Paper, row: Invoice) -> None:
    paper.say(settings.SELLER_NAME, 13, "B")
    if settings.SELLER_ADDRESS:
        paper.say(settings.SELLER_ADDRESS, 9)
    if settings.SELLER_NPWP:
        paper.say(f"NPWP {settings.SELLER_NPWP}", 9)
    paper.ln(6)
    paper.say(TITLES[InvoiceKind(row.kind)], 18, "B")
    paper.ln(2)
    paper.fact("Nomor", row.number)
    paper.fact("Tanggal", _day(row.issued_on))
    if row.kind == InvoiceKind.INVOICE:
        paper.fact("Jatuh tempo", _day(row.due_on))
    elif row.credits is not None:
        paper.fact("Atas invoice", row.credits.number)
    paper.fact("Nomor PO/SPK", row.po_number)
    paper.ln(4)


def _buyer(paper: _Paper, row: Invoice) -> None:
    paper.say("Kepada", 9)
    paper.say(row.buyer, 11, "B")
    if row.buyer_address:
        paper.say(row.buyer_address, 10)
    if row.buyer_npwp:
        paper.say(f"NPWP {row.buyer_npwp}", 10)
    paper.ln(5)


def _sum(paper: _Paper, row: Invoice) -> None:
    period = ""
    if row.period_from and row.period_until:
        period = f" ({_day(row.period_from)} sampai sebelum {_day(row.period_until)})"
    paper.say(f"{row.text}, {row.region.name}{period}", 10)
    paper.ln(2)
    paper.amount("Harga", row.net)
    if row.tax:
        paper.amount(f"PPN {round(100 * row.tax / row.net)}%", row.tax)
    paper.amount("Jumlah", row.total, "B")
    paper.ln(3)
    paper.say(f"Terbilang: {in_words(row.total)}", 10, "I")
    if row.reason:
        paper.ln(3)
        paper.fact("Alasan", row.reason)
    paper.ln(6)


def _payment(paper: _Paper, row: Invoice) -> None:
    """How it is paid, or that it has been, or that nobody should."""
    if row.state == InvoiceState.CANCELLED:
        paper.say("DIBATALKAN - jangan dibayar", 13, "B")
        return
    if row.state == InvoiceState.PAID:
        paper.say("LUNAS", 13, "B")
        paper.fact("Diterima", f"{formats.rupiah(row.paid_amount or 0)}, {_day(row.paid_on)}")
        paper.fact("Referensi", row.paid_reference)
        return
    paper.say("Pembayaran", 11, "B")
    paper.fact("Virtual account", row.virtual_account)
    if settings.BANK_ACCOUNT:
        paper.fact("Bank", settings.BANK_NAME)
        paper.fact("Nomor rekening", settings.BANK_ACCOUNT)
        paper.fact("Atas nama", settings.BANK_HOLDER)
    elif not row.virtual_account:
        paper.say("Rekening tujuan diberitahukan oleh pengelola platform.", 10)
    paper.fact("Berita transfer", row.number)
    paper.ln(4)
    note = ("Pengaduan, panggilan darurat 112, peringatan, dan halaman status tetap berjalan apa "
            "pun keadaan invoice ini.")  # fmt: skip
    paper.say(note, 9)


def _day(day: date | None) -> str:
    return dateformat.format(day, "j F Y") if day else ""
