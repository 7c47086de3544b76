"""What the clock does with AK/I cards: remind, end, and forget."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from balai.outbox import publish
from modules.jobs import card_dates, conf
from modules.jobs.models import Card
from modules.jobs.services import cards, moving, papers
from modules.jobs.states import CardState
from modules.jobs.workflow import NotAllowed

PAPERS_KEPT: Final = timedelta(days=30)
"""KTP and diploma were for the check: so long after the issue they can still be looked at."""
MISSED_LONG: Final = timedelta(days=160)
"""A report that was missed is not looked at again before the next one can come near."""
_ENDED: Final = (CardState.EXPIRED, CardState.EMPLOYED)


def end(*, now: datetime) -> int:
    """End cards after their last day and applications nobody corrected; return how many."""
    over = Card.objects.filter(state=CardState.ISSUED, expires_on__lt=timezone.localdate(now))
    waiting = Card.objects.filter(
        state=CardState.RETURNED, created_at__lt=now - card_dates.ABANDONED
    )
    ended = 0
    for name, rows in (("expire", over), ("lapse", waiting)):
        for row in list(rows.order_by("pk")):
            try:
                moving.move(name, row, by=None, changes={"next_report_on": None}, now=now)
            except NotAllowed:  # renewed or corrected a moment ago
                continue
            ended += 1
    return ended


def remind(*, now: datetime) -> int:
    """Publish ``jobs.card_reminded`` for reports that come near or are missed; return how many.

    After days without a sweep one letter is written, not three. Who missed a report is asked
    for the next one when it comes near.
    """
    today = timezone.localdate(now)
    near = today - timedelta(days=min(card_dates.REMINDERS))
    owing = Q(reminded__lt=len(card_dates.REMINDERS)) | Q(next_report_on__lt=today - MISSED_LONG)
    rows = Card.objects.filter(owing, state=CardState.ISSUED, next_report_on__lte=near)
    return sum(_remind(pk, today) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, today: date) -> bool:
    row = Card.objects.select_for_update().filter(pk=pk, state=CardState.ISSUED).first()
    if row is None or row.next_report_on is None or row.issued_on is None:
        return False  # reported, or has found work, a moment ago
    following = card_dates.next_due(row.issued_on, row.next_report_on)
    if following != row.next_report_on and card_dates.reminders(following, today):
        row.next_report_on, row.reminded = following, 0
    stage = card_dates.reminders(row.next_report_on, today)
    if stage <= row.reminded:
        return False
    row.reminded = stage
    row.save(update_fields=["next_report_on", "reminded"])
    publish("jobs.card_reminded", key=str(row.uuid), card=row.pk, stage=stage)
    return True


def forget(*, now: datetime) -> int:
    """Erase what nobody needs any more; return how many cards were emptied.

    Papers go a month after the issue, sealed data ``card_keep_days`` after the last day, and
    applications that never became a card with their end.
    """
    today = timezone.localdate(now)
    kept = timedelta(days=conf.current().card_keep_days)
    old = Card.objects.filter(state__in=_ENDED, expires_on__lt=today - kept).exclude(sealed=b"")
    gone = sum(_empty(old.filter(pk=pk)) for pk in list(old.values_list("pk", flat=True)))
    for row in list(Card.objects.filter(state=CardState.EXPIRED, expires_on=None)):
        cards.erase(row)
    checked = Card.objects.filter(
        state__in=(CardState.ISSUED, *_ENDED), issued_on__lt=today - PAPERS_KEPT,
        papers__has_any_keys=papers.COMPARED,
    )  # fmt: skip
    for pk in list(checked.values_list("pk", flat=True)):
        _drop_papers(checked.filter(pk=pk))
    papers.empty_trays(now=now)
    return gone


@transaction.atomic
def _empty(rows: QuerySet[Card]) -> bool:
    """Erase what is sealed, the photos and all words; number, dates and name stay.

    Args:
        rows: one card, by the condition it was chosen for: a renewal may have come meanwhile.
    """
    row = rows.select_for_update().first()
    if row is None:
        return False
    row.nik = row.nik_digest = row.sealed = b""
    row.papers = papers.drop(row)
    row.history = [{**line, "text": ""} for line in row.history]
    row.save(update_fields=["nik", "nik_digest", "sealed", "papers", "history"])
    return True


@transaction.atomic
def _drop_papers(rows: QuerySet[Card]) -> None:
    row = rows.select_for_update().first()
    if row is None:
        return
    row.papers = papers.drop(row, papers.COMPARED)
    row.save(update_fields=["papers"])
