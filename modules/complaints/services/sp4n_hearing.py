"""Listen to SP4N-LAPOR!: what became of our cases, and cases it has for us.

Pages are fetched outside any transaction; what a page says and the mark behind it commit
together, so that whatever is asked twice is taken once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from balai.directory.locate import locate, outside_region
from balai.directory.models import Area
from modules.complaints import sp4n
from modules.complaints.legacy.lookups import Categories
from modules.complaints.models import Category, Complaint, Exchange, OutsideCase
from modules.complaints.services.intake import Draft, report
from modules.complaints.services.moving import Audience, Author, Line, locked, record
from modules.complaints.services.saying import sentences
from modules.complaints.services.sp4n_sending import CHANGED, SP4N, State, announce, describe
from modules.complaints.sp4n import Heard, RemoteCase, RemoteStatus

log = structlog.get_logger(__name__)
MOST_PAGES: Final = 3
"""A call may take 8 s, and a job 50."""
PAUSE: Final = timedelta(minutes=10)
LONGEST_PAUSE: Final = timedelta(hours=6)
CHANGED_THERE = gettext_noop("SP4N-LAPOR!: %(status)s.")
OTHER = "lain"
Mark = Literal["watermark", "incoming"]


def listen(*, now: datetime | None = None) -> int:
    """Hear what is new, unless the last failures ask for patience; return how many things.

    Whatever goes wrong is written down and asked for again later, each time after a longer pause.
    """
    now = now or timezone.now()
    way = sp4n.channel()
    exchange, _made = Exchange.objects.get_or_create(system=SP4N, defaults={"next_at": now})
    if way is None or exchange.next_at > now:
        return 0
    try:
        count = _hear(exchange.watermark, "watermark", way.statuses, _status)
        count += _hear(exchange.incoming, "incoming", way.incoming, _case)
    except Exception as error:  # a foreign system is no reason to stop ours
        log.warning("sp4n_not_heard", error=type(error).__name__)
        failures = exchange.failures + 1
        _note(
            failures, min(PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE), describe(error), now
        )
        return 0
    _note(0, timedelta(), "", now)
    return count


def end_pause(*, now: datetime | None = None) -> None:
    """Let the next round ask again, however often it failed."""
    Exchange.objects.filter(system=SP4N).update(next_at=now or timezone.now())


def _hear(
    since: str, mark: Mark, ask: Callable[[str], Heard[Any]], take: Callable[[Any], bool]
) -> int:  # fmt: skip
    """Ask page after page; return how many items were new."""
    count = 0
    for _page in range(MOST_PAGES):
        heard = ask(since)
        with transaction.atomic():
            exchange = Exchange.objects.select_for_update().get(system=SP4N)
            if getattr(exchange, mark) != since:  # somebody else heard the same page
                return count
            count += sum(take(item) for item in heard.items)
            if not heard.watermark or heard.watermark == since:
                return count
            setattr(exchange, mark, heard.watermark)
            exchange.save(update_fields=[mark])
            since = heard.watermark
        if not heard.more:
            return count
    return count


def _status(told: RemoteStatus) -> bool:
    """Keep a case's status; a line for officers says that it has changed. Nothing else moves."""
    rows = OutsideCase.objects.select_for_update(of=("self",)).select_related("complaint")
    twin = rows.filter(system=SP4N, external_id=told.external_id).first()
    if twin is None or twin.status == told.status:
        return False
    twin.status, twin.state = told.status, State.ACKNOWLEDGED
    twin.error, twin.synced_at = "", timezone.now()
    twin.save(update_fields=["status", "state", "error", "synced_at"])
    line = Line(Author.SYSTEM, sentences(CHANGED_THERE, status=told.status), Audience.INTERNAL)
    record(locked(twin.complaint), line, by=None, at=twin.synced_at, topic=CHANGED)
    return True


def _case(told: RemoteCase) -> bool:
    """Take a case in as a report of ours, once."""
    if OutsideCase.objects.filter(system=SP4N, external_id=told.external_id).exists():
        return False
    category = _category(told.category)
    if category is None:
        raise LookupError("the region has no kind of problem")
    pin = _pin(told)
    draft = Draft(
        category=category,
        text=told.text,
        title=told.title,
        identity=Complaint.Identity.ANONYMOUS,
        landmark=told.landmark,
        pin=pin,
        area=_area(pin),
        secret=told.secret,
        source=Complaint.Source.SP4N,
    )
    taken = report(draft=draft).complaint
    twin = OutsideCase.objects.create(
        complaint=taken, system=SP4N, external_id=told.external_id, state=State.ACKNOWLEDGED,
        synced_at=timezone.now(),
    )  # fmt: skip
    announce(twin)
    return True


def _category(words: str) -> Category | None:
    """Return the kind called so, else the one for everything else; the verifier corrects it."""
    found = Categories()
    other = next((row for row in found.rows if row.slug == OTHER), None)
    return found.find(words) or other or next(iter(found.rows), None)


def _pin(told: RemoteCase) -> tuple[float, float] | None:
    """Return the point unless it lies elsewhere: then the words must do."""
    if told.latitude is None or told.longitude is None or abs(told.latitude) > 90:
        return None
    pin = (told.latitude, told.longitude)
    return None if outside_region(*pin) else pin


def _area(pin: tuple[float, float] | None) -> Area | None:
    return locate(*pin) if pin else None


def _note(failures: int, pause: timedelta, error: str, now: datetime) -> None:
    values = {"failures": failures, "next_at": now + pause, "error": error}
    heard = {} if error else {"heard_at": now}
    Exchange.objects.filter(system=SP4N).update(**values, **heard)
