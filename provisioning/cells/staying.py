"""Long work on one region keeps it where it is: no move meanwhile, and none of it while it moves.

One lock in the main database, by region: a move holds it alone, exports, backups and restores
share it. The server lets go when the process ends in any way.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from balai import context
from balai.away import AwayError
from provisioning.cells.moving import desk
from tenants import cells, selectors
from tenants.models import Region


class MovesError(AwayError):
    """Raised for work on a region that is on its way to another cell; it can be done afterwards."""

    retry_after = 60
    text = cells.UNREACHED


@contextmanager
def stays(region_id: int) -> Iterator[context.Region]:
    """Yield the region as it is now, in the cell where it stays until the block ends.

    Raises:
        MovesError: while it moves.
    """
    with desk.sharing(region_id) as free:
        with context.platform():
            here = selectors.freeze(Region.objects.get(pk=region_id))
        if not free or here.moving:
            raise MovesError(f"{here.slug} is moving to another cell: try again in a minute")
        yield here
