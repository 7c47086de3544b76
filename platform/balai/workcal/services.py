"""Changes to the calendar. Each gives it a new version, so every process reads it anew."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from balai import audit, context
from balai.workcal import data, loader
from balai.workcal.models import Holiday, WorkingHours
from balai.workcal.week import OFFICE_WEEK, Calendar, Week, dump_week

NATIONAL = (Holiday.Kind.NATIONAL, Holiday.Kind.JOINT_LEAVE)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What loading the national list did, in days; ``kept`` are local ones on the same date."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@transaction.atomic
def load_national_holidays(*, years: Iterable[int] | None = None) -> ImportResult:
    """Bring the national holidays of ``years`` (all known ones) to the shipped list.

    A date that was moved is moved here too. Local holidays are never touched. Run twice, the
    second run changes nothing.

    Raises:
        data.UnknownYearError: for a year the list does not cover.
    """
    chosen = data.years() if years is None else tuple(years)
    wanted = {day.date: day for year in chosen for day in data.days(year)}
    present = {h.date: h for h in Holiday.objects.filter(date__year__in=chosen)}
    stale = [h.pk for h in present.values() if h.kind in NATIONAL and h.date not in wanted]
    added, changed, kept = [], [], 0
    for day in wanted.values():
        fresh = _holiday(day)
        known = present.get(day.date)
        if known is None:
            added.append(fresh)
        elif known.kind not in NATIONAL:
            kept += 1
        elif _differ(known, fresh):
            fresh.pk = known.pk
            changed.append(fresh)
    Holiday.objects.filter(pk__in=stale).delete()
    Holiday.objects.bulk_create(added)
    Holiday.objects.bulk_update(changed, FIELDS)
    result = ImportResult(len(added), len(changed), len(stale), kept)
    _renew()
    if result:
        audit.record(
            action="calendar.imported",
            target=", ".join(map(str, chosen)),
            after={"version": data.version(), **asdict(result)},
        )
    return result


@transaction.atomic
def add_holiday(*, day: date, name: str) -> Holiday:
    """Add a local holiday.

    Raises:
        ValidationError: when the day is taken, with the name that has it.
    """
    taken = Holiday.objects.filter(date=day).first()
    if taken is not None:
        raise ValidationError(
            {"date": _("This day is already off: %(name)s.") % {"name": taken.name}}
        )
    holiday = Holiday.objects.create(date=day, name=name, kind=Holiday.Kind.LOCAL)
    _renew()
    audit.record(action="calendar.holiday_added", target=day.isoformat(), after={"name": name})
    return holiday


@transaction.atomic
def change_holiday(*, holiday_id: int, day: date, name: str) -> Holiday:
    """Move or rename a local holiday.

    Raises:
        Holiday.DoesNotExist: when there is no such local holiday; national ones stay as decreed.
        ValidationError: when the new day is taken.
    """
    holiday = _local(holiday_id)
    taken = Holiday.objects.filter(date=day).exclude(pk=holiday.pk).first()
    if taken is not None:
        raise ValidationError(
            {"date": _("This day is already off: %(name)s.") % {"name": taken.name}}
        )
    before = {"date": holiday.date.isoformat(), "name": holiday.name}
    after = {"date": day.isoformat(), "name": name}
    if before == after:
        return holiday
    holiday.date, holiday.name = day, name
    holiday.save(update_fields=["date", "name"])
    _renew()
    audit.record(
        action="calendar.holiday_changed", target=before["date"], before=before, after=after
    )
    return holiday


@transaction.atomic
def remove_holiday(*, holiday_id: int) -> Holiday:
    """Remove a local holiday and return it as it was, so that it can be added again.

    Raises:
        Holiday.DoesNotExist: when there is no such local holiday.
    """
    holiday = _local(holiday_id)
    Holiday.objects.filter(pk=holiday.pk).delete()
    _renew()
    audit.record(
        action="calendar.holiday_removed",
        target=holiday.date.isoformat(),
        before={"name": holiday.name},
    )
    return holiday


@transaction.atomic
def set_hours(*, week: Week) -> None:
    """Set the office hours of Monday to Sunday.

    Raises:
        ValueError: for a week that :class:`Calendar` would refuse.
    """
    calendar = Calendar(context.current_region().zone, week=week)
    before, after = _row().hours, dump_week(calendar.week)
    if before == after:
        return
    _renew(hours=after)
    audit.record(action="calendar.hours_changed", before={"hours": before}, after={"hours": after})


FIELDS = ("name", "kind", "provisional", "source")


def _holiday(day: data.NationalDay) -> Holiday:
    return Holiday(
        date=day.date,
        name=day.name,
        kind=day.kind,
        provisional=day.provisional,
        source=day.source,
    )


def _differ(known: Holiday, fresh: Holiday) -> bool:
    return any(getattr(known, name) != getattr(fresh, name) for name in FIELDS)


def _local(holiday_id: int) -> Holiday:
    return Holiday.objects.select_for_update().get(pk=holiday_id, kind=Holiday.Kind.LOCAL)


def _row() -> WorkingHours:
    row, _created = WorkingHours.objects.get_or_create(
        pk=1, defaults={"hours": dump_week(OFFICE_WEEK)}
    )
    return row


def _renew(**fields: Mapping[str, object] | list[list[str] | None]) -> None:
    _row()
    WorkingHours.objects.update(version=uuid.uuid4(), **fields)
    loader.forget()
