"""Whether a region may add own domains."""

from typing import Final

from balai import context
from provisioning.models import BillingAccount
from tenants.states import State

FAMILY: Final = "plus"


def includes_domains(region: context.Region) -> bool:
    """Tell whether new own domains may be added; those that are there stay, whatever is paid.

    Plus includes them, and the sandbox in which a region tries everything out. A name serves
    nobody there either before its owner has proved it in the DNS.
    """
    if region.state == State.SANDBOX:
        return True
    with context.platform():
        return BillingAccount.objects.filter(region_id=region.id, plan__family=FAMILY).exists()
