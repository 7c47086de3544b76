"""Offer an agency for a report, and change the rules that do so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from balai import audit
from balai.directory.models import Agency
from modules.complaints.models import Complaint, Entry, RoutingRule
from modules.complaints.selectors import rules as rulebook, tryout
from modules.complaints.selectors.rules import Rule
from modules.complaints.workflow import NotAllowed

if TYPE_CHECKING:
    from modules.complaints.models import Category

__all__ = ["Suggestion", "explain", "replace", "suggest"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The agency a report is offered to, None for the coordinator; ``reason`` says why."""

    agency: Agency | None
    rule: Rule | None
    reason: str


def suggest(complaint: Complaint) -> Suggestion:
    """Return the agency of the first rule that fits, else the kind's, else the coordinator.

    An agency that has said "not ours" of this very report is not offered it again.
    """
    known = tryout.agencies()
    refused = _refused(complaint)
    usable = [
        rule for rule in tryout.usable(rulebook.current(), known) if rule.agency not in refused
    ]
    rule = rulebook.first(usable, rulebook.case_of(complaint))
    pk = tryout.offer(complaint, rule, known)
    if pk in refused:
        name = known.names.get(pk or 0, "")
        return Suggestion(None, None, _("%(agency)s said: not ours.") % {"agency": name})
    agency = Agency.objects.filter(pk=pk).first() if pk else None
    return Suggestion(agency, rule, _reason(complaint, rule, agency))


def explain(complaint: Complaint, *, category: "Category", agency: Agency) -> str:
    """Return the sentence for the public history when a rule sends a report to ``agency``.

    Args:
        complaint: the report before it is routed.
        category: the kind the verifier chose, which may be another.

    Returns:
        A text in the region's language; "" when no rule with this agency fits. Names of rules
        and their words stay inside.
    """
    case = rulebook.case_of(complaint, category=category)
    rule = rulebook.first(tryout.usable(rulebook.current(), tryout.agencies()), case)
    if rule is None or rule.agency != agency.pk:
        return ""
    row = RoutingRule.objects.select_related("category", "area").get(uuid=rule.uuid)
    with translation.override(settings.LANGUAGE_CODE):
        about = [row.category.label if row.category else "", row.area.label if row.area else ""]
        told = ", ".join(part for part in about if part)
        if not told:
            return _("By the region's routing rule.")
        return _("By the region's routing rule for: %(what)s.") % {"what": told}


@transaction.atomic
def replace(*, rules: Sequence[Rule], expected: str, what: str) -> list[Rule]:
    """Put ``rules`` in the place of the region's rules; return those there were.

    Args:
        rules: all of them, in their order. A rule that was deleted may come back.
        expected: the fingerprint of the rules as the admin saw them.
        what: "added", "changed", "deleted", "moved" or "undone", for the audit log.

    Raises:
        NotAllowed: when somebody else changed the rules in the meantime.
    """
    _lock()
    before = rulebook.current()
    if rulebook.fingerprint(before) != expected:
        raise NotAllowed(_("Somebody else changed the rules in the meantime. Look at them again."))
    RoutingRule.objects.exclude(uuid__in=[rule.uuid for rule in rules]).delete()
    for position, rule in enumerate(rules):
        RoutingRule.objects.update_or_create(
            uuid=rule.uuid,
            defaults={
                "position": position,
                "name": rule.name,
                "category_id": rule.category,
                "area_id": rule.area,
                "words": rule.words,
                "agency_id": rule.agency,
                "active": rule.active,
            },
        )
    audit.record(
        action=f"complaints.rules_{what}",
        before={"rules": rulebook.as_json(before)}, after={"rules": rulebook.as_json(rules)},
    )  # fmt: skip
    return before


def _lock() -> None:
    """Let one admin at a time change the rules, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('complaints.rules.' || current_schema()))"
        )


def _refused(complaint: Complaint) -> set[int | None]:
    if not complaint.refusals:
        return set()
    said = Entry.objects.filter(complaint=complaint, move="refuse", agency__isnull=False)
    return set(said.values_list("agency_id", flat=True))


def _reason(complaint: Complaint, rule: Rule | None, agency: Agency | None) -> str:
    if rule is not None:
        words = _("Rule: %(rule)s.") if agency else _("Rule: %(rule)s. You decide.")
        return words % {"rule": rule.name}
    if agency is None:
        return _("No rule fits: you decide.")
    if agency.pk == complaint.category.agency_id:
        return _("The agency of this kind of problem.")
    return _("The kelurahan of this place goes first.")
