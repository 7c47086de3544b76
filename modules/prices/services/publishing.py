"""The day's prices go out: at the hour by themselves, at a press of the button, or corrected."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, context, outbox
from balai.endpoints import Access, Endpoint, access
from modules.prices import conf, topics, workflow
from modules.prices.models import DayPrice, Publication, Round
from modules.prices.selectors import published
from modules.prices.services import entering, moving
from modules.prices.services.entering import Answer, Visit
from modules.prices.services.figures import figures
from modules.prices.states import State
from modules.prices.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def publish(
    *, day: date, by: "User | None", reason: str = "", now: datetime | None = None
) -> Publication:
    """Publish the verified markets of a day; markets that come later are a further revision.

    Args:
        by: the officer; None is the clock.
        reason: why a day that was published already is published again; shown to everybody.

    Raises:
        NotAllowed: when no market is verified, or a further revision has no reason.
        PermissionDenied: when ``by`` may not publish.
    """
    moving.require(by, workflow.PUBLISH)
    _one_at_a_time(day)
    rounds = _rounds(day)
    if not any(one.state == State.VERIFIED for one in rounds):
        raise NotAllowed(_("No market is verified that is not published already."))
    return _release(day, rounds, by, reason, now or timezone.now())


@transaction.atomic
def correct(
    *,
    round_: Round,
    answers: Sequence[Answer],
    reason: str,
    by: "User",
    now: datetime | None = None,
) -> Publication:
    """Change prices of a published market and publish the day anew, with the reason.

    What was published stays readable as the revision it was.

    Raises:
        NotAllowed: when the market is not published, nothing is said, or a price needs a reason.
        PermissionDenied: when ``by`` may not publish.
    """
    now = now or timezone.now()
    _one_at_a_time(round_.date)
    current = moving.move("correct", round_=moving.locked(round_), by=by)
    entering.write(round_=current, answers=answers, by=by, visit=Visit(), now=now)
    return _release(current.date, _rounds(current.date), by, reason, now)


@transaction.atomic
def publish_due(*, now: datetime) -> Publication | None:
    """Publish today's verified markets once the hour has come, unless somebody has; or None.

    Like the button it stands still in a region whose state stops publishing. When nobody has
    verified anything by then, the desk says so, and the next call after the first market is
    verified publishes.
    """
    if access(context.current_region().state, Endpoint.PUBLISHING) != Access.OPEN:
        return None
    settings, there = conf.current(), timezone.localtime(now)
    if not settings.publish_itself or there.time() < settings.clock("publish_at"):
        return None
    if published.revisions(there.date()).exists():
        return None
    try:
        return publish(day=there.date(), by=None, now=now)
    except NotAllowed:
        return None


def _release(
    day: date, rounds: Sequence[Round], by: "User | None", reason: str, now: datetime
) -> Publication:
    last = published.revisions(day).first()
    if last is not None and not reason.strip():
        raise NotAllowed(_("This day is published already. Say why it is published again."))
    release = Publication.objects.create(
        date=day, revision=last.revision + 1 if last else 1, published_at=now, published_by=by,
        reason=reason.strip() if last else "", sample=any(one.sample for one in rounds),
    )  # fmt: skip
    rows = figures(day, rounds, last)
    for row in rows:
        row.publication, row.revision = release, release.revision
    DayPrice.objects.bulk_create(rows)
    for one in rounds:
        one.state, one.published_at = State.PUBLISHED, one.published_at or now
    Round.objects.bulk_update(rounds, ["state", "published_at"])
    outbox.publish(
        topics.PUBLISHED, key=day.isoformat(), publication=release.pk, revision=release.revision
    )
    audit.record(
        action=topics.PUBLISHED, target=day.isoformat(), reason=release.reason,
        after={"revision": release.revision, "markets": len(rounds), "varieties": len(rows)},
    )  # fmt: skip
    return release


def _rounds(day: date) -> list[Round]:
    """Return the day's markets that are or may be published, kept for this transaction."""
    ready = (*workflow.get("publish").sources, State.PUBLISHED)
    return list(Round.objects.select_for_update().filter(date=day, state__in=ready))


def _one_at_a_time(day: date) -> None:
    """Let the clock and an officer's button wait for each other: one number, one revision."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || %s))",
                       [f"prices.publish:{day}"])  # fmt: skip
