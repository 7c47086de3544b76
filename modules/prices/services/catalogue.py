"""Admins change markets, traders, groups and goods; nothing is deleted, it is no longer asked."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from balai import audit
from modules.prices.models import DayPrice, Group, Market, Quote, Trader, Variety
from modules.prices.workflow import NotAllowed

Row = Market | Trader | Group | Variety
# A trader's name and telephone stay out of the audit log.
TRACED: Final[dict[type, Sequence[str]]] = {
    Market: ("name", "address", "area_id", "enumerator_id", "codes", "active"),
    Trader: ("market_id", "groups", "active"),
    Group: ("label_id", "label_en", "icon"),
    Variety: ("label_id", "label_en", "group_id", "unit", "other_unit", "per_other", "basket",
              "codes", "active"),
}  # fmt: skip
RESERVED: Final = frozenset({"new"})
FORGOTTEN: Final = "–"


def traced(row: Row) -> dict[str, Any]:
    """Return the values whose changes the audit log keeps, as JSON can hold them."""
    plain = (str, int, bool, list, dict, type(None))
    values = {name: getattr(row, name) for name in TRACED[type(row)]}
    return {name: one if isinstance(one, plain) else str(one) for name, one in values.items()}


def has_prices(variety: Variety) -> bool:
    """Tell whether anything was ever asked or published of a variety: then its unit is settled."""
    asked = Quote.objects.filter(variety=variety).exists()
    return asked or DayPrice.objects.filter(variety=variety).exists()


@transaction.atomic
def save(*, row: Row, before: dict[str, Any] | None = None) -> Row:
    """Store a new or changed row.

    Args:
        row: as the form left it.
        before: what :func:`traced` returned of it; None for a new one.

    Raises:
        NotAllowed: for another unit of a variety that has prices: they would be mixed.
    """
    if isinstance(row, Variety) and before and before["unit"] != row.unit and has_prices(row):
        raise NotAllowed(_("These goods have prices in their unit. Add other goods for another."))
    if before is None:
        _placed(row)
    row.save()
    _record(row, before)
    return row


@transaction.atomic
def ask(*, row: Market | Trader | Variety, active: bool) -> Row:
    """Ask there, them or that from now on, or do not any more."""
    manager: Any = type(row)._default_manager
    current: Any = manager.select_for_update(of=("self",)).get(pk=row.pk)
    before = traced(current)
    current.active = active
    current.save(update_fields=["active"])
    _record(current, before)
    result: Row = current
    return result


@transaction.atomic
def move(*, row: Row, step: int) -> None:
    """Move a row up (-1) or down (1) among its own; at the end nothing happens."""
    manager: Any = type(row)._default_manager
    rows = list(_siblings(row).select_for_update(of=("self",)))
    at = next(place for place, other in enumerate(rows) if other.pk == row.pk)
    to = at + step
    if not 0 <= to < len(rows):
        return
    rows.insert(to, rows.pop(at))
    for place, other in enumerate(rows):
        other.position = place
    manager.bulk_update(rows, ["position"])
    audit.record(
        action=f"prices.{type(row)._meta.model_name}_moved", target=_target(row),
        before={"place": at}, after={"place": to},
    )  # fmt: skip


@transaction.atomic
def forget(*, trader: Trader) -> Trader:
    """Take a trader's name, stall and telephone away for good; their prices stay."""
    current = Trader.objects.select_for_update(of=("self",)).get(pk=trader.pk)
    current.name, current.stall, current.phone, current.active = FORGOTTEN, "", "", False
    current.save(update_fields=["name", "stall", "phone", "active"])
    audit.record(action="prices.trader_forgotten", target=str(current.uuid))
    return current


def _siblings(row: Row) -> Any:
    """Return the rows among which one has its place."""
    rows: Any = type(row)._default_manager.all()
    if isinstance(row, Trader):
        return rows.filter(market=row.market_id)
    return rows.filter(group=row.group_id) if isinstance(row, Variety) else rows


def _placed(row: Row) -> None:
    """Give a new row its slug, for good, and the last place."""
    row.position = _siblings(row).count()
    if isinstance(row, Trader):
        return
    manager: Any = type(row)._default_manager
    taken = {*manager.values_list("slug", flat=True), *RESERVED}
    name = row.name.removeprefix("Pasar ") if isinstance(row, Market) else row.label_id
    base = slugify(name)[:50] or "lain"
    free = (slug for slug in (base, *(f"{base}-{n}" for n in range(2, 999))) if slug not in taken)
    row.slug = next(free)


def _record(row: Row, before: dict[str, Any] | None) -> None:
    verb = "added" if before is None else "changed"
    audit.record(
        action=f"prices.{type(row)._meta.model_name}_{verb}", target=_target(row),
        before=before, after=traced(row),
    )  # fmt: skip


def _target(row: Row) -> str:
    return str(row.uuid) if isinstance(row, Trader) else row.slug
