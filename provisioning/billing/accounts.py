"""A region's billing account: found, made, and told whom to invoice."""

from typing import Any

from django.db import transaction

from balai import audit, context
from provisioning.models import BillingAccount, Plan
from provisioning.opening.made import by_schema
from tenants.models import Region

FIRST_PLAN = "sandbox"
FREE_PLAN = "pilot"
"""What a region has when its paid plan has ended: the public's essentials, free of charge."""


def of(region: context.Region) -> BillingAccount:
    """Return the account; a region that never chose has an unsaved one in the sandbox's plan."""
    with context.platform():
        found = (
            BillingAccount.objects.select_related("plan", "next_plan", "region")
            .filter(region_id=region.id)
            .first()
        )
        return found or BillingAccount(
            region=Region.objects.get(pk=region.id), plan=Plan.objects.get(slug=FIRST_PLAN)
        )


def locked(region_id: int) -> BillingAccount:
    """Return the account for writing, made when it is missing. Runs on the platform."""
    plan = Plan.objects.get(slug=FIRST_PLAN)
    BillingAccount.objects.get_or_create(region_id=region_id, defaults={"plan": plan})
    return (
        BillingAccount.objects.select_for_update(of=("self",))
        .select_related("plan", "next_plan", "region")
        .get(region_id=region_id)
    )


def region_of(account: BillingAccount) -> context.Region:
    """Return the account's region as modules see it. Raises GoneError when it has ended."""
    return by_schema(account.region.schema_name)


@transaction.atomic
def set_details(region: context.Region, **fields: Any) -> BillingAccount:
    """Keep whom to invoice: ``legal_name``, ``npwp``, ``address``, ``email``, ``population``."""
    with context.platform():
        account = locked(region.id)
        changed = [name for name, value in fields.items() if getattr(account, name) != value]
        for name in changed:
            setattr(account, name, fields[name])
        if changed:
            account.save(update_fields=changed)
    if changed:
        with context.crossing(), context.region_context(region):
            audit.record(action="billing.details_changed", after={"fields": changed})
    return account
