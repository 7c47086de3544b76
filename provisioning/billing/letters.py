"""Mails about plans and invoices, to the office that pays, else to the region's admins."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from balai import context
from balai.accounts.members.selectors import lasting_admins
from balai.modules import registry
from provisioning.lifecycle import dues as lifecycle
from provisioning.models import BillingAccount, Invoice
from provisioning.opening.made import GoneError, by_schema
from provisioning.signup import mail
from tenants.states import State

PAGE = "/console/plan/"


def modules_gone(account: BillingAccount, region: context.Region, slugs: list[str]) -> None:
    """Tell the admins which modules went dark with the new plan, once this commits."""
    names = [str(module.verbose_name) for module in registry.installed() if module.slug in slugs]
    words = {"region": region.name, "plan": account.plan, "modules": names}
    _to_admins("plan_modules", region, words)


def plan_changed(account: BillingAccount, region: context.Region) -> None:
    """Confirm to the admins what holds now and what from when, once this commits."""
    words = {"region": region.name, "plan": account.plan, "next": account.next_plan,
             "until": account.period_until}  # fmt: skip
    _to_admins("plan_changed", region, words)


def invoice(row: Invoice, stage: str, document: bytes) -> None:
    """Mail an invoice with its PDF.

    Args:
        stage: "issued", "before", "late" or "later"; it chooses the words.

    Raises:
        OSError, smtplib.SMTPException: when the mail server did not take it.
    """
    account = BillingAccount.objects.filter(region_id=row.region_id).first()
    region = _region(row.region.schema_name)
    to = [account.email] if account and account.email else _admins(region)
    words = {"invoice": row, "stage": stage, "region": row.region.name, "stops": _stops(row),
             "page": region.base_url + PAGE if region else ""}  # fmt: skip
    name = f"{row.number.replace('/', '-')}.pdf"
    _send("invoice", to, words, ((name, document, "application/pdf"),))


def _stops(row: Invoice) -> date | None:
    """Return from which day on publishing stops unless it is paid; None where no bill does that."""
    stops = row.due_on + timedelta(days=1 + lifecycle.RESTRICT_FROM)
    moved = row.region.state in lifecycle.REVIEWED and row.region.state != State.RESTRICTED
    return stops if moved else None


def _to_admins(template: str, region: context.Region, words: Mapping[str, Any]) -> None:
    """Mail the admins once the caller's transaction commits; who they are is asked then."""
    told = {**words, "page": region.base_url + PAGE}
    transaction.on_commit(lambda: _send(template, _admins(region), told), robust=True)


def _send(
    template: str, to: list[str], words: Mapping[str, Any],
    files: tuple[tuple[str, bytes, str], ...] = (),
) -> None:  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):
        mail.deliver(template, to, words, files)


def _region(schema: str) -> context.Region | None:
    """Return the region, None when it has ended."""
    try:
        return by_schema(schema)
    except GoneError:
        return None


def _admins(region: context.Region | None) -> list[str]:
    if region is None:
        return []
    with context.region_context(region):
        found = lasting_admins().select_related("user")
        return [member.user.email for member in found if member.user.email]
