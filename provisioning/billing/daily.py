"""What the daily round does for one account, and for all on a plan. Repeating changes nothing."""

from django.utils import timezone

from balai.away import passed_over
from provisioning.billing import changing, dues, entitlements, gateway, mirror
from provisioning.models import BillingAccount, Plan


def look_after(pk: int) -> None:
    """Renew, ask Stripe again, bring modules in line, and tell the life cycle what is owed.

    Raises:
        GatewayError: when Stripe cannot be asked; the rest has been done then.
    """
    account = BillingAccount.objects.select_related("plan", "next_plan", "region").get(pk=pk)
    account = changing.renew(account, timezone.localdate())
    entitlements.apply(account)
    try:
        if account.stripe_customer and gateway.configured():
            mirror.converge(account.stripe_customer)
    finally:
        dues.settle(account.region_id)


def apply_plan(plan: Plan) -> None:
    """Bring the modules of every region on a plan in line with it."""
    for account in BillingAccount.objects.select_related("plan", "region").filter(plan=plan):
        with passed_over(account.region.slug):  # the daily round makes up for it
            entitlements.apply(account)
