"""A city's list of apps from a table, found by the kernel."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _, gettext_noop

from balai.directory.models import Agency
from balai.importing import Column, Importer, Invalid, Outcome, Problem, Row, importer
from balai.importing.parsing import moment, plain, text, yes_no
from modules.catalogue.links import PACKAGE
from modules.catalogue.services import taking_in
from modules.catalogue.states import Audience, Category, State

if TYPE_CHECKING:
    from balai.importing.models import ImportRun

NO_AGENCY = gettext_noop("No agency is called “%(value)s”.")
NO_CATEGORY = gettext_noop("There is no category “%(value)s”.")
NO_ADDRESS = gettext_noop("“%(value)s” is no address. It begins with https://.")
NO_PACKAGE = gettext_noop("“%(value)s” is no package name, such as id.go.example.app.")
NO_AMOUNT = gettext_noop("“%(value)s” is no amount in rupiah.")
NO_AUDIENCE = gettext_noop("“%(value)s” is neither citizens nor officers.")
NO_STATE = gettext_noop("“%(value)s” is no state of an app.")
NO_DAY = gettext_noop("An app that will be retired needs its last day.")
AUDIENCES: Final = {
    "warga": Audience.CITIZEN, "masyarakat": Audience.CITIZEN, "publik": Audience.CITIZEN,
    "umum": Audience.CITIZEN, "citizen": Audience.CITIZEN, "citizens": Audience.CITIZEN,
    "pegawai": Audience.OFFICER, "asn": Audience.OFFICER, "internal": Audience.OFFICER,
    "officer": Audience.OFFICER, "officers": Audience.OFFICER,
}  # fmt: skip
STATES: Final = {
    "aktif": State.LIVE, "live": State.LIVE, "berjalan": State.LIVE, "draf": State.DRAFT,
    "draft": State.DRAFT, "pemeliharaan": State.MAINTENANCE, "maintenance": State.MAINTENANCE,
    "perbaikan": State.MAINTENANCE, "nonaktif": State.RETIRED, "tidak aktif": State.RETIRED,
    "retired": State.RETIRED, "pensiun": State.RETIRED, "akan dihentikan": State.RETIRING,
}  # fmt: skip
MOST: Final = 10**13


def address(value: str) -> str:
    """Return a web address; one without a scheme gets https."""
    found = value if "://" in value else f"https://{value}"
    if not found.startswith(("http://", "https://")) or " " in found or "." not in found:
        raise Invalid(NO_ADDRESS, value=value[:60])
    return text(most=300)(found)


def package(value: str) -> str:
    """Return an Android package."""
    if not PACKAGE.match(value):
        raise Invalid(NO_PACKAGE, value=value[:60])
    return text(most=120)(value)


def rupiah(value: str) -> int:
    """Return whole rupiah of "Rp 1.250.000,00", "1250000" or "1,250,000"."""
    bare = value.casefold().removeprefix("rp").strip(" .").replace(" ", "")
    for ending in (",00", ".00", ",-"):
        bare = bare.removesuffix(ending)
    digits = bare.replace(".", "").replace(",", "")
    if not digits.isdecimal() or int(digits) > MOST:
        raise Invalid(NO_AMOUNT, value=value[:60])
    return int(digits)


def day(value: str) -> date:
    """Return a date as people write it."""
    return moment(value).date()


def names(value: str) -> list[str]:
    """Return the names of a cell, between semicolons."""
    return [name.strip() for name in value.split(";") if name.strip()]


def _one_of(words: dict[str, Any], message: str) -> Any:
    def parse(value: str) -> Any:
        found = words.get(plain(value))
        if found is None:
            raise Invalid(message, value=value[:60])
        return found

    return parse


@importer("catalogue.apps")
class Apps(Importer):
    """Apps, known again by their name."""

    label = _("Apps of the city")
    summary = _("A row for each app: agency, address, category, cost, what it overlaps with.")
    icon = "layout-grid"
    permission = "catalogue.import"
    batch = 500
    publishes = True
    columns = (
        Column("name", _("Name"), required=True, unique=True, parse=text(most=80),
               aliases=("nama", "nama aplikasi", "aplikasi"), example="SIM PBB Online"),
        Column("summary", _("What it does"), parse=text(most=160),
               aliases=("fungsi", "keterangan", "deskripsi", "uraian"), example="Bayar PBB"),
        Column("category", _("About"), required=True, listed=True,
               aliases=("kategori", "bidang", "urusan"), example="Pajak dan retribusi"),
        Column("agency", _("Agency"), listed=True,
               aliases=("opd", "skpd", "perangkat daerah", "pemilik"), example="Bapenda"),
        Column("audience", _("For"), parse=_one_of(AUDIENCES, NO_AUDIENCE),
               aliases=("pengguna", "sasaran", "jenis layanan"), example="Warga"),
        Column("url", _("Web address"), parse=address,
               aliases=("alamat", "tautan", "link", "domain", "website"), example="https://pbb.contoh.go.id/"),
        Column("package", _("Android package"), parse=package,
               aliases=("paket", "paket android", "playstore"), example="id.go.contoh.pbb"),
        Column("state", _("State"), parse=_one_of(STATES, NO_STATE),
               aliases=("status", "kondisi"), example="Aktif"),
        Column("retire_on", _("Last day"), parse=day,
               aliases=("tanggal berhenti", "berakhir"), example="31/12/2026"),
        Column("data_held", _("Data it holds"), parse=text(most=300),
               aliases=("data", "data yang disimpan"), example="NIK, alamat, nomor objek pajak"),
        Column("personal", _("Holds personal data"), parse=yes_no,
               aliases=("data pribadi",), example="Ya"),
        Column("cost_per_year", _("Cost per year"), parse=rupiah,
               aliases=("biaya", "biaya per tahun", "anggaran"), example="Rp 125.000.000"),
        Column("overlaps", _("Does the same as"), parse=names,
               aliases=("tumpang tindih", "mirip dengan"), example="E-SPPT; BPHTB Online"),
    )  # fmt: skip

    def prepare(self, run: "ImportRun") -> None:
        """Load the agencies: one query for any file."""
        self.agencies = {}
        for row in Agency.objects.filter(active=True).order_by("-pk"):
            for name in (row.name, row.short_name, row.code):
                self.agencies[plain(name)] = row.pk
        self.categories = {plain(str(label)): value for value, label in Category.choices}
        self.categories |= {value: value for value in Category.values}

    def check(self, row: Row) -> Iterable[Problem]:
        """Look up agency and category."""
        told = row.values
        category = self.categories.get(plain(told["category"]))
        if category is None:
            yield Problem("category", NO_CATEGORY, {"value": told["category"][:60]}, unknown=True)
        told["category"] = category
        agency = told.pop("agency", None)
        if agency is not None:
            told["agency_id"] = self.agencies.get(plain(agency))
            if told["agency_id"] is None:
                yield Problem("agency", NO_AGENCY, {"value": agency[:60]}, unknown=True)
        if told.get("state") == State.RETIRING and told.get("retire_on") is None:
            yield Problem("retire_on", NO_DAY)

    def write(self, rows: Sequence[Row]) -> Outcome:
        """Store a batch."""
        return Outcome(*taking_in.take_in([row.values for row in rows]))

    def choices(self, column: str) -> Sequence[tuple[str, Any]]:
        """Return what unknown words may stand for."""
        if column == "agency":
            found = Agency.objects.filter(active=True).order_by("name")
            return [(row.code, row.name) for row in found]
        return list(Category.choices)
