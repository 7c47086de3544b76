"""Ending a region: two different persons, 30 days, and any admin may take it back."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, gettext_noop

from balai import audit, context
from balai.accounts.members.selectors import lasting_admins
from balai.accounts.models import User
from provisioning.lifecycle import dues, notices
from provisioning.lifecycle.moves import history, move
from provisioning.models import Ending, EndingCause
from tenants import selectors
from tenants.models import Region
from tenants.states import SERVED, State

DAYS: Final = 30
ASK_DAYS: Final = 14  # a second person has this long to confirm
CLOCK: Final = gettext_noop("closing clock")
ENDED: Final = gettext_noop("The days until the end are over; the export was offered.")


def current(region_id: int) -> Ending | None:
    """Return the region's open ending, asked for or running; None when there is none."""
    with context.platform():
        return _open().filter(region_id=region_id).first()


@transaction.atomic
def ask(*, by: User, reason: str, now: datetime | None = None) -> Ending:
    """Ask that the active region ends. Nothing happens before another person confirms.

    Raises:
        PermissionDenied: for anybody but an admin of the region itself, operators included.
        ValidationError: when it has been asked already, or the region is ending.
    """
    region = context.current_region()
    _check_admin(by)
    if region.state not in SERVED:
        raise ValidationError(_("The site is not in use."), code="state")
    with context.platform():
        row = Region.objects.select_for_update().get(pk=region.id)
        if _open().filter(region=row).exists():
            raise ValidationError(_("Somebody has asked for it already."), code="asked")
        ending = Ending.objects.create(
            region=row, cause=EndingCause.ASKED, reason=reason[:1000],
            asked_at=now or timezone.now(), asked_by=by.label[:120], asked_uuid=by.uuid,
        )  # fmt: skip
        notices.plan(row, f"ending-asked:{ending.pk}", "ending_asked", who=ending.asked_by)
    audit.record(action="region.ending_asked", target=str(ending.pk), reason=reason)
    return ending


@transaction.atomic
def confirm(*, by: User, now: datetime | None = None) -> Ending:
    """Confirm as a second admin of the active region; the 30 days begin.

    Raises:
        PermissionDenied: for anybody but an admin of the region.
        ValidationError: for the person who asked, or when nothing waits to be confirmed.
    """
    _check_admin(by)
    region = context.current_region()
    with context.platform():
        ending = _begin(region.id, by=by, now=now or timezone.now())
    audit.record(action="region.ending_confirmed", target=str(ending.pk))
    return ending


@transaction.atomic
def confirm_as_operator(region: Region, *, by: User, now: datetime | None = None) -> Ending:
    """Confirm from the platform what an admin of the region asked for. Runs on the platform.

    Raises:
        PermissionDenied: for anybody but an operator.
        ValidationError: for the person who asked, or when nothing waits to be confirmed.
    """
    if not (by.is_active and by.is_superuser):
        raise PermissionDenied
    with context.platform():
        ending = _begin(region.pk, by=by, now=now or timezone.now())
        region.refresh_from_db()
        audit.record(action="region.ending_confirmed", target=region.schema_name)
    return ending


@transaction.atomic
def take_back(*, by: User, now: datetime | None = None) -> Region:
    """Stop an ending, at any time before the end, as any admin of the active region.

    The region goes on where it was: a sandbox as a sandbox, one that owed money with its debt.

    Raises:
        PermissionDenied: for anybody but an admin of the region.
        ValidationError: when nothing ends, or a sandbox ran out (it goes live or is prolonged).
    """
    _check_admin(by)
    region = context.current_region()
    with context.platform():
        row: Region = Region.objects.select_for_update().get(pk=region.id)
        ending = _open().filter(region=row).first()
        if ending is None:
            raise ValidationError(_("There is nothing to take back."), code="nothing")
        if ending.cause == EndingCause.SANDBOX:
            raise ValidationError(
                _("A sandbox that ran out goes on by going live."), code="sandbox"
            )
        stop(ending, row, by=by.label, why=gettext_noop("The ending was taken back."), now=now)
    audit.record(action="region.ending_taken_back", target=str(ending.pk))
    return row


def stop(
    ending: Ending, row: Region, *, by: str, why: str, to: State | None = None,
    now: datetime | None = None,
) -> None:  # fmt: skip
    """End the ending and bring the region back to life. Runs on the platform, row locked.

    Args:
        to: the state to go on in; None for the one before, as far as the table knows the way.
    """
    moment = now or timezone.now()
    ending.taken_back_at, ending.taken_back_by = moment, by[:120]
    ending.save(update_fields=["taken_back_at", "taken_back_by"])
    if row.state == State.CLOSING:
        was = next(step.before for step in history(row.pk) if step.after == State.CLOSING)
        back = State.SANDBOX if was == State.SANDBOX else State.ACTIVE
        move(row, to or back, by=by, why=why)
        dues.review(row, overdue_since=dues.overdue_since(row.pk), now=moment)
        notices.plan(row, f"ending-back:{ending.pk}", "ending_back", who=by)


def offer_export(region_id: int, *, now: datetime | None = None) -> None:
    """Write down that the admins can download everything; before that no clock closes a region."""
    with context.platform(), transaction.atomic():
        _open().filter(region_id=region_id, export_offered_at=None).update(
            export_offered_at=now or timezone.now()
        )


def due(now: datetime | None = None) -> list[Ending]:
    """Return the endings whose time is over and whose export was offered. On the platform."""
    ended = _open().filter(ends_at__lte=now or timezone.now())
    return list(ended.exclude(export_offered_at=None).select_related("region"))


@transaction.atomic
def close(ending: Ending, *, now: datetime | None = None) -> Region:
    """Close a region whose ending is due. Its data and names are others' affair. On the platform.

    Raises:
        ValidationError: when the ending is not due any more: taken back in the meantime, say.
    """
    moment = now or timezone.now()
    row = Region.objects.select_for_update().get(pk=ending.region_id)
    if not any(item.pk == ending.pk for item in due(moment)):
        raise ValidationError(_("This ending is not due."), code="not_due")
    Ending.objects.filter(pk=ending.pk).update(closed_at=moment)
    notices.plan(row, f"closed:{ending.pk}", "closed")
    return move(row, State.CLOSED, by=CLOCK, why=ENDED)


def lapse(now: datetime) -> int:
    """Forget what nobody confirmed within 14 days; return how many. Runs on the platform."""
    old = _open().filter(confirmed_at=None, cause=EndingCause.ASKED)
    return old.filter(asked_at__lt=now - timedelta(days=ASK_DAYS)).update(
        taken_back_at=now, taken_back_by=CLOCK
    )


def begin(ending: Ending, row: Region, *, days: int, by: str, why: str, now: datetime) -> None:
    """Set the end and close the doors. Runs on the platform, row locked."""
    ending.ends_at = now + timedelta(days=days)
    ending.save()
    move(row, State.CLOSING, by=by, why=why)


def _begin(region_id: int, *, by: User, now: datetime) -> Ending:
    row = Region.objects.select_for_update().get(pk=region_id)
    waiting = _open().filter(region=row, confirmed_at=None, cause=EndingCause.ASKED)
    ending = waiting.select_for_update().first()
    if ending is None or ending.asked_at < now - timedelta(days=ASK_DAYS):
        raise ValidationError(_("Nothing waits to be confirmed."), code="nothing")
    if _is_same_person(ending, row, by):
        raise ValidationError(_("Another person has to confirm it."), code="same_person")
    ending.confirmed_at, ending.confirmed_by = now, by.label[:120]
    begin(ending, row, days=DAYS, by=by.label, now=now,
          why=gettext_noop("Asked for by an admin and confirmed by a second person."))  # fmt: skip
    notices.plan(row, f"ending:{ending.pk}", "ending", until=ending.ends_at)
    return ending


def _is_same_person(ending: Ending, row: Region, by: User) -> bool:
    """Tell whether ``by`` asked for it, also when an operator is an admin of the region, too."""
    if ending.asked_uuid is None or ending.asked_uuid == by.uuid:
        return True
    with context.crossing(), context.region_context(selectors.freeze(row)):
        asker = User.objects.filter(uuid=ending.asked_uuid).first()
    return bool(asker and asker.email and asker.email.lower() == (by.email or "").lower())


def _check_admin(by: User) -> None:
    if not (by.is_active and lasting_admins().filter(user_id=by.pk, user__uuid=by.uuid).exists()):
        raise PermissionDenied


def _open() -> QuerySet[Ending]:
    return Ending.objects.filter(taken_back_at=None, closed_at=None)
