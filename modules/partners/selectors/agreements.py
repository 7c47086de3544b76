"""Institutions with what was agreed with them, for the console and for who shares."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from modules.partners import sources
from modules.partners.models import Cooperation, Partner, SharingRule
from modules.partners.selectors.reach import in_force
from modules.partners.sources import Facts


def partners() -> list[Partner]:
    """Return all institutions with their co-operations, the last to end first; two queries."""
    rows = Cooperation.objects.order_by("-ends_on", "-id")
    return list(Partner.objects.prefetch_related(Prefetch("cooperations", queryset=rows)))


def partner(reference: UUID) -> Partner | None:
    """Return one institution."""
    return Partner.objects.select_related("api_key").filter(uuid=reference).first()


def cooperation(reference: UUID) -> Cooperation | None:
    """Return one co-operation with its partner."""
    return Cooperation.objects.select_related("partner").filter(uuid=reference).first()


def living() -> QuerySet[Cooperation]:
    """Return the co-operations in force today."""
    return Cooperation.objects.filter(in_force(before="")).select_related("partner")


def covering(source: str, facts: Facts) -> list[Cooperation]:
    """Return the co-operations in force whose categories and areas cover a case; one query."""
    rows = living().order_by("partner__short_name", "id")
    return [row for row in rows if covers(row, source, facts)]


def covers(cooperation: Cooperation, source: str, facts: Facts) -> bool:
    """Tell whether a case is of a kind and a place that was agreed on."""
    if facts.category not in cooperation.categories.get(source, []):
        return False
    return within(cooperation.areas, facts)


def within(areas: Sequence[str], facts: Facts) -> bool:
    """Tell whether a case lies in one of some areas; none means everywhere."""
    return not areas or bool(set(areas) & set(facts.areas))


def rules(source: str, moment: str) -> list[SharingRule]:
    """Return the rules that apply to a source's cases at a moment, of papers in force."""
    rows = SharingRule.objects.filter(
        in_force(before="cooperation__"), source=source, moment=moment, active=True
    )
    return list(rows.select_related("cooperation__partner"))


def matches(rule: SharingRule, facts: Facts) -> bool:
    """Tell whether a rule wants a case, and its co-operation still allows it.

    What has ended meanwhile is not shared any more, and a sample never by itself.
    """
    if facts.sample or not facts.open:
        return False
    wanted = not rule.categories or facts.category in rule.categories
    covered = covers(rule.cooperation, rule.source, facts)
    return wanted and covered and within(rule.areas, facts)


def ending_within(days: int, today: date | None = None) -> list[Cooperation]:
    """Return the co-operations in force whose last day is at most ``days`` away."""
    today = today or timezone.localdate()
    rows = Cooperation.objects.filter(in_force(today, before="")).select_related("partner")
    return list(rows.filter(ends_on__lte=today + timedelta(days=days)).order_by("ends_on", "id"))


def scope(cooperation: Cooperation) -> list[tuple[str, list[str], list[str]]]:
    """Return (source's name, labels of categories, labels of fields) of what was agreed."""
    told = []
    for slug, source in sources.active().items():
        chosen = set(cooperation.categories.get(slug, []))
        kinds = [kind.label for kind in source.contract.case_kinds() if kind.slug in chosen]
        keys = cooperation.fields.get(slug, [])
        if kinds:
            told.append((str(source.label), kinds, [str(x) for x in sources.fields(slug, keys)]))
    return told
