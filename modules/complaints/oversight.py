"""What leaders may see of the agencies' reports: figures of all, single ones only if not secret."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from balai.modules.oversight import (
    Case,
    Cases,
    Figures,
    Oversight,
    Share,
    Signal,
    Span,
    Spread,
    Step,
    Summary,
    Wanted,
)
from balai.ui.formats import long_date, number, percent
from modules.complaints import access, conf, history, rights
from modules.complaints.models import Complaint, Entry
from modules.complaints.models.report import PUBLIC
from modules.complaints.selectors import figures, in_time, periods
from modules.complaints.selectors.public import words
from modules.complaints.states import DONE, OPEN

SORTS = {
    "oldest": ("created_at", "id"),
    "newest": ("-created_at", "-id"),
    "due": (F("due_at").asc(nulls_last=True), "created_at", "id"),
}
DAY = timedelta(days=1).total_seconds()


class Reports(Oversight):
    """Citizens' reports."""

    order = 10
    answer_label = _("Until the first answer")
    done_label = _("Until it was done")
    late_label = _("not done within the working days of its kind")

    def figures(self, span: Span) -> Mapping[int, Figures]:
        """Return each agency's figures, secret reports counted; five queries."""
        rows = Complaint.objects.filter(agency__isnull=False).order_by()
        now = rows.filter(state__in=OPEN).values("agency").annotate(
            open=Count("id"), late=Count("id", filter=Q(due_at__lt=timezone.now()))
        )  # fmt: skip
        came = rows.filter(created_at__gte=span.start, created_at__lt=span.end)
        period = periods.Period("chosen", span.start, span.end)
        found: dict[int, dict[str, Any]] = defaultdict(dict)
        for row in now:
            found[row["agency"]] |= {"open": row["open"], "late": row["late"]}
        for agency, n in came.values_list("agency").annotate(n=Count("id")):
            found[agency]["received"] = n
        for agency, spread, _again in _times(rows, "answered_at", span):
            found[agency]["answer"] = spread
        for agency, spread, again in _times(rows, "resolved_at", span):
            found[agency] |= {"done": spread, "reopened": Share(again, spread.n)}
        for agency, kept in in_time.in_time(came, period).by_agency.items():
            found[agency]["breached"] = Share(kept.due - kept.kept, kept.due)
        return {agency: Figures(**row) for agency, row in found.items()}

    def cases(self, user: Any, wanted: Wanted) -> Sequence[Case]:
        """Return the reports of an agency that are public, or within the officer's reach."""
        rows = _seen(user).filter(agency=wanted.agency_id)
        if wanted.query:
            rows = rows.filter(words(wanted.query))
        if wanted.only != "all":
            rows = rows.filter(state__in=OPEN)
        if wanted.only == "late":
            rows = rows.filter(due_at__lt=timezone.now())
        return Cases(_shown(rows).order_by(*SORTS.get(wanted.sort, SORTS["oldest"])), _case)

    def hidden(self, user: Any, agency_id: int) -> int:
        """Return how many open reports of the agency are secret to ``user``; one query."""
        rows = Complaint.objects.filter(agency=agency_id, state__in=OPEN).order_by()
        return rows.exclude(pk__in=_seen(user).order_by().values("pk")).count()

    def case(self, user: Any, reference: str) -> Summary | None:
        """Return one report; its words are those that its reader could open elsewhere."""
        key = _uuid(reference)
        report = _shown(_seen(user)).filter(uuid=key).first() if key else None
        if report is None:
            return None
        facts = [
            (_("Kind"), report.category.label),
            (_("Agency"), report.agency.name if report.agency else "–"),
            (_("First answer"), long_date(report.answered_at) if report.answered_at else "–"),
        ]
        if report.resolved_at:
            facts.append((_("Declared done"), long_date(report.resolved_at)))
        if report.reopenings:
            facts.append((_("Opened again"), number(report.reopenings)))
        return Summary(_case(report), report.text, facts, _steps(report), _url(user, report))

    def signals(self, now: datetime) -> Sequence[Signal]:
        """Return the longest wait for a first look, and what is late; one query."""
        totals = figures.totals(timezone.localtime(now))
        waited, limit = (
            figures.oldest_wait(totals, timezone.localtime(now)),
            conf.current().verify_days,
        )
        open_now = totals.waiting + totals.handled
        allowed = ngettext("working days, %(n)s allowed", "working days, %(n)s allowed", limit)
        share = percent(totals.late / open_now) if open_now else percent(0)
        return (
            Signal(
                _("Longest unverified"), number(waited or 0), allowed % {"n": limit},
                alarm=(waited or 0) > limit,
            ),
            Signal(
                _("Reports past the date"), number(totals.late),
                gettext("%(share)s of %(n)s") % {"share": share, "n": number(open_now)},
                alarm=totals.late > 0,
            ),
        )  # fmt: skip

    def words(self, seconds: float) -> str:
        """Return days with one decimal."""
        return gettext("%(n)s days") % {"n": number(seconds / DAY, 1)}


def _seen(user: Any) -> QuerySet[Complaint]:
    """Return what somebody may see: what everybody may read, and what lies within their reach."""
    listed = PUBLIC if conf.current().public_list else Q(pk__in=())
    within = rights.within_reach(Complaint.objects.all(), user).order_by().values("pk")
    return Complaint.objects.filter(erased_at=None).filter(listed | Q(pk__in=within))


def _shown(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    rows = rows.select_related("category", "area", "district", "agency")
    return rows.defer("area__boundary", "district__boundary", "search")


def _case(report: Complaint) -> Case:
    late = report.state in OPEN and report.due_at is not None and report.due_at < timezone.now()
    return Case(
        reference=str(report.uuid), number=report.number, title=report.title, place=report.place,
        status=report.status, since=report.created_at, agency_id=report.agency_id, late=late,
        due_at=report.due_at if report.state in OPEN else None,
    )  # fmt: skip


def _steps(report: Complaint) -> list[Step]:
    rows = Entry.objects.filter(complaint=report, audience=Entry.Audience.PUBLIC).exclude(move="")
    told = (history.step(row, names=False) for row in rows.select_related("agency", "actor"))
    return [Step(one.at, one.title, one.colour, one.icon) for one in told]


def _url(user: Any, report: Complaint) -> str:
    if rights.has(user, rights.DESK, report):
        return reverse("complaints_desk:detail", args=[report.uuid])
    return reverse("complaints:detail", args=[report.uuid]) if access.is_listed(report) else ""


def _times(rows: QuerySet[Complaint], moment: str, span: Span) -> Sequence[tuple[int, Spread, int]]:
    """Return (agency, how long it took, how many were opened again) of what ended in a span."""
    spent = ExpressionWrapper(F(moment) - F("created_at"), DurationField())
    ended = rows.filter(**{f"{moment}__gte": span.start, f"{moment}__lt": span.end})
    done = Q(state__in=DONE) if moment == "resolved_at" else Q()
    found = ended.values("agency").annotate(
        n=Count("id"), again=Count("id", filter=Q(reopenings__gt=0)),
        median=figures.Percentile(spent, share=0.5, filter=done),
        p90=figures.Percentile(spent, share=0.9, filter=done),
    )  # fmt: skip
    return [
        (
            row["agency"],
            Spread(row["n"], _seconds(row["median"]), _seconds(row["p90"])),
            row["again"],
        )
        for row in found
    ]


def _seconds(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()


def _uuid(reference: str) -> UUID | None:
    try:
        return UUID(reference)
    except ValueError:
        return None
