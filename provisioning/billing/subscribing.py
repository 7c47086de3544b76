"""Ordering, changing and ending a plan that Stripe invoices."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import context
from provisioning.billing import accounts, changing, facts, gateway, mirror, prices
from provisioning.models import BillingAccount, Plan


def runs(region: context.Region) -> bool:
    """Tell whether Stripe invoices the region, after asking: what we know may be old.

    Raises:
        GatewayError: when Stripe cannot be asked.
    """
    with context.platform():
        account = accounts.of(region)
        if not account.stripe_customer or not gateway.configured():
            return False
        mirror.converge(account.stripe_customer)
        return accounts.of(region).stripe_status in changing.LIVE


def checkout(region: context.Region, plan: Plan, *, back: str) -> str:
    """Return Stripe's page on which the plan is subscribed to; it holds once it is paid.

    Raises:
        ValidationError: when the region may not choose it, or a period is running.
        GatewayError: when Stripe cannot be asked.
    """
    with context.platform():
        account = _customer(region, plan)
        return gateway.checkout(account, prices.sync(plan), back=back)


def by_invoice(region: context.Region, plan: Plan) -> None:
    """Subscribe to a plan whose invoices Stripe mails, to be paid after they come.

    Raises:
        ValidationError, GatewayError: as for :func:`checkout`.
    """
    with context.platform():
        account = _customer(region, plan)
        order = f"{plan.slug}-{timezone.localdate():%Y%m%d}"
        gateway.subscribe(account, prices.sync(plan), order=order)
        mirror.converge(account.stripe_customer or "")


def change(region: context.Region, plan: Plan) -> None:
    """Give the running subscription another plan; a free one ends it with its period.

    Raises:
        ValidationError: when the region may not choose it, or nothing runs at Stripe.
        GatewayError: when Stripe cannot be asked.
    """
    with context.platform():
        account = accounts.of(region)
        changing.check(account, plan)
        running = _running(account)
        if not plan.price:
            gateway.end_with_period(running)
        elif (plan.price or 0) >= (account.plan.price or 0):
            gateway.reprice(running, prices.sync(plan))
        else:
            until = running.period_until or timezone.localdate()
            zone = ZoneInfo(region.timezone)
            gateway.reprice(running, prices.sync(plan), keep=account.plan.slug,
                            keep_until=datetime.combine(until, time.min, zone))  # fmt: skip
        mirror.converge(account.stripe_customer or "")


def portal(region: context.Region, *, back: str) -> str:
    """Return Stripe's page for payment methods and receipts.

    Raises:
        ValidationError: for a region that never ordered there.
        GatewayError: when Stripe cannot be asked.
    """
    with context.platform():
        account = accounts.of(region)
        if not account.stripe_customer:
            raise ValidationError(_("Nothing was ordered at Stripe."))
        return gateway.portal(account, back=back)


def _customer(region: context.Region, plan: Plan) -> BillingAccount:
    """Return the account with its customer, brought in line; nothing may run yet."""
    with transaction.atomic():
        account = accounts.locked(region.id)
        changing.check(account, plan)
        if not plan.price:
            raise ValidationError(_("A free plan is not ordered at Stripe."))
        customer = gateway.ensure_customer(account)
    mirror.converge(customer)
    account = accounts.of(region)
    if account.stripe_status in changing.LIVE:
        raise ValidationError(_("Your subscription runs at Stripe; change it there."))
    if account.period_until and account.period_until > timezone.localdate() and account.plan.price:
        raise ValidationError(
            _("Your paid period has not ended: until then plans are ordered by invoice.")
        )
    return account


def _running(account: BillingAccount) -> facts.Subscription:
    now = gateway.snapshot(account.stripe_customer) if account.stripe_customer else None
    for one in now.subscriptions if now else ():
        if one.key == account.stripe_subscription and one.status in changing.LIVE:
            return one
    raise ValidationError(_("No subscription is running at Stripe."))
