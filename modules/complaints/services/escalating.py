"""A late case climbs to a superior by name, and at day 60 it is ready for the Ombudsman."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from balai.workcal import clocks
from modules.complaints.models import Complaint, Entry
from modules.complaints.selectors import ladder
from modules.complaints.services import clocking
from modules.complaints.services.moving import Audience, Author, Line, locked, note, record
from modules.complaints.services.saying import sentences
from modules.complaints.states import OPEN
from modules.complaints.workflow import TURN, Who

ESCALATED, DOSSIER = "escalated", "dossier"
TOPIC = "complaints.escalated"


def is_current(complaint: Complaint, started: int, level: int = 0) -> bool:
    """Tell whether the turn's clock still runs as it did when it told of something.

    Args:
        started: the run of the clock, in microseconds since 1970.
        level: the rung that was told.
    """
    clock = clocks.of(clocking.TURN_CLOCK, complaint.uuid)
    if clock is None or clock.stopped_at or clock.paused_at or clock.level < level:
        return False
    late = complaint.state in OPEN and TURN.get(complaint.state) is Who.STAFF
    return late and int(clock.started_at.timestamp() * 1_000_000) == started


@transaction.atomic
def climb(
    *, complaint: Complaint, rung: int, started: int, now: datetime | None = None
) -> Entry | None:
    """Write down that the case has climbed to the rung, and tell whoever stands there.

    A case that was opened again begins one rung higher each time. A second call for the same
    rung of the same run does nothing, nor does one for a case that has moved on, or above the
    ladder's end.

    Args:
        rung: 1 at the breach, one more each time.
        started: the run of the clock, in microseconds since 1970.
    """
    current = locked(complaint)
    since = datetime.fromtimestamp(started / 1_000_000, UTC)
    climbed = current.entries.filter(move=ESCALATED, at__gte=since).count()
    if climbed >= rung or not is_current(current, started, rung):
        return None
    step = rung + current.reopenings
    if rung > 1 and not ladder.reaches(current.agency, step):
        return None  # the highest knows already
    people = ladder.rung(current.agency, step)
    current.level += 1
    current.save(update_fields=["level"])
    names = "; ".join(one.label for one in people)
    text = sentences(gettext_noop("To %(names)s."), names=names) if names else ""
    entry = record(
        current, Line(Author.SYSTEM, text), by=None, at=now or timezone.now(),
        topic=TOPIC, word=ESCALATED, step=step,
    )  # fmt: skip
    note(TOPIC, current, who=Who.SYSTEM)
    return entry


@transaction.atomic
def dossier_due(*, complaint: Complaint, now: datetime | None = None) -> Entry | None:
    """Tell that the case is unfinished after so many days that the Ombudsman may be asked.

    Once a case; None when it is finished or was told already. UU 25/2009 section 50.
    """
    current = locked(complaint)
    if current.state not in OPEN or current.entries.filter(move=DOSSIER).exists():
        return None
    line = Line(Author.SYSTEM, "", Audience.REPORTER)
    moment = now or timezone.now()
    return record(current, line, by=None, at=moment, topic="complaints.dossier", word=DOSSIER)
