"""Who may move an employer, a vacancy, an application or a card from where to where.

Read it aloud. Sources: Perpres 57/2023 (vacancies are reported, and again when they are filled),
Permenaker 39/2016 (placement, AK/I). A move exists here only when a service carries it out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.ui.formats import long_date
from modules.jobs import card_dates
from modules.jobs.models import Application, Card, Employer, Vacancy
from modules.jobs.models.base import Storied
from modules.jobs.states import (
    ENDED,
    LIVE,
    LIVE_CARDS,
    UNDECIDED,
    ApplicationState as A,
    CardState as C,
    EmployerState as E,
    VacancyState as V,
)

VERIFY, REVIEW, CARDS = "jobs.verify", "jobs.review", "jobs.cards"
Guard = Callable[[Any, datetime], str | Promise]
Wait = tuple[str, bool]


class Who(Enum):
    """Which side makes a move."""

    EMPLOYER = "employer"
    SEEKER = "seeker"
    OFFICER = "officer"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed transition.

    ``permission`` is asked of officers. ``asks``: words must be said with it. ``waits`` names
    the setting with the days the next side then has, and whether they are plain days of the
    calendar; without it nobody is waited for. ``guard`` says why not, "" when nothing stands
    against it.
    """

    name: str
    sources: tuple[TextChoices, ...]
    target: TextChoices
    who: tuple[Who, ...]
    permission: str = ""
    asks: bool = False
    waits: Wait | None = None
    guard: Guard | None = None


class NotAllowed(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a move that cannot be made now; says why, for people."""


MOVED_ON = _("It has moved on in the meantime. Please look at it again.")
CHECK, LOOK, DUTY = ("verify_days", False), ("review_days", False), ("outcome_days", True)
ISSUING = ("card_days", False)
OFFICER, EMPLOYER, SEEKER, CLOCK = (
    (Who.OFFICER,), (Who.EMPLOYER,), (Who.SEEKER,), (Who.CLOCK,),
)  # fmt: skip
HOLDER = (Who.SEEKER, Who.OFFICER)
"""The holder themselves, or the office for somebody who stands at its counter."""


def overdue(employer: Employer, now: datetime) -> bool:
    """Tell whether an employer owes the outcome of a vacancy whose time for it has run out."""
    ended = Vacancy.objects.filter(employer=employer, state__in=ENDED, due_at__lt=now)
    return bool(ended.exists())


def may_post(vacancy: Vacancy, now: datetime) -> str | Promise:
    """Only a verified employer posts, and not while an outcome is owed."""
    if vacancy.employer.state != E.VERIFIED:
        return _("You can post as soon as your registration has been verified.")
    if overdue(vacancy.employer, now):
        return _("First report the outcome of your earlier vacancies: its time has run out.")
    return not_over(vacancy, now)


def not_over(vacancy: Vacancy, now: datetime) -> str | Promise:
    """A vacancy is never open past its last day."""
    if timezone.localdate(now) > vacancy.valid_until:
        return _("Its last day is over. Choose a later one first.")
    return ""


def was_published(vacancy: Vacancy, now: datetime) -> str | Promise:
    """Who took a vacancy off to change it can end it instead; a draft of its own is discarded."""
    return "" if vacancy.published_at else MOVED_ON


def is_past(vacancy: Vacancy, now: datetime) -> str | Promise:
    """The clock ends what was published once, also while it is a draft again: the duty stays."""
    over = timezone.localdate(now) > vacancy.valid_until
    return "" if vacancy.published_at and over else MOVED_ON


def all_decided(vacancy: Vacancy, now: datetime) -> str | Promise:
    """Nobody is left without an answer."""
    if vacancy.applications.filter(state__in=UNDECIDED).exists():
        return _("Some applicants still wait for an answer.")
    return ""


def can_apply(application: Application, now: datetime) -> str | Promise:
    """One applies while the vacancy is open."""
    if not application.vacancy.is_open(now):
        return _("This vacancy is no longer open.")
    return ""


def not_reported(application: Application, now: datetime) -> str | Promise:
    """What has been reported to the office stands."""
    if application.vacancy.state == V.REPORTED:
        return _("The outcome has been reported already.")
    return ""


def can_report(card: Card, now: datetime) -> str | Promise:
    """A report is taken from two weeks before its day until the card ends."""
    today, due = timezone.localdate(now), card.next_report_on
    if due is None or card.renewal_due or over(card, now):
        return _("No report is due any more. Renew the card when it ends.")
    if today < due - card_dates.REPORT_EARLY:
        early = due - card_dates.REPORT_EARLY
        return _("The next report is taken from %(day)s on.") % {"day": long_date(early)}
    return ""


def can_renew(card: Card, now: datetime) -> str | Promise:
    """A card is renewed from a month before its last day."""
    opens = card.expires_on and card.expires_on - card_dates.RENEW_EARLY
    if opens and timezone.localdate(now) < opens:
        return _("The card can be renewed from %(day)s on.") % {"day": long_date(opens)}
    return only_one(card, now)


def can_search_again(card: Card, now: datetime) -> str | Promise:
    """Who lost the new work again goes on with the card until its last day."""
    if over(card, now):
        return _("The card has ended in the meantime. Renew it.")
    return only_one(card, now)


def only_one(card: Card, now: datetime) -> str | Promise:
    """Nobody holds two live cards."""
    others = Card.objects.filter(user=card.user_id, state__in=LIVE_CARDS).exclude(pk=card.pk)
    return _("You have another card or application already.") if others.exists() else ""


def has_ended(card: Card, now: datetime) -> str | Promise:
    """The clock ends a card after its last day."""
    return "" if over(card, now) else MOVED_ON


def abandoned(card: Card, now: datetime) -> str | Promise:
    """The clock ends an application whose correction never came."""
    line = card.told("return")
    since = datetime.fromisoformat(line["at"]) if line else card.created_at
    return "" if now - since > card_dates.ABANDONED else MOVED_ON


def over(card: Card, now: datetime) -> bool:
    """Tell whether a card's last day is behind us, by the region's clock."""
    return card.expires_on is not None and timezone.localdate(now) > card.expires_on


# fmt: off
EMPLOYER_MOVES: tuple[Move, ...] = (
    Move("verify", (E.PENDING,), E.VERIFIED, OFFICER, VERIFY),
    Move("return", (E.PENDING,), E.RETURNED, OFFICER, VERIFY, asks=True),
    Move("resubmit", (E.RETURNED,), E.PENDING, EMPLOYER, waits=CHECK),
    Move("amend", (E.VERIFIED,), E.PENDING, EMPLOYER, waits=CHECK),
    Move("suspend", (E.PENDING, E.RETURNED, E.VERIFIED), E.SUSPENDED, OFFICER, VERIFY, asks=True),
    Move("reinstate", (E.SUSPENDED,), E.VERIFIED, OFFICER, VERIFY),
    Move("recheck", (E.SUSPENDED,), E.PENDING, OFFICER, VERIFY, waits=CHECK),
)
VACANCY_MOVES: tuple[Move, ...] = (
    Move("submit", (V.DRAFT,), V.REVIEW, EMPLOYER, waits=LOOK, guard=may_post),
    Move("recall", (V.REVIEW,), V.DRAFT, EMPLOYER),
    Move("publish", (V.REVIEW,), V.OPEN, OFFICER, REVIEW, guard=not_over),
    Move("send_back", (V.REVIEW,), V.DRAFT, OFFICER, REVIEW, asks=True),
    Move("take_down", LIVE, V.DRAFT, OFFICER, REVIEW, asks=True),
    Move("revise", LIVE, V.DRAFT, EMPLOYER),
    Move("pause", (V.OPEN,), V.PAUSED, EMPLOYER),
    Move("resume", (V.PAUSED,), V.OPEN, EMPLOYER, guard=not_over),
    Move("fill", LIVE, V.FILLED, (Who.EMPLOYER, Who.CLOCK), waits=DUTY),
    Move("close", (*LIVE, V.DRAFT), V.EXPIRED, EMPLOYER, waits=DUTY, guard=was_published),
    Move("expire", (*LIVE, V.DRAFT, V.REVIEW), V.EXPIRED, CLOCK, waits=DUTY, guard=is_past),
    Move("reopen", ENDED, V.OPEN, EMPLOYER, guard=not_over),
    Move("report", ENDED, V.REPORTED, EMPLOYER, guard=all_decided),
)
APPLICATION_MOVES: tuple[Move, ...] = (
    Move("see", (A.SENT,), A.SEEN, EMPLOYER),
    Move("shortlist", (A.SENT, A.SEEN), A.SHORTLISTED, EMPLOYER),
    Move("invite", (A.SENT, A.SEEN, A.SHORTLISTED, A.INTERVIEW), A.INTERVIEW, EMPLOYER),
    Move("choose", (A.INTERVIEW,), A.INTERVIEW, SEEKER),
    Move("offer", (A.SHORTLISTED, A.INTERVIEW), A.OFFERED, EMPLOYER, asks=True),
    Move("accept", (A.OFFERED,), A.HIRED, SEEKER, guard=not_reported),
    Move("hire", (A.SEEN, A.SHORTLISTED, A.INTERVIEW, A.OFFERED), A.HIRED, EMPLOYER,
         guard=not_reported),
    Move("reject", UNDECIDED, A.REJECTED, EMPLOYER, asks=True),
    Move("reconsider", (A.REJECTED, A.HIRED), A.SHORTLISTED, EMPLOYER, guard=not_reported),
    Move("withdraw", UNDECIDED, A.WITHDRAWN, SEEKER),
    Move("again", (A.WITHDRAWN,), A.SENT, SEEKER, guard=can_apply),
)
CARD_MOVES: tuple[Move, ...] = (
    Move("check", (C.APPLIED,), C.CHECKED, OFFICER, CARDS, waits=ISSUING),
    Move("return", (C.APPLIED, C.CHECKED), C.RETURNED, OFFICER, CARDS, asks=True),
    Move("resubmit", (C.RETURNED,), C.APPLIED, SEEKER, waits=ISSUING),
    Move("issue", (C.CHECKED,), C.ISSUED, OFFICER, CARDS),
    Move("report", (C.ISSUED,), C.ISSUED, HOLDER, CARDS, guard=can_report),
    Move("employ", (C.ISSUED,), C.EMPLOYED, HOLDER, CARDS),
    Move("resume", (C.EMPLOYED,), C.ISSUED, HOLDER, CARDS, guard=can_search_again),
    Move("renew", (C.ISSUED, C.EXPIRED, C.EMPLOYED), C.APPLIED, SEEKER, waits=ISSUING,
         guard=can_renew),
    Move("expire", (C.ISSUED,), C.EXPIRED, CLOCK, guard=has_ended),
    Move("lapse", (C.RETURNED,), C.EXPIRED, CLOCK, guard=abandoned),
)
# fmt: on

TABLES: Mapping[type[Storied], tuple[str, Mapping[str, Move]]] = {
    model: (model.__name__.lower(), {move.name: move for move in moves})
    for model, moves in (
        (Employer, EMPLOYER_MOVES),
        (Vacancy, VACANCY_MOVES),
        (Application, APPLICATION_MOVES),
        (Card, CARD_MOVES),
    )
}
"""Each model's name in topics and clocks, and its moves by name."""


def name_of(row: Storied) -> str:
    """Return "employer", "vacancy", "application" or "card"."""
    return TABLES[type(row)][0]


def get(row: Storied, name: str) -> Move:
    """Return the move called ``name``; raises KeyError for one that the table does not know."""
    return TABLES[type(row)][1][name]


def problem(move: Move, row: Any, now: datetime | None = None) -> str | Promise:
    """Return why ``row`` cannot make this move now, or "" when it can."""
    if row.state not in move.sources:
        return MOVED_ON
    return move.guard(row, now or timezone.now()) if move.guard else ""


def possible(row: Any, who: Who, now: datetime | None = None) -> Iterator[Move]:
    """Yield the moves this side can make now, in the table's order; rights not yet asked."""
    for move in TABLES[type(row)][1].values():
        if who in move.who and not problem(move, row, now):
            yield move
