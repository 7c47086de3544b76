"""Mails about plans and invoices, to the office that pays, else to the region's admins."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from balai import context
from balai.accounts.members.selectors import lasting_admins
from balai.modules import registry
from provisioning.models import BillingAccount, Invoice
from provisioning.opening.made import GoneError, by_schema
from provisioning.signup import mail

PAGE = "/console/plan/"


def modules_gone(account: BillingAccount, slugs: list[str]) -> None:
    """Tell the admins which modules went dark with the new plan, once this commits."""
    names = [str(module.verbose_name) for module in registry.installed() if module.slug in slugs]
    words = {"region": account.region.name, "plan": account.plan, "modules": names,
             "page": _page(account.region.schema_name)}  # fmt: skip
    to = _admins(account.region.schema_name)
    transaction.on_commit(lambda: _send("plan_modules", to, words), robust=True)


def plan_changed(account: BillingAccount) -> None:
    """Confirm to the admins what was ordered and from when, once this commits."""
    words = {"region": account.region.name, "plan": account.plan, "next": account.next_plan,
             "until": account.period_until, "page": _page(account.region.schema_name)}  # fmt: skip
    to = _admins(account.region.schema_name)
    transaction.on_commit(lambda: _send("plan_changed", to, words), robust=True)


def invoice(row: Invoice, stage: str, document: bytes) -> None:
    """Mail an invoice with its PDF.

    Args:
        stage: "issued", "before", "late" or "later"; it chooses the words.

    Raises:
        OSError, smtplib.SMTPException: when the mail server did not take it.
    """
    account = BillingAccount.objects.filter(region_id=row.region_id).first()
    schema = row.region.schema_name
    to = [account.email] if account and account.email else _admins(schema)
    words = {"invoice": row, "stage": stage, "region": row.region.name, "page": _page(schema)}
    name = f"{row.number.replace('/', '-')}.pdf"
    _send("invoice", to, words, ((name, document, "application/pdf"),))


def _send(
    template: str, to: list[str], words: Mapping[str, Any],
    files: tuple[tuple[str, bytes, str], ...] = (),
) -> None:  # fmt: skip
    with translation.override(settings.LANGUAGE_CODE):
        mail.deliver(template, to, words, files)


def _page(schema: str) -> str:
    try:
        return by_schema(schema).base_url + PAGE
    except GoneError:
        return ""


def _admins(schema: str) -> list[str]:
    try:
        region = by_schema(schema)
    except GoneError:
        return []
    with context.region_context(region):
        found = lasting_admins().select_related("user")
        return [member.user.email for member in found if member.user.email]
