"""The columns of price tables: a row a price, or a column for each market of the region."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai import context
from balai.importing import Column
from modules.prices.legacy import cells
from modules.prices.selectors import goods

WIDE: Final = "at_"
"""Names of columns that hold one market's prices begin so; the market's slug follows."""
LONG: Final = (
    Column(
        "date", pgettext_lazy("column", "Day"), parse=cells.day, example="25/11/2026",
        help=_("Day before month. Without this column choose the day below."),
        aliases=("tanggal", "tgl", "hari", "waktu", "date", "tanggal survei", "tgl survei",
                 "tanggal pantauan"),
    ),
    Column(
        "market", pgettext_lazy("column", "Market"), listed=True, example="Pasar Anyar",
        aliases=("pasar", "nama pasar", "lokasi", "lokasi pasar", "market", "tempat"),
    ),
    Column(
        "commodity", pgettext_lazy("column", "Goods"), required=True, listed=True,
        example="Beras kualitas medium I",
        aliases=("komoditas", "nama komoditas", "komoditi", "nama barang", "jenis barang", "barang",
                 "varian", "nama varian", "commodity", "bahan pokok", "nama bahan pokok", "uraian",
                 "komoditas rp", "jenis komoditas", "nama bahan pokok dan jenisnya"),
    ),
    Column(
        "unit", pgettext_lazy("column", "Unit"), listed=True, parse=cells.unit, example="Rp/kg",
        help=_("Empty: the goods' own unit."), aliases=("satuan", "sat", "unit"),
    ),
    Column(
        "price", pgettext_lazy("column", "Price"), parse=cells.rupiah, example="13.500",
        help=_("Whole rupiah. 0, - and empty cells mean that nobody observed a price."),
        aliases=("harga", "harga rp", "price", "harga hari ini", "harga eceran", "harga satuan",
                 "nilai"),
    ),
)  # fmt: skip


def wide() -> list[Column]:
    """Return a column for each market of the region; none outside a region."""
    if context.region_or_none() is None:
        return []
    return [
        Column(
            f"{WIDE}{market.slug}", market.name, parse=cells.rupiah,
            help=_("Only in tables with a column for each market."),
            aliases=(market.name, short(market.name), market.slug, *market.codes.values()),
        )
        for market in goods.markets()
    ]  # fmt: skip


def short(name: str) -> str:
    """Return a market's name without the word "Pasar"."""
    return name.removeprefix("Pasar ").strip()


class PerRegion:
    """The importer's columns: those of every region, and one for each market of this one."""

    def __get__(self, instance: object, owner: type) -> Sequence[Column]:
        """Return the columns of the active region."""
        return (*LONG, *wide())
