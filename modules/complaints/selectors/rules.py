"""Routing rules as data, and which of them a report fits."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from modules.complaints import stems
from modules.complaints.models import Category, Complaint, RoutingRule


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule without its row: it can be tried out before it is saved. Ids; None means any."""

    uuid: UUID
    name: str
    category: int | None = None
    area: int | None = None
    words: str = ""
    agency: int | None = None
    active: bool = True

    @cached_property
    def phrases(self) -> list[list[str]]:
        """The words and phrases of which one is enough."""
        return stems.phrases(self.words)

    def fits(self, case: "Case") -> bool:
        """Tell whether kind, area and words of a report are those of the rule."""
        return (
            self.active
            and (self.category is None or self.category in case.categories)
            and (self.area is None or self.area in case.areas)
            and (not self.phrases or any(stems.contains(case.words, one) for one in self.phrases))
        )


@dataclass(frozen=True)
class Case:
    """What rules ask of a report: its kind and its group, its area and kecamatan, its words."""

    categories: frozenset[int]
    areas: frozenset[int]
    text: str

    @cached_property
    def words(self) -> list[str]:
        """The words, taken apart only when a rule asks for them."""
        return stems.words(self.text)


def case_of(complaint: Complaint, category: Category | None = None) -> Case:
    """Return what rules ask of ``complaint``; its kind and area should be loaded with it.

    Args:
        category: the kind to judge it by; its own by default.
    """
    kind = category or complaint.category
    kinds = (kind.pk, kind.parent_id)
    parent = complaint.area.parent_id if complaint.area else None
    places = (complaint.area_id, complaint.district_id, parent)
    return Case(
        frozenset(pk for pk in kinds if pk),
        frozenset(pk for pk in places if pk),
        f"{complaint.title} {complaint.text} {complaint.landmark}",
    )


def first(rules: Iterable[Rule], case: Case) -> Rule | None:
    """Return the first rule that fits, or None."""
    return next((rule for rule in rules if rule.fits(case)), None)


def current() -> list[Rule]:
    """Return the region's rules in their order; one query."""
    return [
        Rule(
            uuid=row.uuid,
            name=row.name,
            category=row.category_id,
            area=row.area_id,
            words=row.words,
            agency=row.agency_id,
            active=row.active,
        )
        for row in RoutingRule.objects.all()
    ]


def rows() -> list[RoutingRule]:
    """Return the rules with the names a page shows."""
    found = RoutingRule.objects.select_related("category", "area__parent", "agency")
    return list(found.defer("area__boundary", "area__parent__boundary"))


def changed(rules: Sequence[Rule], rule: Rule) -> list[Rule]:
    """Return ``rules`` with ``rule`` in the place of its namesake, else at the end."""
    if any(other.uuid == rule.uuid for other in rules):
        return [rule if other.uuid == rule.uuid else other for other in rules]
    return [*rules, rule]


def without(rules: Sequence[Rule], uuid: UUID) -> list[Rule]:
    """Return ``rules`` without the one called ``uuid``."""
    return [rule for rule in rules if rule.uuid != uuid]


def shifted(rules: Sequence[Rule], uuid: UUID, step: int) -> list[Rule]:
    """Return ``rules`` with one of them ``step`` places further down (up when negative)."""
    order = list(rules)
    at = next(place for place, rule in enumerate(order) if rule.uuid == uuid)
    order.insert(max(0, min(len(order) - 1, at + step)), order.pop(at))
    return order


def fingerprint(*sets: Sequence[Rule]) -> str:
    """Return a short mark that differs whenever a rule or their order differs."""
    told = json.dumps([as_json(rules) for rules in sets], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def as_json(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """Return the rules as plain values, for a session."""
    return [{**asdict(rule), "uuid": str(rule.uuid)} for rule in rules]


def from_json(stored: Iterable[Mapping[str, Any]]) -> list[Rule]:
    """Return the rules that :func:`as_json` made plain."""
    return [Rule(**{**row, "uuid": UUID(row["uuid"])}) for row in stored]
