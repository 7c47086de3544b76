"""In which cell a new region is born."""

from django.core.exceptions import ValidationError
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from balai.context import MAIN_CELL
from provisioning.cells.survey import LIVING
from tenants import cells
from tenants.models import Cell


def choose(wanted: str = "") -> str:
    """Return the open cell with room that has the fewest regions; ties go by name.

    Runs on the platform. A cell whose database is known to be down is passed over.

    Args:
        wanted: this one, if it is open and has room.

    Raises:
        ValidationError: when there is none, or the wanted one cannot take a region.
    """
    rows = (
        Cell.objects.filter(is_open=True)
        .annotate(living=Count("regions", filter=LIVING))
        .filter(living__lt=F("capacity"))
        .order_by("living", "name")
    )
    names = [row.name for row in rows if not wanted or row.name == wanted]
    found: str | None = next((name for name in names if wanted or _is_up(name)), None)
    if found is None:
        raise ValidationError(_("No database has room for another region now."))
    return found


def _is_up(name: str) -> bool:
    if name == MAIN_CELL:
        return True
    try:
        cells.url(name)
        cells.check_up(name)
    except (cells.CellDownError, cells.UnknownCellError):
        return False
    return True
