"""The budget from a table, found by the kernel."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _, gettext_noop, pgettext_lazy

from balai.importing import Column, Importer, Outcome, Problem, Row, importer
from modules.budget import cells, codes
from modules.budget.codes import Named
from modules.budget.options_form import OptionsForm
from modules.budget.services import taking_in
from modules.budget.services.taking_in import Told

if TYPE_CHECKING:
    from balai.importing.models import ImportRun

WHICH_YEAR = gettext_noop("The row does not say of which year it is.")
WHICH_DAY = gettext_noop("The row does not say up to which day it is counted.")
IN_FUTURE = gettext_noop("The date lies in the future.")
TOO_EARLY = gettext_noop("The date lies before the year of the budget was planned.")
HEADINGS: Final = ("agency", "programme", "activity", "account")
COLUMNS: Final = (
    Column(
        "year", pgettext_lazy("column", "Year"), parse=cells.year, example="2026",
        aliases=("tahun", "tahun anggaran", "ta", "thn", "year"),
    ),
    Column(
        "agency", pgettext_lazy("column", "Agency (SKPD)"), required=True, parse=codes.named,
        example="1.01.0.00.0.00.01.0000 Dinas Pendidikan",
        help=_("Code, name, or both in one cell."),
        aliases=("skpd", "opd", "kode skpd", "kode opd", "kode unit", "unit", "perangkat daerah",
                 "kode perangkat daerah", "kode sub unit", "kode unit skpd", "agency"),
    ),
    Column(
        "agency_name", pgettext_lazy("column", "Name of the agency"), example="",
        aliases=("nama skpd", "nama opd", "nama unit", "nama perangkat daerah", "nama sub unit"),
    ),
    Column(
        "programme", pgettext_lazy("column", "Programme"), required=True, parse=codes.named,
        example="1.01.02 Program Pengelolaan Pendidikan",
        help=_("Code, name, or both in one cell."),
        aliases=("program", "kode program", "programme"),
    ),
    Column(
        "programme_name", pgettext_lazy("column", "Name of the programme"), example="",
        aliases=("nama program", "uraian program"),
    ),
    Column(
        "activity", pgettext_lazy("column", "Activity"), required=True, parse=codes.named,
        example="1.01.02.2.01 Pengelolaan Pendidikan Sekolah Dasar",
        help=_("Kegiatan or sub kegiatan: code, name, or both in one cell."),
        aliases=("kegiatan", "kode kegiatan", "sub kegiatan", "kode sub kegiatan", "subkegiatan",
                 "activity"),
    ),
    Column(
        "activity_name", pgettext_lazy("column", "Name of the activity"), example="",
        aliases=("nama kegiatan", "nama sub kegiatan", "uraian kegiatan"),
    ),
    Column(
        "account", pgettext_lazy("column", "Account"), required=True, parse=codes.account,
        example="5.1.02.01 Belanja Barang", help=_("The code of Permendagri 90/2019: n.n.nn.nn"),
        aliases=("rekening", "kode rekening", "kode akun", "akun", "account", "account code"),
    ),
    Column(
        "account_name", pgettext_lazy("column", "Name of the account"), example="",
        aliases=("nama rekening", "uraian rekening", "nama akun", "uraian"),
    ),
    Column(
        "budget", pgettext_lazy("column", "Budget"), required=True, parse=cells.budgeted,
        example="1.250.000.000", help=_("Rupiah of the first budget (APBD murni)."),
        aliases=("anggaran", "pagu", "pagu anggaran", "apbd", "apbd murni", "anggaran murni",
                 "murni", "nilai anggaran", "sebelum perubahan", "budget"),
    ),
    Column(
        "revised", pgettext_lazy("column", "Revised budget"), parse=cells.budgeted,
        example="1.100.000.000", help=_("After the revision (APBD Perubahan). Empty: as before."),
        aliases=("perubahan", "apbd perubahan", "apbdp", "apbd p", "anggaran perubahan",
                 "pagu perubahan", "setelah perubahan", "revised", "revised budget"),
    ),
    Column(
        "realised", pgettext_lazy("column", "Realised"), parse=cells.realised,
        example="730.000.000", help=_("Since the beginning of the year, up to the date."),
        aliases=("realisasi", "realisasi anggaran", "realisasi sd", "realisasi s d",
                 "realisasi sampai dengan", "nilai realisasi", "realised", "realized"),
    ),
    Column(
        "as_of", pgettext_lazy("column", "Date"), parse=cells.day, example="31/10/2026",
        help=_("Day before month."),
        aliases=("tanggal", "tgl", "per tanggal", "posisi", "tanggal data", "date", "as of"),
    ),
)  # fmt: skip


@importer("budget.lines")
class Lines(Importer):
    """A state of the budget: known again by year, day, agency, programme, activity and account."""

    label = _("Budget (APBD)")
    summary = _("A row for each account of an activity, with what was realised up to a day.")
    icon = "landmark"
    permission = "budget.import"
    columns = COLUMNS
    batch = 10_000
    options_form = OptionsForm

    def prepare(self, run: "ImportRun") -> None:
        """Read the answers; nothing is looked up row by row."""
        told = run.options
        self.run, self.source = run.pk, run.name
        self.year: int | None = told.get("year") or None
        self.day = date.fromisoformat(told["as_of"]) if told.get("as_of") else None
        self.today = timezone.localdate()

    def check(self, row: Row) -> Iterable[Problem]:
        """Fill in year and day, and put names beside codes."""
        values = row.values
        values["year"] = values.get("year") or self.year
        values["as_of"] = values.get("as_of") or self.day
        if values["year"] is None:
            yield Problem("year", WHICH_YEAR)
        if values["as_of"] is None:
            yield Problem("as_of", WHICH_DAY)
        elif values["as_of"] > self.today:
            yield Problem("as_of", IN_FUTURE)
        elif values["year"] and values["as_of"].year < values["year"] - 1:
            yield Problem("as_of", TOO_EARLY)
        for heading in HEADINGS:
            values[heading] = _with_name(values[heading], values.get(f"{heading}_name"))

    def write(self, rows: Sequence[Row]) -> Outcome:
        """Store a batch."""
        told = [_told(row.values) for row in rows]
        return Outcome(*taking_in.take_in(told, run=self.run, source=self.source))


def _with_name(told: Named, name: str | None) -> Named:
    """Return a heading with the name of a column beside it, unless its own cell has one."""
    return told if told.name or not name else told._replace(name=" ".join(name.split())[:255])


def _told(values: dict[str, Any]) -> Told:
    revised = values.get("revised")
    return Told(
        year=values["year"], as_of=values["as_of"], agency=values["agency"],
        programme=values["programme"], activity=values["activity"], account=values["account"],
        budget=values["budget"], revised=values["budget"] if revised is None else revised,
        realised=values.get("realised") or 0,
    )  # fmt: skip
