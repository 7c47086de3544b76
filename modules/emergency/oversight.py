"""What leaders may see of the agencies' incidents: figures of all, none that is sealed."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

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
from balai.ui.formats import number
from modules.emergency.durations import words as spoken
from modules.emergency.models import Incident, Stamp
from modules.emergency.selectors import board, clocks, periods, reach, response, timeline, today
from modules.emergency.states import ENDED, OPEN

SORTS = {
    "oldest": ("created_at", "id"),
    "newest": ("-created_at", "-id"),
    "due": (F("ended_at").asc(nulls_first=True), "category__urgency", "created_at", "id"),
}


class Incidents(Oversight):
    """Incidents of 112."""

    order = 20
    answer_label = _("Until the first unit was sent")
    done_label = _("Until somebody was there")
    late_label = _("reached later than the target of its kind")

    def figures(self, span: Span) -> Mapping[int, Figures]:
        """Return the figures of the agencies in charge, sealed incidents counted; six queries."""
        period = periods.Period(periods.CHOSEN, span.first, span.last)
        found: dict[int, dict[str, Any]] = defaultdict(dict)
        for agency, times in response.response(period).agencies.items():
            if agency is not None:
                reached = times.on_scene.n
                found[agency] = {
                    "received": times.incidents,
                    "answer": _spread(times.dispatch),
                    "done": _spread(times.on_scene),
                    "breached": Share(reached - times.met, reached),
                }
        rows = Incident.objects.filter(state__in=OPEN, agency__isnull=False).order_by()
        late = Counter(_late(rows).values())
        for agency, n in rows.values_list("agency").annotate(n=Count("id")):
            found[agency] |= {"open": n, "late": late[agency]}
        return {agency: Figures(**row) for agency, row in found.items()}

    def cases(self, user: Any, wanted: Wanted) -> Sequence[Case]:
        """Return the agency's incidents within the viewer's reach; of sealed ones nothing."""
        rows = _seen(user).filter(agency=wanted.agency_id)
        late = _late(rows.filter(state__in=OPEN).order_by())
        if wanted.query:
            place = Q(area__name__icontains=wanted.query)
            place |= Q(area__parent__name__icontains=wanted.query)
            rows = rows.filter(Q(number__icontains=wanted.query) | place)
        if wanted.only != "all":
            rows = rows.filter(state__in=OPEN)
        if wanted.only == "late":
            rows = rows.filter(pk__in=late)
        ordered = _shown(rows).order_by(*SORTS.get(wanted.sort, SORTS["oldest"]))
        return Cases(ordered, lambda row: _case(row, late=row.pk in late))

    def hidden(self, user: Any, agency_id: int) -> int:
        """Return how many open incidents of the agency are kept from the viewer; one query."""
        rows = Incident.objects.filter(agency=agency_id, state__in=OPEN).order_by()
        return rows.exclude(pk__in=_seen(user).order_by().values("pk")).count()

    def case(self, user: Any, reference: str) -> Summary | None:
        """Return one incident: kind, kelurahan and moments; no address, nothing that was told."""
        key = _uuid(reference)
        incident = _shown(_seen(user)).filter(uuid=key).first() if key else None
        if incident is None:
            return None
        facts = [
            (_("Urgency"), str(incident.category.get_urgency_display())),
            (_("Agency"), incident.agency.name if incident.agency else "–"),
        ]
        if incident.outcome:
            facts.append((_("Outcome"), incident.outcome.label))
        late = bool(_late(Incident.objects.filter(pk=incident.pk, state__in=OPEN)))
        url = reverse("emergency_desk:incident", args=[incident.uuid])
        return Summary(_case(incident, late=late), "", facts, _steps(incident), url)

    def signals(self, now: datetime) -> Sequence[Signal]:
        """Return the open incidents and the units that could go; two queries."""
        found, units = today.open_now(), today.units()
        return (
            Signal(
                _("Incidents without a unit"), number(found.waiting),
                gettext("of %(n)s open") % {"n": number(found.total)}, alarm=found.waiting > 0,
            ),
            Signal(
                _("Units free"), number(units.free),
                gettext("of %(n)s") % {"n": number(units.total)},
                alarm=units.total > 0 and not units.free,
            ),
        )  # fmt: skip

    def words(self, seconds: float) -> str:
        """Return minutes and seconds."""
        return spoken(seconds)


def _seen(user: Any) -> QuerySet[Incident]:
    """Return what is open to a viewer here; a sealed incident is read at the desk, if at all."""
    if not user.is_authenticated or not user.has_perm(reach.SEE):
        return Incident.objects.none()
    return reach.incidents(user).filter(sealed=False)


def _shown(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    rows = rows.select_related("category", "area__parent", "agency", "outcome")
    return rows.defer("area__boundary", "area__parent__boundary", "category__script")


def _late(rows: QuerySet[Incident]) -> dict[int, int | None]:
    """Return the incidents among open ones whose clock has run out, each with its agency."""
    late = (row for row in board.ordered(rows, timezone.now()) if row.clock)
    return {
        row.incident.pk: row.incident.agency_id for row in late
        if row.clock and row.clock.level == "late"
    }  # fmt: skip


def _case(incident: Incident, *, late: bool) -> Case:
    return Case(
        reference=str(incident.uuid), number=incident.number, title=incident.category.label,
        place=today.area_of(incident), status=incident.status, since=incident.created_at,
        agency_id=incident.agency_id, late=late and incident.state not in ENDED,
    )  # fmt: skip


def _steps(incident: Incident) -> list[Step]:
    rows = Stamp.objects.filter(incident=incident, what__in=timeline.TIMED)
    looks = [(row.at, timeline.LOOKS[row.what]) for row in clocks.effective(rows.defer("text"))]
    return [Step(at, str(word), colour, icon) for at, (word, icon, colour) in looks]


def _spread(found: response.Spread) -> Spread:
    return Spread(found.n, found.p50, found.p90)


def _uuid(reference: str) -> UUID | None:
    try:
        return UUID(reference)
    except ValueError:
        return None
