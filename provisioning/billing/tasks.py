"""Billing in the background: letters, the daily round, what Stripe told us."""

from datetime import timedelta
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone

from balai.audit.actor import acting_as
from balai.tasks import periodic_platform_task, platform_task
from provisioning.billing import daily, gateway, inbox, letters, prices
from provisioning.billing.reminders import stage_of, waiting
from provisioning.models import BillingAccount, Invoice, Plan


@platform_task(
    name="billing.send_letter", autoretry_for=(OSError, SMTPException), retry_backoff=30,
    retry_backoff_max=3600, max_retries=8,
)  # fmt: skip
def send_letter(pk: int, stage: str) -> None:
    """Mail one letter about an invoice, unless it has been sent or is no longer due.

    What a lost worker leaves undone the daily round sends again.
    """
    from provisioning.billing import pdf  # fpdf loads slowly, and few processes print

    with transaction.atomic():
        locked = Invoice.objects.select_for_update(of=("self",)).select_related("region")
        row = locked.get(pk=pk)
        if stage_of(row, timezone.localdate()) != stage:
            return
        letters.invoice(row, stage, pdf.render(row))
        row.told = [*row.told, stage]
        row.save(update_fields=["told"])


@periodic_platform_task(timedelta(hours=6))
def daily_round() -> int:
    """Send off what is to be done for each account, and the letters; return how many of these.

    It comes four times a day so that a round nobody ran is made up for on the same day.
    """
    for pk in BillingAccount.objects.values_list("pk", flat=True):
        look_after.delay(pk)
    letters_due = waiting(timezone.localdate())
    for pk, stage in letters_due:
        send_letter.delay(pk, stage)
    return len(letters_due)


@platform_task(name="billing.look_after")
def look_after(pk: int) -> None:
    """Do one account's daily round."""
    with acting_as("billing"):
        daily.look_after(pk)


@platform_task(name="billing.plan_edited")
def plan_edited(slug: str) -> None:
    """Bring the regions on an edited plan in line, and Stripe's price."""
    with acting_as("billing"):
        plan = Plan.objects.get(slug=slug)
        daily.apply_plan(plan)
        if gateway.configured():
            prices.sync(plan)


@platform_task(name="billing.process_event")
def process_event(event_id: str) -> None:
    """Act on one stored event."""
    with acting_as("Stripe"):
        inbox.process(event_id)


@periodic_platform_task(timedelta(minutes=1))
def process_waiting() -> int:
    """Act on events whose own task was lost or failed before; return how many."""
    with acting_as("Stripe"):
        return inbox.process_waiting()
