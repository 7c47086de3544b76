"""Ceilings come and go by date: what was in force is never written over."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from balai import audit
from modules.prices import units
from modules.prices.models import Ceiling
from modules.prices.workflow import NotAllowed


def changeable(ceiling: Ceiling, today: date) -> bool:
    """Tell whether a ceiling may still be changed or taken back: it has not begun before today."""
    return ceiling.starts >= today


@transaction.atomic
def save(*, ceiling: Ceiling, today: date) -> Ceiling:
    """Store a ceiling; the one that it follows ends the day before.

    Raises:
        NotAllowed: when there is one from that day already, one in force would be written over,
            or its unit cannot be converted into the goods' own.
    """
    _check(ceiling, today)
    before = None
    if ceiling.pk:
        old = Ceiling.objects.select_for_update().get(pk=ceiling.pk)
        before = _told(old)
        _run_on(old)
    followed = _others(ceiling).filter(starts__lt=ceiling.starts).order_by("-starts").first()
    last = ceiling.starts - timedelta(days=1)
    if followed is not None and (followed.ends is None or followed.ends > last):
        followed.ends = last
        followed.save(update_fields=["ends"])
    ceiling.save()
    _record("changed" if before else "added", ceiling, before)
    return ceiling


@transaction.atomic
def end(*, ceiling: Ceiling, last_day: date, today: date) -> Ceiling:
    """Let a ceiling in force end; days before today stay as they were.

    Raises:
        NotAllowed: for a last day before yesterday or before it began.
    """
    current = Ceiling.objects.select_for_update().get(pk=ceiling.pk)
    if last_day < max(today - timedelta(days=1), current.starts):
        raise NotAllowed(_("A ceiling can end yesterday at the earliest: what was in force stays."))
    before = _told(current)
    current.ends = last_day
    current.save(update_fields=["ends"])
    _record("ended", current, before)
    return current


@transaction.atomic
def take_back(*, ceiling: Ceiling, today: date) -> None:
    """Delete a ceiling that has not begun; the one before it runs on.

    Raises:
        NotAllowed: when it has begun.
    """
    current = Ceiling.objects.select_for_update().get(pk=ceiling.pk)
    if not changeable(current, today):
        raise NotAllowed(_("It has been in force. Let it end instead."))
    _run_on(current)
    _record("taken_back", current, _told(current))
    current.delete()


def _run_on(ceiling: Ceiling) -> None:
    """Let the ceiling that ended for this one run on, as before this one was there."""
    last = ceiling.starts - timedelta(days=1)
    _others(ceiling).filter(ends=last).update(ends=None)


def _check(ceiling: Ceiling, today: date) -> None:
    if ceiling.pk and not changeable(Ceiling.objects.get(pk=ceiling.pk), today):
        raise NotAllowed(_("It has been in force. Let it end and add the new one."))
    if _others(ceiling).filter(starts=ceiling.starts).exists():
        raise NotAllowed(_("There is a ceiling for these goods from that day already."))
    later = _others(ceiling).filter(starts__gt=ceiling.starts).order_by("starts").first()
    if later is not None and (ceiling.ends is None or ceiling.ends >= later.starts):
        ceiling.ends = later.starts - timedelta(days=1)
    if units.in_own(ceiling.high, ceiling.unit, ceiling.variety) is None:
        raise NotAllowed(_("This unit cannot be converted into the goods' own."))


def _others(ceiling: Ceiling) -> Any:
    same = Q(variety=ceiling.variety_id, zone=ceiling.zone)
    return Ceiling.objects.filter(same).exclude(pk=ceiling.pk)


def _told(ceiling: Ceiling) -> dict[str, Any]:
    return {
        "kind": ceiling.kind, "zone": ceiling.zone, "unit": ceiling.unit, "low": ceiling.low,
        "high": ceiling.high, "starts": ceiling.starts.isoformat(), "decree": ceiling.decree,
        "ends": ceiling.ends.isoformat() if ceiling.ends else None,
    }  # fmt: skip


def _record(verb: str, ceiling: Ceiling, before: dict[str, Any] | None) -> None:
    target = f"{ceiling.variety.slug}/{ceiling.zone}/{ceiling.starts.isoformat()}"
    after = None if verb == "taken_back" else _told(ceiling)
    audit.record(action=f"prices.ceiling_{verb}", target=target, before=before, after=after)
