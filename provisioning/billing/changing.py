"""Another plan: a dearer one at once, a cheaper one when the paid period ends; and renewals."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import audit, context
from provisioning.billing import accounts, entitlements, invoices, letters
from provisioning.models import BillingAccount, PaidBy, Plan
from provisioning.opening.made import GoneError
from tenants.states import State

LIVE: Final = frozenset({"active", "trialing", "past_due", "unpaid", "paused"})
"""Stripe's states of a subscription that runs: then Stripe invoices, and we do not."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What choosing a plan would mean: from when, until when, and for how much now."""

    at_once: bool
    starts: date
    until: date | None
    now: int


def terms(account: BillingAccount, plan: Plan, today: date) -> Terms:
    """Return from when ``plan`` would hold and what would be invoiced now, before tax.

    Within a paid period a dearer plan costs the difference for the days that are left; a cheaper
    one begins with the next period. Whole rupiah, rounded down.
    """
    price, present = plan.price or 0, account.plan.price or 0
    until, began = account.period_until, account.period_from
    if until and began and today < until and present:
        if price < present:
            return Terms(at_once=False, starts=until, until=None, now=0)
        days, left = (until - began).days, (until - today).days
        return Terms(at_once=True, starts=today, until=until, now=(price - present) * left // days)
    return Terms(
        at_once=True, starts=today, until=a_year_after(today) if price else None, now=price
    )


def check(account: BillingAccount, plan: Plan) -> None:
    """Raise ValidationError unless the region may choose ``plan`` by itself."""
    if not plan.offered:
        raise ValidationError(_("This plan is no longer offered."))
    if plan.price is None:
        raise ValidationError(_("This plan is by offer: ask the operator of the platform."))
    if plan.slug == accounts.FIRST_PLAN and account.region.state != State.SANDBOX:
        raise ValidationError(_("The sandbox is for regions that are not live yet."))
    if plan.price and account.population is None:
        raise ValidationError(_("Tell us the number of inhabitants first."))
    if plan.price and not plan.fits(account.population or 0):
        raise ValidationError(_("This plan is for another number of inhabitants."))


@transaction.atomic
def choose(
    region: context.Region, plan: Plan, *, po_number: str = "", today: date | None = None
) -> BillingAccount:
    """Order a plan to be paid by invoice. Choosing the present one again takes an order back.

    Raises:
        ValidationError: when the region may not choose it, or Stripe invoices the present one.
    """
    day = today or timezone.localdate()
    with context.platform():
        account = accounts.locked(region.id)
        check(account, plan)
        if account.stripe_status in LIVE:
            raise ValidationError(_("Your subscription runs at Stripe; change it there."))
        before = slugs(account)
        agreed = terms(account, plan, day)
        if agreed.at_once:
            _begin(account, plan, agreed, po_number)
        else:
            account.next_plan = plan
            account.save(update_fields=["next_plan"])
        if slugs(account) != before:
            announce(account, before)
    return account


@transaction.atomic
def renew(account: BillingAccount, today: date) -> BillingAccount:
    """Begin the next period of an account that is paid by invoice, when its day has come.

    A plan by offer is not renewed by itself: an operator writes its invoice.
    """
    account = accounts.locked(account.region_id)
    until, plan = account.period_until, account.next_plan or account.plan
    if until is None or today < until or account.stripe_status in LIVE or plan.price is None:
        return account
    if account.region.state in (State.CLOSING, State.CLOSED):
        return account
    before = slugs(account)
    ends = a_year_after(until) if plan.price else None
    _begin(account, plan, Terms(True, until, ends, plan.price), "", day=today)
    if slugs(account) != before:
        announce(account, before)
    return account


@transaction.atomic
def agree(told: BillingAccount, *, changed: bool) -> BillingAccount:
    """Keep what an operator agreed on with a region: plan, period, whom to invoice.

    No invoice is written: the operator writes it, over the amount agreed on.

    Args:
        told: an account with the new values; it need not be saved.
        changed: whether its plan is another one than before.
    """
    account = accounts.locked(told.region_id)
    before = slugs(account)
    for name in ("plan", "period_from", "period_until", "population", "legal_name", "npwp",
                 "address", "email"):  # fmt: skip
        setattr(account, name, getattr(told, name))
    if changed:
        account.next_plan, account.chosen_at = None, timezone.now()
    account.save()
    told.pk = account.pk
    audit.record(action="billing.agreed", target=str(account.region_id), before=before,
                 after=slugs(account))  # fmt: skip
    if slugs(account) != before:
        announce(account, before)
    return account


def _begin(
    account: BillingAccount, plan: Plan, agreed: Terms, po_number: str, day: date | None = None
) -> None:
    """Let a plan hold from now on, and invoice what it costs until the period ends."""
    went_on = agreed.until is not None and agreed.until == account.period_until
    account.plan, account.next_plan, account.paid_by = plan, None, PaidBy.INVOICE
    account.chosen_at = timezone.now()
    if not went_on:
        account.period_from = agreed.starts if agreed.until else None
        account.period_until = agreed.until
    account.save()
    if agreed.now:
        text = f"Langganan Balai: {plan.name_id}"  # invoices are Indonesian
        invoices.issue(
            region_id=account.region_id, text=text, net=agreed.now, period_from=agreed.starts,
            period_until=agreed.until, po_number=po_number, today=day or agreed.starts,
        )  # fmt: skip


def announce(account: BillingAccount, before: dict[str, str]) -> None:
    """Let a changed plan take effect in its region: audit, modules, a letter to the admins."""
    try:
        region = accounts.region_of(account)
    except GoneError:
        return
    letters.plan_changed(account, region)
    with context.crossing(), context.region_context(region):
        audit.record(action="billing.plan_changed", before=before, after=slugs(account))
    entitlements.apply(account, region)


def slugs(account: BillingAccount) -> dict[str, str]:
    """Return the plans of an account, for the audit log."""
    return {
        "plan": account.plan.slug,
        "next": account.next_plan.slug if account.next_plan else "",
    }


def a_year_after(day: date) -> date:
    """Return the same day of the next year; 1 March after a 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
