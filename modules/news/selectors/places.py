"""The areas and agencies that an editor may choose from."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from balai.directory.models import Agency, Area
from modules.news import rights


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan with its kelurahan; each is (code, name with its kind)."""

    code: str
    name: str
    villages: list[tuple[str, str]] = field(default_factory=list)


def districts() -> list[District]:
    """Return the kecamatan by name, each with its villages by name; one query."""
    rows = list(Area.objects.defer("boundary").order_by("name"))
    found = {row.pk: District(row.code, row.label) for row in rows if row.parent_id is None}
    for row in rows:
        if row.parent_id in found:
            found[row.parent_id].villages.append((row.code, row.label))
    return list(found.values())


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kecamatan as groups of a select, each with itself and its kelurahan."""
    return [(row.name, [(row.code, row.name), *row.villages]) for row in districts()]


def name(code: str) -> str:
    """Return an area's name with its kind; "" for none."""
    rows = Area.objects.filter(code=code).defer("boundary") if code else []
    return next((row.label for row in rows), "")


def villages(code: str) -> list[tuple[str, str, str]]:
    """Return the kelurahan of the kecamatan that is, or holds, an area: (code of the kecamatan,
    code, name with its kind), by name.
    """
    rows = Area.objects.filter(Q(parent__code=code) | Q(parent__children__code=code)).distinct()
    rows = rows.select_related("parent").defer("boundary", "parent__boundary").order_by("name")
    return [(row.parent.code, row.code, row.label) for row in rows if row.parent]


def agencies(user: Any) -> list[Agency]:
    """Return the agencies in service that ``user`` may write for, by name."""
    scope = user.agencies_for(rights.WRITE)
    rows = Agency.objects.filter(active=True).order_by("name").defer("area")
    return list(rows if scope.all_agencies else rows.filter(pk__in=scope.ids))


def for_the_city(user: Any) -> bool:
    """Tell whether ``user`` may write for the city as a whole."""
    return bool(user.agencies_for(rights.WRITE).all_agencies)
