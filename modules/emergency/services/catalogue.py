"""Admins change categories, outcomes and units; nothing is deleted, it is no longer offered."""

from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import publish
from modules.emergency import topics
from modules.emergency.models import Category, Outcome, Unit
from modules.emergency.states import UnitState
from modules.emergency.workflow import NotAllowed

TRACED: Final = {
    Category: (
        "label_id", "urgency", "target_minutes", "units", "script", "sealed", "active", "agency_id",
    ),
    Outcome: ("label_id", "real", "active"),
    Unit: ("callsign", "kind", "agency_id", "active"),
}  # fmt: skip
LIVE: Final = frozenset({"state", "reason", "latitude", "longitude", "position_at"})
"""What changes about a unit while it works."""
# Words that stand in the console's addresses where a category's slug would.
RESERVED: Final = frozenset({"new", "outcomes", "units"})

Row = Category | Outcome | Unit


def traced(row: Row) -> dict[str, Any]:
    """Return the values whose changes the audit log keeps."""
    return {name: getattr(row, name) for name in TRACED[type(row)]}


@transaction.atomic
def save(*, row: Row, before: dict[str, Any] | None = None) -> Row:
    """Store a new or changed row.

    Args:
        row: as the form left it.
        before: what :func:`traced` returned of it; None for a new one.

    Raises:
        NotAllowed: when the last one would not be offered any more, or a unit is at work.
    """
    _named(row)
    model = type(row)
    if before is None:
        row.save()
    else:
        current = model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
        if current.active and not row.active:
            _may_leave(current)
        # A crew's phone and the dispatchers write beside the console: theirs is not put back.
        names = {field.name for field in model._meta.concrete_fields} - LIVE - {"id"}
        row.save(update_fields=names)
    _record(row, before)
    return row


@transaction.atomic
def offer(*, row: Row, active: bool) -> Row:
    """Offer a row, or do not any more. Raises NotAllowed as :func:`save` does."""
    model = type(row)
    current = model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    before = traced(current)
    if current.active and not active:
        _may_leave(current)
    current.active = active
    current.save(update_fields=["active"])
    _record(current, before)
    return current


@transaction.atomic
def move(*, row: Category | Outcome, step: int) -> None:
    """Move a row up (-1) or down (1) by one place; at the end nothing happens."""
    manager: Any = type(row)._default_manager
    rows = list(manager.select_for_update())
    at = next(place for place, other in enumerate(rows) if other.pk == row.pk)
    to = at + step
    if not 0 <= to < len(rows):
        return
    rows.insert(to, rows.pop(at))
    for place, other in enumerate(rows):
        other.position = place
    manager.bulk_update(rows, ["position"])
    audit.record(
        action=f"emergency.{type(row)._meta.model_name}_moved", target=_target(row),
        before={"place": at}, after={"place": to},
    )  # fmt: skip


def _may_leave(row: Row) -> None:
    """Refuse what would leave the centre without a choice, or a unit in the middle of its work."""
    if isinstance(row, Unit):
        if row.state not in (UnitState.AVAILABLE, UnitState.OUT_OF_SERVICE):
            raise NotAllowed(_("%(unit)s is with an incident.") % {"unit": row.callsign})
        return
    if not type(row)._default_manager.filter(active=True).exclude(pk=row.pk).exists():
        raise NotAllowed(_("At least one must stay on offer."))


def _record(row: Row, before: dict[str, Any] | None) -> None:
    verb = "added" if before is None else "changed"
    if isinstance(row, Unit):
        publish(topics.UNIT, unit=row.pk)
    audit.record(
        action=f"emergency.{type(row)._meta.model_name}_{verb}", target=_target(row),
        before=before, after=traced(row),
    )  # fmt: skip


def _target(row: Row) -> str:
    if isinstance(row, Unit):
        return row.callsign
    return row.slug if isinstance(row, Category) else row.code


def _named(row: Row) -> None:
    """Give a new category or outcome its slug, for good, and the last place."""
    if isinstance(row, Unit) or row.pk:
        return
    name = "slug" if isinstance(row, Category) else "code"
    rows = type(row)._default_manager
    taken = {*rows.values_list(name, flat=True), *RESERVED}
    base = slugify(row.label_id)[:36] or "lain"
    free = (slug for slug in (base, *(f"{base}-{n}" for n in range(2, 999))) if slug not in taken)
    setattr(row, name, next(free))
    row.position = rows.count()
