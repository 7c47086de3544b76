"""What a region subscribes to, what it was invoiced, and what Stripe has told us."""

from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PaidBy(models.TextChoices):
    """The way a region pays; both lead to the same invoices page."""

    INVOICE = "invoice", _("By transfer on our invoice")
    STRIPE = "stripe", _("Through Stripe")


class BillingAccount(models.Model):
    """A region's plan and billing address.

    ``period_until`` is exclusive: the day the next period begins; None while the plan is free.
    ``next_plan`` replaces ``plan`` on that day. ``chosen_at`` is when a plan to be paid by invoice
    was ordered last. ``stripe_*`` mirror the API and are written by
    ``provisioning.billing.mirror`` only.
    """

    region = models.OneToOneField(
        "tenants.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    plan = models.ForeignKey(
        "provisioning.Plan", on_delete=models.PROTECT, related_name="+", verbose_name=_("plan")
    )
    next_plan = models.ForeignKey(
        "provisioning.Plan", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name=_("plan from the next period"),
    )  # fmt: skip
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_until = models.DateField(_("period until"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    paid_by = models.CharField(
        _("pays"), max_length=8, choices=PaidBy, default=PaidBy.INVOICE, blank=True
    )
    legal_name = models.CharField(_("name on the invoice"), max_length=160, blank=True)
    npwp = models.CharField(_("NPWP"), max_length=24, blank=True)
    address = models.TextField(_("address on the invoice"), max_length=400, blank=True)
    email = models.EmailField(_("e-mail for invoices"), blank=True)
    chosen_at = models.DateTimeField(_("plan chosen at"), null=True, blank=True, editable=False)
    stripe_customer = models.CharField(
        _("Stripe customer"), max_length=60, unique=True, null=True, blank=True, editable=False
    )
    stripe_subscription = models.CharField(
        _("Stripe subscription"), max_length=60, blank=True, editable=False
    )
    stripe_status = models.CharField(_("Stripe status"), max_length=30, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("billing account")
        verbose_name_plural = _("billing accounts")
        ordering = ["region__name"]

    def __str__(self) -> str:
        return f"{self.region}: {self.plan}"


class InvoiceKind(models.TextChoices):
    """A demand, or what takes one back."""

    INVOICE = "invoice", _("Invoice")
    CREDIT = "credit", _("Credit note")


class InvoiceState(models.TextChoices):
    """Where an invoice is; "overdue" is open with a past due date, never stored."""

    OPEN = "open", _("To be paid")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


INVOICE_MOVES: Final[dict[str, frozenset[str]]] = {
    InvoiceState.OPEN: frozenset({InvoiceState.PAID, InvoiceState.CANCELLED}),
    InvoiceState.PAID: frozenset({InvoiceState.OPEN}),  # the same day's undo
    InvoiceState.CANCELLED: frozenset(),
}
"""Which state may follow which. Nothing leads to deletion."""


class Invoice(models.Model):
    """One demand. Amounts are whole rupiah; the buyer is kept as it was on the day of issue.

    Our own have ``year`` and ``serial``, without a gap within a kind and a year. Those that
    Stripe made have ``stripe_id`` and Stripe's number instead.
    """

    region = models.ForeignKey(
        "tenants.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )
    kind = models.CharField(
        _("kind"), max_length=7, choices=InvoiceKind, default=InvoiceKind.INVOICE
    )
    credits = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="credit_note",
        verbose_name=_("takes back"),
    )  # fmt: skip
    number = models.CharField(_("number"), max_length=40, unique=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    serial = models.PositiveIntegerField(_("serial number"), null=True, blank=True)
    stripe_id = models.CharField(
        _("Stripe invoice"), max_length=60, unique=True, null=True, blank=True
    )
    url = models.URLField(_("page at Stripe"), max_length=1000, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=InvoiceState, default=InvoiceState.OPEN
    )
    text = models.CharField(_("for what"), max_length=240)
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_until = models.DateField(_("period until"), null=True, blank=True)
    net = models.PositiveBigIntegerField(_("amount before tax"))
    tax = models.PositiveBigIntegerField(_("tax"), default=0)
    total = models.PositiveBigIntegerField(_("total"))
    issued_on = models.DateField(_("issued on"))
    due_on = models.DateField(_("due on"))
    po_number = models.CharField(_("PO or SPK number"), max_length=80, blank=True)
    buyer = models.CharField(_("buyer"), max_length=160)
    buyer_npwp = models.CharField(_("buyer's NPWP"), max_length=24, blank=True)
    buyer_address = models.TextField(_("buyer's address"), blank=True)
    virtual_account = models.CharField(_("virtual account"), max_length=32, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    paid_amount = models.PositiveBigIntegerField(_("amount received"), null=True, blank=True)
    paid_reference = models.CharField(_("payment reference"), max_length=120, blank=True)
    paid_noted_at = models.DateTimeField(_("payment noted at"), null=True, blank=True)
    paid_noted_by = models.CharField(_("payment noted by"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=240, blank=True)
    told = models.JSONField(_("letters sent"), default=list, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_on", "-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="invoice_open_by_due")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "serial"], name="invoice_serial"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been paid by yesterday."""
        return self.state == InvoiceState.OPEN and self.due_on < timezone.localdate()

    @property
    def colour(self) -> str:
        """The state's colour, for a chip."""
        if self.kind == InvoiceKind.CREDIT or self.state == InvoiceState.CANCELLED:
            return "grey"
        if self.state == InvoiceState.PAID:
            return "green"
        return "red" if self.is_overdue else "amber"

    @property
    def icon(self) -> str:
        """The state's icon, for a chip."""
        return {"grey": "undo-2", "green": "check", "red": "circle-alert"}.get(self.colour, "clock")

    @property
    def label(self) -> str:
        """The state in words, for a chip."""
        if self.kind == InvoiceKind.CREDIT:
            return str(self.get_kind_display())
        return str(_("Overdue")) if self.is_overdue else str(self.get_state_display())


class EventState(models.TextChoices):
    """Where a stored webhook event is."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    DEAD = "dead", _("Needs an operator")


class StripeEvent(models.Model):
    """A webhook that was received. Only ids are kept: what they mean is asked of the API.

    ``made_at`` is Stripe's own time, ``error`` the last failure in one line.
    """

    event_id = models.CharField(_("event"), max_length=80, unique=True)
    type = models.CharField(_("type"), max_length=80)
    object_id = models.CharField(_("object"), max_length=80, blank=True)
    customer = models.CharField(_("customer"), max_length=60, blank=True)
    made_at = models.DateTimeField(_("made at"))
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=7, choices=EventState, default=EventState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=240, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Stripe event")
        verbose_name_plural = _("Stripe events")
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["state", "received_at"], name="stripe_event_waiting")]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
