"""What a report's page tells beside the report: what to look at, and which case it belongs to."""

from django import template
from django.template.context import Context

from modules.complaints import access, rights, suspicion, workflow
from modules.complaints.models import Complaint
from modules.complaints.selectors import family

register = template.Library()


@register.simple_tag
def suspicions_of(report: Complaint) -> list[str]:
    """``{% suspicions_of report as reasons %}``: why somebody should read it first, in words."""
    return suspicion.told(report.suspicions)


@register.simple_tag(takes_context=True)
def may_verify(context: Context, report: Complaint) -> bool:
    """``{% may_verify report as may %}``: whether the officer decides what becomes public."""
    return rights.has(context["request"].user, workflow.VERIFY, report)


@register.simple_tag
def public_case_of(report: Complaint) -> Complaint | None:
    """``{% public_case_of report as main %}``: the case of a duplicate, if everybody may see it."""
    main = family.root(report)
    return main if main.pk != report.pk and access.is_listed(main) else None


@register.simple_tag
def joined_to(report: Complaint) -> int:
    """``{% joined_to report as joined %}``: how many public reports were joined to a case."""
    return family.public_members(report)
