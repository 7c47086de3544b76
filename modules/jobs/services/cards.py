"""Somebody asks for an AK/I card; the office checks and issues it; its holder reports."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, secrets
from balai.accounts.models import User as Account
from balai.workcal import clocks
from modules.jobs import card_dates, identity, nik, rights, workflow
from modules.jobs.models import Card
from modules.jobs.services import moving, numbering, papers
from modules.jobs.states import CardState
from modules.jobs.workflow import CARDS, NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User

SERIES: Final = "AK1"
FEWEST_WORDS: Final = 10
"""Letters of the reason why a NIK is shown."""


@transaction.atomic
def apply(
    *, user: "User", told: Mapping[str, Any], now: datetime | None = None, sample: bool = False
) -> Card:
    """Ask for a card with what the form told and the photos in the account's tray.

    Args:
        told: ``name``, ``nik`` (its digits), ``district``, ``education`` and ``identity``.

    Raises:
        NotAllowed: for an account or a NIK that has a live card.
    """
    now = now or timezone.now()
    Account.objects.select_for_update().get(pk=user.pk)  # two forms at once wait for each other
    row = Card(user=user, created_at=now, sample=sample, **_person(told))
    reason = workflow.only_one(row, now)
    if reason:
        raise NotAllowed(reason)
    moving.write(row, "apply", text="", who=Who.SEEKER, now=now)
    moving.begin(row, "card_days", now)
    with _one_card_a_person():
        row.save(force_insert=True)
    _take_papers(row, user)
    moving.told(row, "apply")
    return row


@transaction.atomic
def send_again(
    name: str, *, card: Card, told: Mapping[str, Any], by: "User", now: datetime | None = None
) -> Card:
    """Hand a card in anew: "resubmit" after it was sent back, "renew" when it ends.

    Raises:
        NotAllowed: when that is not possible from here, or the NIK has another live card.
    """
    changes = _person(told) | ({"next_report_on": None} if name == "renew" else {})
    with _one_card_a_person():
        current = moving.move(name, card, by=by, changes=changes, now=now)
    _take_papers(current, by)
    return current


@transaction.atomic
def issue(*, card: Card, by: "User", now: datetime | None = None) -> Card:
    """Issue a checked card for two years; a renewed one keeps its number."""
    now = now or timezone.now()
    current, today = moving.locked(card), timezone.localdate(now)
    changes = {
        "number": current.number or numbering.next_number(SERIES, now),
        "issued_by": by, "issued_on": today, "expires_on": card_dates.last_day(today),
        "reports": [], "next_report_on": card_dates.next_due(today, today), "reminded": 0,
    }  # fmt: skip
    return moving.move("issue", current, by=by, changes=changes, now=now)


@transaction.atomic
def report(*, card: Card, by: "User", now: datetime | None = None) -> Card:
    """Write down that the holder still looks for work; the next report is half a year on."""
    now = now or timezone.now()
    current, today = moving.locked(card), timezone.localdate(now)
    after = max(today, current.next_report_on or today)
    changes = {
        "reports": [*current.reports, today.isoformat()], **_next(current, after), "reminded": 0,
    }  # fmt: skip
    return moving.move("report", current, by=by, changes=changes, now=now)


def employ(*, card: Card, by: "User", text: str = "", now: datetime | None = None) -> Card:
    """Write down that the holder has found work: reports end."""
    return moving.move(
        "employ", card, by=by, text=text, changes={"next_report_on": None, "reminded": 0}, now=now
    )


@transaction.atomic
def resume(*, card: Card, by: "User", now: datetime | None = None) -> Card:
    """Go on with a card whose holder looks for work again."""
    current = moving.locked(card)
    changes = _next(current, timezone.localdate(now)) | {"reminded": 0}
    with _one_card_a_person():
        return moving.move("resume", current, by=by, changes=changes, now=now)


@transaction.atomic
def discard(*, card: Card, by: "User") -> None:
    """Take an application back that has never been a card: everything of it is erased.

    Raises:
        NotAllowed: for one that is checked already, or was a card before.
        PermissionDenied: for whoever is not its holder.
    """
    current = moving.locked(card)
    if not rights.is_own(by, current):
        raise PermissionDenied
    if current.number or current.state not in (CardState.APPLIED, CardState.RETURNED):
        raise NotAllowed(_("Only an application that is not checked yet can be taken back."))
    erase(current)


@transaction.atomic
def erase(card: Card) -> None:
    """Delete a card with its photos and its clock."""
    papers.drop(card)
    clocks.stop(kind=moving.clock_of(card), subject=card.uuid, now=timezone.now())
    card.delete()
    audit.record(action="jobs.card_erased", target=str(card.uuid), before={"state": card.state})


@transaction.atomic
def reveal(*, card: Card, by: "User", reason: str) -> str:
    """Return the whole NIK to an officer; who saw it and why stays in the audit log.

    Raises:
        NotAllowed: without a reason, or once the NIK has been erased.
        PermissionDenied: for whoever may not check cards.
    """
    if not by.has_perm(CARDS):
        raise PermissionDenied
    if len(reason.strip()) < FEWEST_WORDS:
        raise NotAllowed(_("Write why you need it, in a few words."))
    if not card.nik:
        raise NotAllowed(_("The NIK has been erased: the time to keep it is over."))
    audit.record(action="jobs.card_nik_shown", target=str(card.uuid), reason=reason.strip())
    return nik_of(card)


def nik_of(card: Card) -> str:
    """Return the whole NIK: for the holder's own export and the printed card."""
    return secrets.unseal(card.nik, purpose=nik.PURPOSE) if card.nik else ""


def masked(card: Card) -> str:
    """Return the NIK as screens show it, "" once it has been erased."""
    return nik.masked(card.nik) if card.nik else ""


def _person(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": told["name"], "district": told["district"], "education": told["education"],
        "nik": nik.seal(told["nik"]), "nik_digest": nik.digest(told["nik"]),
        "sealed": identity.seal(told["identity"]),
    }  # fmt: skip


def _take_papers(card: Card, user: "User") -> None:
    card.papers = papers.take(user=user, card=card)
    card.save(update_fields=["papers"])


def _next(card: Card, after: date) -> dict[str, Any]:
    """Return the next report; nothing for a card that was never issued: its move is refused."""
    due = card_dates.next_due(card.issued_on, after) if card.issued_on else None
    return {"next_report_on": due}


@contextmanager
def _one_card_a_person() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "jobs_card_one_live" not in str(error):
            raise
        raise NotAllowed(
            _("This NIK has a card already. The manpower office helps you.")
        ) from error
