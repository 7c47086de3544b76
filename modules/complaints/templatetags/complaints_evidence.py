"""The validator's view of evidence."""

from collections.abc import Sequence

from django import template
from django.template.context import Context

from modules.complaints import evidence_words, rights, workflow
from modules.complaints.models import Complaint, Flag, Photo
from modules.complaints.selectors import audits, panel

register = template.Library()


@register.simple_tag(takes_context=True)
def evidence_of(context: Context, report: Complaint, photos: Sequence[Photo]) -> panel.Panel | None:
    """``{% evidence_of report photos as evidence %}``: for those who check evidence, else None."""
    user = context["request"].user
    return panel.of(report, photos, user) if rights.has(user, workflow.VALIDATE, report) else None


@register.simple_tag
def audit_waits(report: Complaint) -> bool:
    """``{% audit_waits report as waits %}``: whether a closed report waits for a second look."""
    return report.closed_at is not None and audits.is_waiting(report)


@register.filter
def flag_reason(flag: Flag) -> str:
    """``{{ flag|flag_reason }}``: why it was set, with its figures."""
    return evidence_words.reason(flag)
