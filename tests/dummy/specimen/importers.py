"""The specimen's notes from a table."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _, gettext_noop

from balai.importing import Column, Importer, Outcome, Problem, Row, importer
from balai.importing.parsing import number, text
from tests.dummy.specimen.models import Note

COLOURS = {"merah": "red", "hijau": "green"}


@importer("specimen.notes")
class Notes(Importer):
    """Notes, known by their text."""

    label = _("Notes")
    summary = _("Notes of an older system.")
    permission = "specimen.write"
    columns = (
        Column("text", _("Text"), required=True, aliases=("catatan", "isi"), unique=True,
               example="Rapat pukul 9", parse=text(most=200)),
        Column("echoes", _("Echoes"), aliases=("gema",), example="2", parse=number),
        Column("colour", _("Colour"), aliases=("warna",), example="merah", listed=True),
    )  # fmt: skip
    batch = 3

    def check(self, row: Row) -> Iterable[Problem]:
        """Refuse colours that no list knows."""
        colour = row.values.get("colour")
        if colour and colour not in COLOURS:
            unknown = gettext_noop("No colour is called “%(value)s”.")
            yield Problem("colour", unknown, {"value": colour}, unknown=True)

    def write(self, rows: Sequence[Row]) -> Outcome:
        """Store new notes."""
        known = set(Note.objects.values_list("text", flat=True))
        fresh = [row for row in rows if row.values["text"] not in known]
        Note.objects.bulk_create(
            Note(text=row.values["text"], echoes=int(row.values.get("echoes") or 0))
            for row in fresh
        )
        return Outcome(created=len(fresh), unchanged=len(rows) - len(fresh))

    def choices(self, column: str) -> Sequence[tuple[str, str]]:
        """Return the colours."""
        return [(word, word) for word in COLOURS]
