"""What other rules would have done with the last reports, before anybody saves them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from balai.directory.models import Agency
from modules.complaints import conf
from modules.complaints.models import Complaint
from modules.complaints.selectors.rules import Rule, case_of, first

LOOK_AT = 1000
SHOW = 100


@dataclass(frozen=True, slots=True)
class Moved:
    """A report that would have been offered to another agency; "" is the coordinator."""

    complaint: Complaint
    before: str
    after: str


@dataclass(slots=True)
class Tryout:
    """The outcome. ``agreed`` count reports whose agency is the one officers chose in the end."""

    looked_at: int = 0
    moved: int = 0
    decided: int = 0
    agreed_before: int = 0
    agreed_after: int = 0
    shown: list[Moved] = field(default_factory=list)
    flows: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def largest(self) -> list[tuple[str, str, int]]:
        """The ways (from, to, how many), the widest first."""
        return [(before, after, count) for (before, after), count in self.flows.most_common()]


@dataclass(frozen=True, slots=True)
class Agencies:
    """The agencies in service by pk, and the offices of kelurahan by area."""

    names: dict[int, str]
    of_area: dict[int, int]


def agencies() -> Agencies:
    """Return the agencies that can be given work; one query."""
    rows = list(Agency.objects.filter(active=True).order_by("pk"))
    offices = (row for row in rows if row.kind == Agency.Kind.KELURAHAN and row.area_id)
    return Agencies(
        {row.pk: row.short_name or row.name for row in rows},
        {row.area_id: row.pk for row in offices if row.area_id},
    )


def usable(rules: Sequence[Rule], known: Agencies) -> list[Rule]:
    """Return the rules without those whose agency has been closed."""
    return [rule for rule in rules if rule.agency is None or rule.agency in known.names]


def offer(complaint: Complaint, rule: Rule | None, known: Agencies) -> int | None:
    """Return the pk of the agency a report is offered to: rule, kelurahan, kind; or None."""
    if rule is not None:
        return rule.agency
    office = known.of_area.get(complaint.area_id or 0)
    if office and complaint.latitude is not None and conf.current().village_first:
        return office
    pk = complaint.category.agency_id
    return pk if pk in known.names else None


def run(reports: QuerySet[Complaint], before: Sequence[Rule], after: Sequence[Rule]) -> Tryout:
    """Compare two sets of rules over the newest :data:`LOOK_AT` of ``reports``; two queries.

    Args:
        reports: those the admin may see.
        before: the rules as they are.
        after: the rules as they would be.
    """
    known, outcome = agencies(), Tryout()
    old, new = usable(before, known), usable(after, known)
    for complaint in _newest(reports):
        case = case_of(complaint)
        was = offer(complaint, first(old, case), known)
        would = offer(complaint, first(new, case), known)
        outcome.looked_at += 1
        if complaint.agency_id:
            outcome.decided += 1
            outcome.agreed_before += was == complaint.agency_id
            outcome.agreed_after += would == complaint.agency_id
        if was != would:
            _note(
                outcome, complaint, known.names.get(was or 0, ""), known.names.get(would or 0, "")
            )
    return outcome


def _newest(reports: QuerySet[Complaint]) -> Iterator[Complaint]:
    rows = reports.filter(erased_at=None).select_related("category", "area")
    fields = ("number", "title", "text", "landmark", "latitude", "area", "district", "agency",
              "category__parent", "category__agency", "area__parent")  # fmt: skip
    yield from rows.only(*fields).order_by("-created_at", "-id")[:LOOK_AT]


def _note(outcome: Tryout, complaint: Complaint, before: str, after: str) -> None:
    outcome.moved += 1
    outcome.flows[before, after] += 1
    if len(outcome.shown) < SHOW:
        outcome.shown.append(Moved(complaint, before, after))
