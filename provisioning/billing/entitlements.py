"""What a plan switches: modules come and go with it, visibly; their data stay."""

from dataclasses import dataclass

from django.utils.functional import Promise

from balai import context
from balai.modules import registry
from provisioning.billing import accounts, letters
from provisioning.models import BillingAccount, Plan
from provisioning.opening.made import GoneError
from tenants import activation


@dataclass(frozen=True, slots=True)
class Difference:
    """What another plan would bring: module names that come, and that go dark."""

    comes: list[str | Promise]
    goes: list[str | Promise]


def difference(region: context.Region, now: Plan, then: Plan) -> Difference:
    """Compare two plans for a region; what it has switched off itself does not go dark."""
    has, will = now.entitled, then.entitled
    modules = registry.installed()
    return Difference(
        comes=[registry.label(m) for m in modules if m.slug in will - has],
        goes=[
            registry.label(m)
            for m in modules
            if m.slug in has - will and m.slug in region.active_modules
        ],
    )


def apply(account: BillingAccount, region: context.Region | None = None) -> list[str]:
    """Bring a region's modules in line with its plan; return the slugs that went dark.

    The region's admins are mailed what went. 112 and complaints are in every plan.

    Args:
        region: the account's, where the caller has it.
    """
    try:
        region = region or accounts.region_of(account)
    except GoneError:
        return []
    dark = activation.allow(region, account.plan.entitled, reason=account.plan.slug)
    if dark:
        letters.modules_gone(account, region, dark)
    return dark
