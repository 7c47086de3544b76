"""A region's account brought in line with what Stripe's API says now, whatever was missed.

The outcome depends on the API's present state and on what was ordered here, never on which
events came, how often, or in which order. Nothing is deleted; no state of a region is set.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import structlog
from django.db import transaction
from django.utils import timezone

from provisioning.billing import accounts, changing, dues, gateway
from provisioning.billing.facts import Bill, Snapshot, Subscription
from provisioning.models import BillingAccount, Invoice, InvoiceState, PaidBy, Plan

log = structlog.get_logger(__name__)

STATES: Final = {
    "open": InvoiceState.OPEN,
    "uncollectible": InvoiceState.OPEN,  # Stripe has given up collecting; it is still owed
    "paid": InvoiceState.PAID,
    "void": InvoiceState.CANCELLED,
}
NOT_BEGUN: Final = frozenset({"incomplete", "incomplete_expired"})


@dataclass(frozen=True, slots=True)
class Truth:
    """What an account should say. ``plan`` is None where Stripe has no say in it."""

    plan: str | None
    next: str = ""
    period_from: date | None = None
    period_until: date | None = None
    subscription: str = ""
    status: str = ""


def read(now: Snapshot, *, chosen_at: datetime | None, moment: datetime) -> Truth:
    """Work out what a snapshot means.

    The newest subscription that runs decides. When all have ended after the last order by
    invoice the region has the free plan; one that never began has no say.

    Args:
        chosen_at: when a plan was last ordered by invoice.
        moment: now, for the plan that is kept until a paid period ends.
    """
    running = [one for one in now.subscriptions if one.status in changing.LIVE]
    if running:
        return _running(max(running, key=lambda one: (one.made_at, one.key)), moment)
    ended = [one for one in now.subscriptions if one.status == "canceled" and one.ended_at]
    last = max(ended, key=lambda one: (one.ended_at or one.made_at, one.key), default=None)
    if last is not None and (chosen_at is None or (last.ended_at or chosen_at) > chosen_at):
        return Truth(accounts.FREE_PLAN, subscription=last.key, status=last.status)
    waiting = max(now.subscriptions, key=lambda one: one.made_at, default=None)
    return Truth(None, status=waiting.status if waiting else "")


def _running(one: Subscription, moment: datetime) -> Truth:
    kept = bool(one.keep and one.keep_until and moment < one.keep_until)
    then = one.plan if kept else ""
    return Truth(
        plan=one.keep if kept else one.plan,
        next=accounts.FREE_PLAN if one.ends else then,
        period_from=one.period_from,
        period_until=one.period_until,
        subscription=one.key,
        status=one.status,
    )


@transaction.atomic
def converge(customer: str) -> bool:
    """Ask the API about a customer and write down what it says. Runs on the platform.

    The account stays locked from before the question until the answer is written, so that an
    older answer never overwrites a newer one.

    Returns:
        Whether the customer is one of ours.

    Raises:
        GatewayError: when the API cannot be asked; nothing has changed then.
    """
    account = (
        BillingAccount.objects.select_for_update(of=("self",))
        .select_related("plan", "next_plan", "region")
        .filter(stripe_customer=customer)
        .first()
    )
    if account is None:
        return False
    now = gateway.snapshot(customer)
    if now.gone:
        _forget(account)
        return True
    _write_plan(account, read(now, chosen_at=account.chosen_at, moment=timezone.now()))
    if _write_bills(account, now):
        dues.settle(account.region_id)
    return True


def _forget(account: BillingAccount) -> None:
    """A customer deleted at Stripe: an operator looks at it; plan and invoices stay."""
    log.warning("billing.customer_gone", account=account.pk)
    account.stripe_status = "deleted"
    account.save(update_fields=["stripe_status"])


def _write_plan(account: BillingAccount, truth: Truth) -> None:
    before, was = changing.slugs(account), _mirrored(account)
    known = _plans(truth)
    account.stripe_status, account.stripe_subscription = truth.status, truth.subscription
    if truth.plan is not None and truth.plan in known:
        account.plan, account.next_plan = known[truth.plan], known.get(truth.next)
        account.period_from, account.period_until = truth.period_from, truth.period_until
        runs = truth.status in changing.LIVE
        account.paid_by = PaidBy.STRIPE if runs else PaidBy.INVOICE
    if _mirrored(account) != was:
        account.save()
    if changing.slugs(account) != before:
        changing.announce(account, before)


def _mirrored(account: BillingAccount) -> tuple[object, ...]:
    """Return what the API decides of an account."""
    return (
        account.plan_id, account.next_plan_id, account.period_from, account.period_until,
        account.paid_by, account.stripe_status, account.stripe_subscription,
    )  # fmt: skip


def _plans(truth: Truth) -> dict[str, Plan]:
    """Return the plans a truth names; one that is none of ours is left out and logged."""
    if truth.plan is None:
        return {}
    known = {plan.slug: plan for plan in Plan.objects.filter(slug__in=(truth.plan, truth.next))}
    if truth.plan not in known:
        log.warning("billing.unknown_plan", plan=truth.plan, subscription=truth.subscription)
    return known


def _write_bills(account: BillingAccount, now: Snapshot) -> bool:
    """Mirror Stripe's invoices; return whether any was new or changed.

    Drafts and those of a subscription that never began are left.
    """
    never = {one.key for one in now.subscriptions if one.status in NOT_BEGUN}
    bills = [bill for bill in now.bills if bill.status in STATES and bill.subscription not in never]
    kept = {row.stripe_id: row for row in Invoice.objects.filter(
        region_id=account.region_id, stripe_id__isnull=False)}  # fmt: skip
    changed = False
    for bill in bills:
        row = kept.get(bill.key) or Invoice(
            region_id=account.region_id, stripe_id=bill.key, buyer=account.legal_name
            or account.region.name, buyer_npwp=account.npwp, buyer_address=account.address,
        )  # fmt: skip
        if _fill(row, bill):
            row.save()
            changed = True
    for key in kept.keys() - {bill.key for bill in bills}:
        changed = _close(kept[key]) or changed
    return changed


def _fill(row: Invoice, bill: Bill) -> bool:
    """Write a bill's facts into a row; return whether any was new."""
    state = STATES[bill.status]
    told: dict[str, object] = {
        "number": bill.number, "state": state, "text": bill.text[:240], "net": bill.net,
        "tax": bill.tax, "total": bill.total, "issued_on": bill.issued_on, "due_on": bill.due_on,
        "url": bill.url, "paid_on": timezone.localdate(bill.paid_at) if bill.paid_at else None,
        "paid_amount": bill.total if state == InvoiceState.PAID else None,
    }  # fmt: skip
    new = row.pk is None or any(getattr(row, name) != value for name, value in told.items())
    for name, value in told.items():
        setattr(row, name, value)
    return new


def _close(row: Invoice) -> bool:
    """One that the API no longer tells of is owed no longer; the row stays."""
    if row.state != InvoiceState.OPEN:
        return False
    row.state = InvoiceState.CANCELLED
    row.save(update_fields=["state"])
    return True
