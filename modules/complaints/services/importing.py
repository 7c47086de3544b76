"""Take reports of an older system in, hundreds at once: no clock, no notice, no number twice."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from balai import context
from balai.directory import reference
from modules.complaints import suspicion, tokens
from modules.complaints.models import Category, Complaint, Entry, Exchange, OutsideCase
from modules.complaints.services import numbering
from modules.complaints.services.intake import title_of
from modules.complaints.services.moving import Audience, Author
from modules.complaints.states import NOT_YET_PUBLIC, State

if TYPE_CHECKING:
    from balai.directory.models import Agency, Area

LEGACY = OutsideCase.System.LEGACY
TAKEN_OVER = "import"
COMPARED = (
    "state", "title", "text", "category_id", "agency_id", "area_id", "district_id", "landmark",
    "latitude", "longitude", "created_at", "resolved_at",
)  # fmt: skip
FOLLOWING = ("secret", "suspicions", "published_at", "closed_at", "answered_at", "search")


@dataclass(frozen=True, slots=True, kw_only=True)
class OldReport:
    """A report as an older system knew it; nobody's name comes along.

    ``key`` is "<system>:<number>"; ``pin`` (latitude, longitude) in degrees.
    """

    key: str
    created_at: datetime
    category: Category
    text: str
    title: str = ""
    state: State = State.CLOSED
    agency: "Agency | None" = None
    area: "Area | None" = None
    district: "Area | None" = None
    pin: tuple[float, float] | None = None
    landmark: str = ""
    resolved_at: datetime | None = None
    answer: str = ""
    publish: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch."""

    created: int
    updated: int
    unchanged: int


@transaction.atomic
def take_in(reports: Sequence[OldReport], *, now: datetime | None = None) -> Taken:
    """Store old reports; those known by their key are brought up to date, or left alone.

    A report that anybody has worked on here since is never overwritten.
    """
    now = now or timezone.now()
    # One batch at a time in a region: two files with the same report must not both create it.
    Exchange.objects.select_for_update().get_or_create(system=LEGACY)
    wanted = {report.key: report for report in reports}
    known = {twin.external_id: twin for twin in _known(wanted)}
    fresh = [report for key, report in wanted.items() if key not in known]
    _create(fresh, now)
    changed = _update([(known[key], wanted[key]) for key in wanted if key in known], now)
    return Taken(len(fresh), changed, len(reports) - len(fresh) - changed)


def _known(keys: Iterable[str]) -> Iterable[OutsideCase]:
    touched = Entry.objects.filter(complaint=OuterRef("complaint"), at__gt=OuterRef("synced_at"))
    rows = OutsideCase.objects.filter(system=LEGACY, external_id__in=list(keys))
    return rows.select_related("complaint").annotate(touched=Exists(touched))


def _create(reports: Sequence[OldReport], now: datetime) -> None:
    complaints = [_complaint(report, now) for report in reports]
    _number(complaints)
    Complaint.objects.bulk_create(complaints)
    pairs = list(zip(complaints, reports, strict=True))
    OutsideCase.objects.bulk_create(
        OutsideCase(
            complaint=complaint, system=LEGACY, external_id=report.key,
            receiver=report.key.partition(":")[0], state=OutsideCase.State.ACKNOWLEDGED,
            synced_at=now,
        )
        for complaint, report in pairs
    )  # fmt: skip
    Entry.objects.bulk_create(
        entry for complaint, report in pairs for entry in _history(complaint, report, now)
    )


def _complaint(report: OldReport, now: datetime) -> Complaint:
    own_id = uuid.uuid4()
    return Complaint(
        uuid=own_id,
        secret_hash=tokens.digest(own_id, tokens.secret_of(own_id)),
        identity=Complaint.Identity.ANONYMOUS,
        source=Complaint.Source.IMPORT,
        **_fields(report, now),
    )


def _fields(report: OldReport, now: datetime) -> dict[str, object]:
    """Return what the older system says of a report, as fields."""
    secret = report.category.secret_default
    over = report.state in (State.CLOSED, State.REJECTED)
    suspicions = suspicion.examine(report.title or "", report.text, report.landmark)
    public = report.publish and not secret and report.state not in NOT_YET_PUBLIC
    resolved_at = report.resolved_at if report.state == State.CLOSED else None
    return {
        "state": report.state,
        "title": report.title or title_of(report.text),
        "text": report.text,
        "category_id": report.category.pk,
        "agency_id": report.agency.pk if report.agency else None,
        "area_id": report.area.pk if report.area else None,
        "district_id": report.district.pk if report.district else None,
        "landmark": report.landmark,
        "latitude": report.pin[0] if report.pin else None,
        "longitude": report.pin[1] if report.pin else None,
        "created_at": report.created_at,
        "resolved_at": resolved_at,
        "answered_at": report.resolved_at if report.answer else None,
        # Without a date it is no figure of how fast somebody was, and not kept longer for it.
        "closed_at": (report.resolved_at or report.created_at) if over else None,
        "secret": secret,
        "suspicions": suspicions,
        "published_at": now if public and not suspicions else None,
    }


def _number(complaints: Sequence[Complaint]) -> None:
    """Give every report the next number of the year it came in, a statement a year."""
    region = context.current_region()
    prefix = reference.regency(region.code).letters
    years = [complaint.created_at.astimezone(region.zone).year for complaint in complaints]
    taken = {
        year: iter(numbering.next_numbers(prefix=prefix, year=year, count=count))
        for year, count in sorted(Counter(years).items())
    }
    for complaint, year in zip(complaints, years, strict=True):
        complaint.number = next(taken[year])


def _history(complaint: Complaint, report: OldReport, now: datetime) -> Iterable[Entry]:
    """Yield the lines of a new old report: that it came, the answer, that it was taken over."""
    public = Audience.PUBLIC
    yield Entry(
        complaint=complaint, at=report.created_at, move="report", to_state=State.RECEIVED,
        author=Author.REPORTER, audience=public,
    )  # fmt: skip
    yield from _answer(complaint, report)
    yield _taken_over(complaint, "", now)


def _answer(complaint: Complaint, report: OldReport) -> Iterable[Entry]:
    """Yield the answer as a message to the reporter; moves it is none of the workflow's."""
    if report.answer:
        yield Entry(
            complaint=complaint, at=report.resolved_at or report.created_at,
            author=Author.AGENCY if report.agency else Author.COORDINATOR,
            agency=report.agency, audience=Audience.PUBLIC, text=report.answer,
        )  # fmt: skip


def _taken_over(complaint: Complaint, before: str, now: datetime) -> Entry:
    return Entry(
        complaint=complaint, at=now, move=TAKEN_OVER, from_state=before, to_state=complaint.state,
        author=Author.SYSTEM, agency_id=complaint.agency_id, audience=Audience.PUBLIC,
    )  # fmt: skip


def _update(pairs: Sequence[tuple[OutsideCase, OldReport]], now: datetime) -> int:
    """Bring known reports up to date; return how many had changed."""
    changed, lines, twins = [], [], []
    for twin, report in pairs:
        complaint, told = twin.complaint, _fields(report, now)
        if twin.touched or all(getattr(complaint, name) == told[name] for name in COMPARED):  # type: ignore[attr-defined]  # annotated
            continue
        before = complaint.state
        if complaint.secret:  # secrecy only rises
            told |= {"secret": True, "published_at": None}
        told["search"] = None  # worked out again by the indexer
        for name in (*COMPARED, *FOLLOWING):
            setattr(complaint, name, told[name])
        changed.append(complaint)
        if before != complaint.state:
            lines += [*_answer(complaint, report), _taken_over(complaint, before, now)]
        twin.synced_at = now
        twins.append(twin)
    if changed:
        Complaint.objects.bulk_update(changed, [*COMPARED, *FOLLOWING])
        OutsideCase.objects.bulk_update(twins, ["synced_at"])
        Entry.objects.bulk_create(lines)
    return len(changed)
