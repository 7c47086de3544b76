"""What a province sees of its regions: figures they share, and who shares none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from balai.aggregates import registry
from balai.aggregates.registry import Known
from balai.directory import reference
from provisioning.models import FigureConsent, SharedFigure
from tenants.models import Region
from tenants.states import SERVED

NOT_OPEN = gettext_lazy("not on the platform")
NOT_SHARED = gettext_lazy("not shared")
TOO_FEW = gettext_lazy("fewer than 5")
NOT_YET = gettext_lazy("not yet measured")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one region: a value, or in words why there is none."""

    label: Any
    value: Any = None
    words: Any = ""
    month: Any = None


@dataclass(frozen=True, slots=True)
class Row:
    """One kota or kabupaten of the province."""

    code: str
    name: str
    shares: bool
    words: Any
    cells: Sequence[Cell]


def columns() -> list[Known]:
    """Return the figures that could be shared."""
    return list(registry.known().values())


def rows(province: str) -> list[Row]:
    """Return a row for each kota and kabupaten of a province, three statements in all.

    Only copies under a consent that stands are shown; regions are never entered for this.
    """
    regions = Region.objects.filter(code__startswith=f"{province}.", state__in=SERVED)
    open_by_code = {region.code: region for region in regions}
    ids = [region.pk for region in open_by_code.values()]
    consents = set(FigureConsent.objects.filter(region__in=ids).values_list("region_id", "key"))
    copies = {
        (copy.region_id, copy.key): copy for copy in SharedFigure.objects.filter(region__in=ids)
    }
    found = []
    for place in reference.regencies(province):
        region = open_by_code.get(place.code)
        keys = {key for owner, key in consents if region and owner == region.pk}
        cells = [
            _cell(known, copies.get((region.pk, known.key)), shared=known.key in keys)
            if region else Cell(known.figure.label, words="–")
            for known in columns()
        ]  # fmt: skip
        words = "" if keys else NOT_SHARED if region else NOT_OPEN
        found.append(Row(place.code, place.full_name, bool(keys), words, cells))
    return found


def table(province: str) -> list[list[Any]]:
    """Return the view as lines for a CSV file."""
    known = columns()
    head = [_("Code"), _("Region"), _("Month")]
    head += [f"{one.figure.label} ({one.figure.unit})" for one in known]
    lines: list[list[Any]] = [head]
    for row in rows(province):
        months = [cell.month for cell in row.cells if cell.month]
        month = f"{max(months):%Y-%m}" if months else ""
        values = [
            str(row.words) if row.words else cell.value if cell.value is not None
            else str(cell.words) for cell in row.cells
        ]  # fmt: skip
        lines.append([row.code, row.name, month, *values])
    return lines


def _cell(known: Known, copy: SharedFigure | None, *, shared: bool) -> Cell:
    label = known.figure.label
    if not shared:
        return Cell(label, words=NOT_SHARED)
    if copy is None:
        return Cell(label, words=NOT_YET)
    if copy.suppressed:
        return Cell(label, words=TOO_FEW, month=copy.month)
    return Cell(label, value=copy.value, month=copy.month)
