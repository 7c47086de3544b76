"""Whether a region's plan includes own domains."""

from typing import Final

from balai import context
from provisioning.models import Opening, Plan

FAMILY: Final = "plus"


def plan_of(region_id: int) -> Plan | None:
    """Return the plan that the region chose, or None while it has none but the sandbox."""
    with context.platform():
        slugs = Opening.objects.filter(region_id=region_id).exclude(plan="")
        slug = slugs.order_by("-pk").values_list("plan", flat=True).first()
        return Plan.objects.filter(slug=slug).first() if slug else None


def includes_domains(region_id: int) -> bool:
    """Tell whether new own domains may be added; those that are there stay, whatever is paid."""
    plan = plan_of(region_id)
    return plan is not None and plan.family == FAMILY
