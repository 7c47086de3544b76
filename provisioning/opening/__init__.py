"""Opening a region: a list of stored steps, the same for wizard, command line and demo."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provisioning.opening.engine import Progress
    from tenants.models import Region


class OpeningError(Exception):
    """Raised when an opening stopped at a step; the text is for a person."""


def open_region(
    *,
    code: str,
    slug: str,
    email: str,
    preset: str,
    name: str | None = None,
    cell: str = "",
    progress: "Progress | None" = None,
) -> "Region":
    """Open a region here and now, with every step the wizard runs, and return its row.

    Args:
        code: the Kemendagri code, "36.71".
        slug: the address, "tangerang".
        email: the first admin's; taken as proved, the caller vouches for it.
        preset: "kota", "kabupaten" or "pilot".
        name: instead of the name in the reference list.
        cell: the database it is to live in; by rule when empty (``provisioning.cells.placing``).
        progress: called with each step when it begins and when it has ended.

    Raises:
        ValidationError: when the code, the address or the preset cannot be used.
        OpeningError: when a step failed; the opening is kept and can be resumed.
    """
    from provisioning.opening import services

    return services.open_now(
        code=code, slug=slug, email=email, preset=preset, name=name, cell=cell,
        progress=progress,
    )  # fmt: skip
