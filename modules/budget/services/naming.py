"""Headings of a batch: known ones found again, new ones made, names brought up to date."""

from collections.abc import Iterable, Mapping

from balai.directory.models import Agency
from balai.importing.parsing import plain
from modules.budget import codes, reference
from modules.budget.codes import Named
from modules.budget.models import Heading
from modules.budget.states import Kind


def headings(wanted: Iterable[tuple[Kind, Named]]) -> dict[tuple[str, str], int]:
    """Return {(kind, key): pk} for all of these, in the caller's transaction.

    Accounts bring those above them along. A name that is told replaces the one known before; an
    empty one does not. Agencies new to the budget are linked to the directory by name.
    """
    told = _told(wanted)
    known: dict[tuple[str, str], Heading] = {}
    for kind in Kind:
        keys = [key for one, key in told if one == kind]
        if keys:
            known |= {
                (kind, row.key): row for row in Heading.objects.filter(kind=kind, key__in=keys)
            }
    fresh = [_new(kind, one) for (kind, key), one in told.items() if (kind, key) not in known]
    if fresh:
        _link(fresh)
        Heading.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=2_000)
        return headings(wanted)
    renamed = [
        _renamed(row, told[place]) for place, row in known.items() if _other(row, told[place])
    ]
    Heading.objects.bulk_update(renamed, ["name"], batch_size=1_000)
    return {place: row.pk for place, row in known.items()}


def _told(wanted: Iterable[tuple[Kind, Named]]) -> dict[tuple[str, str], Named]:
    """Return what is told of each heading: the last name that is not empty counts."""
    told: dict[tuple[str, str], Named] = {}
    for kind, one in wanted:
        if kind == Kind.ACCOUNT:
            for code in codes.above(one.code):
                name = reference.accounts().get(code, "")
                told.setdefault((kind, code), Named(code, code, name))
        place = (str(kind), one.key)
        if one.name or place not in told:
            told[place] = one
    return told


def _new(kind: str, one: Named) -> Heading:
    return Heading(kind=kind, key=one.key, code=one.code, name=one.name)


def _other(row: Heading, one: Named) -> bool:
    """Tell whether a row is told another name; a region's own stands before the reference's."""
    if not one.name or row.name == one.name:
        return False
    return not (row.name and one.name == reference.accounts().get(one.code))


def _renamed(row: Heading, one: Named) -> Heading:
    row.name = one.name
    return row


def _link(fresh: list[Heading]) -> None:
    """Link new agencies whose name or code is that of one in the directory (1 query, or none)."""
    agencies = [row for row in fresh if row.kind == Kind.AGENCY]
    if not agencies:
        return
    known: Mapping[str, int] = {
        plain(word): pk
        for pk, *words in Agency.objects.values_list("pk", "name", "short_name", "code")
        for word in words
    }
    for row in agencies:
        row.agency_id = known.get(plain(row.name)) or known.get(plain(row.code))
