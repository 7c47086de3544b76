"""Share a figure, take it back, hand the copies over. All run inside the region.

The consent's row is locked while a copy is written and while it is taken back: after a
revocation no copy can appear any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from balai import audit, context
from balai.accounts.models import User
from balai.aggregates import LEAST, registry, services as figures
from balai.aggregates.models import MonthFigure
from balai.aggregates.registry import Known
from provisioning.models import FigureConsent, SharedFigure


@dataclass(frozen=True, slots=True)
class Offer:
    """One figure as an admin decides on it: what it is now, what leaves, since when."""

    known: Known
    now: MonthFigure | None
    consent: FigureConsent | None

    @property
    def held_back(self) -> bool:
        """Whether too few people stand behind it to leave the region."""
        return self.now is not None and is_held_back(self.known, self.now)


def is_held_back(known: Known, row: MonthFigure) -> bool:
    """Tell whether a figure stays in the region: k-anonymity with k = 5."""
    return known.figure.about_people and row.basis < LEAST


def offers() -> list[Offer]:
    """Return every figure of the region's active modules, by module."""
    region = context.current_region()
    latest = figures.latest()
    with context.platform():
        consents = {row.key: row for row in FigureConsent.objects.filter(region_id=region.id)}
    return [
        Offer(known, latest.get(key), consents.get(key))
        for key, known in registry.known().items()
        if known.module.slug in region.active_modules or key in consents
    ]


@transaction.atomic
def share(*, key: str, by: User) -> None:
    """Let the province see one figure, from its newest value on.

    Raises:
        ValidationError: for a figure that nobody measures.
    """
    if key not in registry.known():
        raise ValidationError(_("There is no such figure."))
    region = context.current_region()
    with context.platform():
        _row, new = FigureConsent.objects.get_or_create(
            region_id=region.id, key=key, defaults={"by": by.label}
        )
    hand_over(row for row in figures.latest().values() if row.key == key)
    if new:
        audit.record(action="figure.shared", target=key)


@transaction.atomic
def take_back(*, key: str) -> None:
    """Share a figure no longer: the platform's copy is deleted in the same transaction."""
    region = context.current_region()
    with context.platform():
        gone, _rows = FigureConsent.objects.filter(region_id=region.id, key=key).delete()
        SharedFigure.objects.filter(region_id=region.id, key=key).delete()
    if gone:
        audit.record(action="figure.taken_back", target=key)


@transaction.atomic
def hand_over(rows: Iterable[MonthFigure]) -> int:
    """Copy the figures the region consented to, and no other; return how many."""
    region, known = context.current_region(), registry.known()
    fresh = {row.key: row for row in rows if row.key in known}
    with context.platform():
        consents = FigureConsent.objects.select_for_update().filter(
            region_id=region.id, key__in=fresh
        )
        agreed = sorted(consent.key for consent in consents)
        for key in agreed:
            row = fresh[key]
            hidden = is_held_back(known[key], row)
            told = {
                "month": row.month,
                "suppressed": hidden,
                "value": None if hidden else row.value,
            }
            SharedFigure.objects.update_or_create(region_id=region.id, key=key, defaults=told)
    return len(agreed)
