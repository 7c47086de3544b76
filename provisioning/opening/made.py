"""The region that an opening's first step made."""

from balai import context
from provisioning.models import Opening
from tenants import directory
from tenants.models import Region


class GoneError(LookupError):
    """Raised when the region is not (or no longer) there."""


def row_of(opening: Opening) -> Region:
    """Return its row. Raises GoneError before the first step, and after a removal."""
    if opening.region is None:
        raise GoneError("the opening has no region")
    return opening.region


def region_of(opening: Opening) -> context.Region:
    """Return it as modules see it, read now. Raises GoneError like :func:`row_of`."""
    return by_schema(row_of(opening).schema_name)


def by_schema(schema: str) -> context.Region:
    """Return the region in ``schema``. Raises GoneError when there is none."""
    region = directory.by_schema(schema)
    if region is None:
        raise GoneError(f"no region lives in {schema}")
    return region
