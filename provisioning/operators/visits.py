"""An operator's visit to a region: asked, granted by its admin, entered once, ended.

Fail closed: whatever is not a granted request of this region that has not run out is no visit.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, context
from balai.accounts import people, roles
from balai.accounts.members import selectors as members
from balai.accounts.members.services import grant_role
from balai.accounts.models import User
from balai.audit.actor import acting_as
from balai.away import passed_over
from provisioning.models import Entry, EntryState
from provisioning.models.entry import MOVES
from provisioning.operators import visit_mail
from provisioning.operators.forms import LONGEST_MINUTES
from provisioning.operators.ranks import Who
from tenants import selectors
from tenants.models import Region
from tenants.states import WORKING

HANDOVER: Final = timedelta(minutes=2)
"""How long the one-time link of a hand-over is good."""
ANSWER_WITHIN: Final = timedelta(hours=24)
"""A request that nobody answers for so long lapses."""
ADDRESS: Final = "support-{}@visit.invalid"
"""The visitor's address in the region: nothing is ever delivered there, so no code signs it in."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a request of a visitor's session knows: who, until when, what is allowed."""

    uuid: UUID
    name: str
    until: datetime
    may_change: bool


@transaction.atomic
def ask(*, who: Who, region: Region, reason: str, minutes: int) -> Entry:
    """Ask a region's admins to let an operator in; they are mailed. Runs on the platform.

    Args:
        minutes: how long from the granting on; at most 480.

    Raises:
        ValidationError: for a length out of bounds, a region nobody works in, or while an
            earlier request of the same person there is open.
    """
    if not 0 < minutes <= LONGEST_MINUTES:
        raise ValidationError(_("A visit lasts eight hours at most."))
    if region.state not in WORKING:
        raise ValidationError(_("Nobody works in this region."))
    known = Entry.objects.filter(region=region, operator=who.user)
    if known.filter(state__in=(EntryState.ASKED, EntryState.GRANTED)).exists():
        raise ValidationError(_("You have asked already, or are let in."))
    entry = Entry.objects.create(
        region=region, operator=who.user, operator_name=who.label, reason=reason, minutes=minutes
    )
    audit.record(action="visit.asked", target=region.schema_name, reason=reason)
    with _inside(region), acting_as(who.label):
        visit_mail.tell_admins(entry)
        audit.record(
            action="visit.asked", target=str(entry.uuid), after={"minutes": minutes}, reason=reason
        )
    return entry


@transaction.atomic
def grant(*, uuid: UUID, by: User, may_change: bool) -> Entry:
    """Let an operator in, from now on for the asked time. Runs in the region.

    Raises:
        Entry.DoesNotExist: for another region's request, or none.
        PermissionDenied: when ``by`` is no admin of the region.
        ValidationError: when it was answered already, or lapsed.
    """
    _require_admin(by)
    region, now = context.current_region(), timezone.now()
    with context.platform():
        entry = _locked(region.id, uuid, EntryState.GRANTED)
        entry.until = now + timedelta(minutes=entry.minutes)
        entry.decided_at, entry.decided_by, entry.may_change = now, by.label, may_change
        entry.save(update_fields=["state", "until", "decided_at", "decided_by", "may_change"])
        visit_mail.tell_operator(entry)
    after = {"operator": entry.operator_name, "until": entry.until, "may_change": may_change}
    audit.record(action="visit.granted", target=str(uuid), after=after, reason=entry.reason)
    return entry


@transaction.atomic
def refuse(*, uuid: UUID, by: User) -> Entry:
    """Do not let an operator in. Raises as :func:`grant`."""
    _require_admin(by)
    region = context.current_region()
    with context.platform():
        entry = _locked(region.id, uuid, EntryState.REFUSED)
        entry.decided_at, entry.decided_by = timezone.now(), by.label
        entry.save(update_fields=["state", "decided_at", "decided_by"])
        visit_mail.tell_operator(entry)
    after = {"operator": entry.operator_name}
    audit.record(action="visit.refused", target=str(uuid), after=after, reason=entry.reason)
    return entry


@transaction.atomic
def withdraw(*, uuid: UUID, who: Who) -> None:
    """Take one's own request back. Runs on the platform. Raises as :func:`grant`."""
    entry = _move(Entry.objects.select_for_update().get(uuid=uuid, operator=who.user),
                  EntryState.WITHDRAWN)  # fmt: skip
    entry.save(update_fields=["state"])
    audit.record(action="visit.withdrawn", target=entry.region.schema_name)
    with _inside(entry.region), acting_as(who.label):
        audit.record(action="visit.withdrawn", target=str(uuid))


@transaction.atomic
def hand_over(*, uuid: UUID, who: Who) -> str:
    """Return an address in the region that lets its bearer in once, within two minutes.

    A new one makes the one before worthless. Runs on the platform.

    Raises:
        Entry.DoesNotExist: for somebody else's visit, or one that is not granted now.
    """
    entry = Entry.objects.select_for_update().select_related("region").get(
        uuid=uuid, operator=who.user
    )  # fmt: skip
    if not entry.is_live:
        raise Entry.DoesNotExist
    token = secrets.token_urlsafe(32)
    entry.token_hash, entry.token_until = _hash(token), timezone.now() + HANDOVER
    entry.save(update_fields=["token_hash", "token_until"])
    audit.record(action="visit.handed_over", target=entry.region.schema_name)
    path = reverse("support:enter", urlconf=settings.ROOT_URLCONF, args=[token])
    return f"{selectors.freeze(entry.region).base_url}{path}"


def read(token: str) -> Entry:
    """Return the visit behind a hand-over without using it. Runs in the region.

    Raises:
        Entry.DoesNotExist: whatever is wrong with it; the reason is not told.
    """
    region, now = context.current_region(), timezone.now()
    with context.platform():
        return Entry.objects.get(
            region_id=region.id, token_hash=_hash(token), token_until__gt=now,
            state=EntryState.GRANTED, until__gt=now, operator__is_active=True,
        )  # fmt: skip


@transaction.atomic
def enter(token: str) -> tuple[User, Entry]:
    """Use a hand-over: return the region's own account for this visit, its role until the end.

    Raises:
        Entry.DoesNotExist: as :func:`read`; of two at the same moment one wins.
    """
    entry = read(token)
    with context.platform():
        used = Entry.objects.filter(pk=entry.pk, token_hash=_hash(token)).update(
            token_hash="", entered_at=timezone.now()
        )
    if not used:
        raise Entry.DoesNotExist
    with acting_as(entry.operator_name):
        user = _account(entry)
        grant_role(user=user, role=roles.VISITOR, valid_until=entry.until)
        people.sign_out_everywhere(user=user)  # of an earlier hand-over of this visit
        audit.record(action="visit.entered", target=str(entry.uuid))
    if entry.account != user.uuid:
        with context.platform():
            Entry.objects.filter(pk=entry.pk).update(account=user.uuid)
    return user, entry


def live(uuid: str) -> Visit | None:
    """Return the visit if the active region lets it go on at this moment (1 query)."""
    region = context.current_region()
    with context.platform():
        entry = Entry.objects.filter(region_id=region.id, uuid=uuid,
                                     operator__is_active=True).first()  # fmt: skip
    if entry is None or not entry.is_live or entry.until is None:
        return None
    return Visit(entry.uuid, entry.operator_name, entry.until, entry.may_change)


def end(*, uuid: UUID, by: str) -> bool:
    """End a visit now: its account in the region is shut out with all sessions. From anywhere.

    Returns whether it was still going on; ending twice does nothing.
    """
    with context.platform(), transaction.atomic():
        entry = Entry.objects.select_for_update().select_related("region").filter(
            uuid=uuid, state=EntryState.GRANTED).first()  # fmt: skip
        if entry is None:
            return False
        _move(entry, EntryState.ENDED)
        entry.ended_at, entry.ended_by, entry.token_hash = timezone.now(), by, ""
        entry.save(update_fields=["state", "ended_at", "ended_by", "token_hash"])
        audit.record(action="visit.ended", target=entry.region.schema_name)
        if entry.region.state in WORKING:
            with _inside(entry.region), acting_as(by):
                _shut(entry)
    return True


def tidy() -> int:
    """End visits whose time is over and let old requests lapse; return how many. Runs on the
    platform, each minute; a session ends by itself before that."""
    now = timezone.now()
    over = Entry.objects.filter(state=EntryState.GRANTED, until__lte=now)
    count = 0
    for uuid, slug in over.values_list("uuid", "region__slug"):
        with passed_over(slug):  # it lets nobody in meanwhile
            count += end(uuid=uuid, by="system")
    lapsed = Entry.objects.filter(state=EntryState.ASKED, asked_at__lte=now - ANSWER_WITHIN)
    return count + lapsed.update(state=EntryState.LAPSED, decided_at=now)


@contextmanager
def _inside(region: Region) -> Iterator[None]:
    """Run a block in the region, also from a transaction of the directory elsewhere.

    What it writes there commits first; done twice it is the same, but for a line in the log.
    """
    with context.crossing(), context.region_context(selectors.freeze(region)):
        yield


def _account(entry: Entry) -> User:
    address = ADDRESS.format(entry.uuid.hex)
    name = _("%(name)s (platform)") % {"name": entry.operator_name}
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(email=address, name=name[:120])
    return user


def _shut(entry: Entry) -> None:
    user = User.objects.filter(email=ADDRESS.format(entry.uuid.hex)).first()
    if user is not None:
        user.memberships.filter(role=roles.VISITOR).delete()
        people.deactivate(user=user)
    audit.record(action="visit.ended", target=str(entry.uuid))


def _require_admin(by: User) -> None:
    """Only an admin of the region itself decides: never a visitor, whatever they may change."""
    if not members.current().filter(user=by, role=roles.ADMIN).exists():
        raise PermissionDenied


def _locked(region_id: int, uuid: UUID, to: EntryState) -> Entry:
    """Return the region's request, locked and brought into ``to``; the caller saves it."""
    rows = Entry.objects.select_for_update(of=("self",)).select_related("region", "operator")
    return _move(rows.get(uuid=uuid, region_id=region_id), to)


def _move(entry: Entry, to: EntryState) -> Entry:
    if to not in MOVES[entry.state]:
        raise ValidationError(_("This request has been answered already."), code="answered")
    entry.state = to
    return entry


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
