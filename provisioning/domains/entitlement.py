"""Whether a region's plan includes own domains."""

from typing import Final

from balai import context
from provisioning.models import BillingAccount

FAMILY: Final = "plus"


def includes_domains(region_id: int) -> bool:
    """Tell whether new own domains may be added; those that are there stay, whatever is paid."""
    with context.platform():
        return BillingAccount.objects.filter(region_id=region_id, plan__family=FAMILY).exists()
