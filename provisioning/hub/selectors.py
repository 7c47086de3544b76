"""Which regions a person of a partner may open."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from balai.accounts import roles
from balai.accounts.models import User
from balai.context import Region as Frozen
from provisioning.models import PartnerAccess
from provisioning.operators.ranks import who_is
from tenants.selectors import all_regions

ROLE_UNKNOWN: Final = "-"


@dataclass(frozen=True, slots=True)
class Door:
    """A region that somebody may open, as their page shows it."""

    region: str
    institution: str
    role: str
    until: date | None
    url: str
    used_at: datetime | None


def doors(user: User) -> list[Door]:
    """Return the regions a person may open, by name; four queries whatever their number.

    None for an operator: nobody is both.
    """
    rows = _of(user)
    served = {region.id: region for region in all_regions()} if rows else {}
    found = [
        Door(
            served[row.region_id].name, row.institution, _label(row.role), row.until,
            f"{served[row.region_id].base_url}{row.path}", row.used_at,
        )
        for row in rows if row.region_id in served and _answers(served[row.region_id], row.path)
    ]  # fmt: skip
    return sorted(found, key=lambda door: (door.region, door.institution))


def access_to(user: User, schema: str) -> PartnerAccess | None:
    """Return what lets somebody into the region of this schema today; the longest of several."""
    rows = [row for row in _of(user) if row.region.schema_name == schema]
    return max(rows, key=lambda row: row.until or date.min, default=None)


def _of(user: User) -> list[PartnerAccess]:
    if who_is(user) or not user.is_active or not user.email:
        return []
    rows = PartnerAccess.objects.current().filter(email=user.email)
    return list(rows.select_related("region"))


def _answers(region: Frozen, path: str) -> bool:
    """Tell whether the module behind the path is on in the region."""
    return path.split("/")[1] in region.active_modules


def _label(role: str) -> str:
    known = roles.find(role)
    return str(known.label) if known else ROLE_UNKNOWN
