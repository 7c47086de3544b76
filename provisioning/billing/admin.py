"""The operators' pages of money: plans, accounts, invoices, Stripe's events."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from balai import audit
from provisioning.billing import changing, inbox, invoices, tasks
from provisioning.billing.admin_forms import (
    IssueForm,
    PaymentForm,
    PlanForm,
    ReasonForm,
    payable,
)
from provisioning.models import BillingAccount, Invoice, Plan, StripeEvent


class Kept(admin.ModelAdmin):
    """Rows that are the record of what happened: nobody deletes them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No deletion here, by anybody."""
        return False


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    """Plans and their prices. A plan in use can be withdrawn ("offered"), not deleted."""

    form = PlanForm
    list_display = ("slug", "name_id", "population_from", "population_to", "price", "offered")
    list_editable = ("price", "offered")

    def save_model(self, request: HttpRequest, obj: Plan, form: Any, change: bool) -> None:
        """Save, keep who changed what, and have a worker bring regions and Stripe in line."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            after = {"slug": obj.slug, "price": obj.price, "modules": obj.modules}
            audit.record(action="plan.changed", target=obj.slug, after=after)
            slug = obj.slug
            transaction.on_commit(lambda: tasks.plan_edited.delay(slug), robust=True)


@admin.register(BillingAccount)
class BillingAccountAdmin(Kept):
    """Who has which plan, and until when it is paid for."""

    list_display = ("region", "plan", "next_plan", "period_until", "paid_by", "stripe_status")
    list_filter = ("plan", "paid_by", "stripe_status")
    list_select_related = ("region", "plan", "next_plan")
    search_fields = ("region__name", "legal_name")
    fields = ("region", "plan", "period_from", "period_until", "population", "legal_name", "npwp",
              "address", "email")  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A region keeps its account, and Stripe's own what Stripe says."""
        if obj is None:
            return ()
        at_stripe = obj.stripe_status in changing.LIVE
        return ("region", "plan", "period_from", "period_until") if at_stripe else ("region",)

    def save_model(
        self, request: HttpRequest, obj: BillingAccount, form: Any, change: bool
    ) -> None:
        """Give the plan an operator agreed on; modules, audit and mail as with any order."""
        changing.agree(obj, changed="plan" in form.changed_data or not change)


@admin.register(Invoice)
class InvoiceAdmin(Kept):
    """Invoices: written, paid, cancelled, credited."""

    list_display = ("number", "region", "total", "issued_on", "due_on", "state", "document")
    list_filter = ("state", "kind", "due_on")
    list_select_related = ("region",)
    search_fields = ("number", "region__name", "virtual_account", "po_number", "paid_reference")
    actions = ("undo_payment", "cancel", "credit")
    date_hierarchy = "issued_on"

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        """A new one is written; an open one can be paid."""
        kwargs["form"] = PaymentForm if payable(obj) else IssueForm
        return super().get_form(request, obj, *args, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was issued cannot be changed; the payment can be noted."""
        if obj is None:
            return list(IssueForm.Meta.fields)
        return [*self.get_readonly_fields(request, obj), *PaymentForm.Meta.fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """All but the payment of an open invoice."""
        if obj is None:
            return ()
        shown = ("number", "region", "kind", "credits", "state", "text", "period_from",
                 "period_until", "net", "tax", "total", "issued_on", "due_on", "po_number",
                 "buyer", "buyer_npwp", "buyer_address", "virtual_account", "reason",
                 "paid_noted_by", "paid_noted_at")  # fmt: skip
        return shown if payable(obj) else (*shown, *PaymentForm.Meta.fields)

    def save_model(self, request: HttpRequest, obj: Invoice, form: Any, change: bool) -> None:
        """Issue it, or note its payment."""
        if not change:
            made = invoices.issue(
                region_id=obj.region_id, text=obj.text, net=obj.net, po_number=obj.po_number,
                period_from=obj.period_from, period_until=obj.period_until,
            )  # fmt: skip
            obj.pk, obj.number = made.pk, made.number
        elif payable(Invoice.objects.get(pk=obj.pk)):
            invoices.mark_paid(
                obj, on=form.cleaned_data["paid_on"], amount=form.cleaned_data["paid_amount"],
                reference=form.cleaned_data["paid_reference"], by=_name(request),
            )  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        """Add the PDF."""
        view = self.admin_site.admin_view(self.download)
        return [path("document/<int:pk>/", view, name="provisioning_invoice_pdf"),
                *super().get_urls()]  # fmt: skip

    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand out one of our invoices."""
        from provisioning.billing import pdf  # fpdf loads slowly, and few processes print

        rows = Invoice.objects.select_related("region", "credits").filter(stripe_id=None)
        row = get_object_or_404(rows, pk=pk)
        answer = HttpResponse(pdf.render(row), content_type="application/pdf")
        name = row.number.replace("/", "-")
        answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
        return answer

    @admin.display(description=_("document"))
    def document(self, row: Invoice) -> SafeString:
        """Link the PDF, or Stripe's page."""
        url = row.url if row.stripe_id else reverse("admin:provisioning_invoice_pdf", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, "Stripe" if row.stripe_id else "PDF")

    @admin.action(description=_("Take today's payment note back"))
    def undo_payment(self, request: HttpRequest, rows: QuerySet[Invoice]) -> None:
        """Open the chosen invoices again."""
        self._each(request, rows, lambda row: invoices.undo_payment(row))

    @admin.action(description=_("Cancel open invoices"))
    def cancel(self, request: HttpRequest, rows: QuerySet[Invoice]) -> HttpResponse | None:
        """Ask why, then cancel the chosen invoices."""
        return self._with_reason(
            request, rows, "cancel", _("Cancel open invoices"),
            lambda row, reason: invoices.cancel(row, reason=reason),
        )  # fmt: skip

    @admin.action(description=_("Write credit notes over paid invoices"))
    def credit(self, request: HttpRequest, rows: QuerySet[Invoice]) -> HttpResponse | None:
        """Ask why, then credit the chosen invoices."""
        return self._with_reason(
            request, rows, "credit", _("Write credit notes over paid invoices"),
            lambda row, reason: invoices.credit(row, reason=reason),
        )  # fmt: skip

    def _with_reason(
        self, request: HttpRequest, rows: QuerySet[Invoice], action: str, title: Any,
        act: Callable[[Invoice, str], Any],
    ) -> HttpResponse | None:  # fmt: skip
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            self._each(request, rows, lambda row: act(row, form.cleaned_data["reason"]))
            return None
        shown = {**self.admin_site.each_context(request), "title": title, "rows": rows,
                 "form": form, "action": action}  # fmt: skip
        return TemplateResponse(request, "provisioning/billing/admin_reason.html", shown)

    def _each(
        self, request: HttpRequest, rows: QuerySet[Invoice], act: Callable[[Invoice], Any]
    ) -> None:
        for row in rows:
            try:
                act(row)
            except ValidationError as error:
                self.message_user(request, f"{row}: {' '.join(error.messages)}", messages.ERROR)
            else:
                self.message_user(request, f"{row}: {_('done')}", messages.SUCCESS)


@admin.register(StripeEvent)
class StripeEventAdmin(Kept):
    """What Stripe told us; those given up wait here for somebody to mend the cause."""

    list_display = ("type", "object_id", "received_at", "state", "attempts", "error")
    list_filter = ("state", "type")
    search_fields = ("event_id", "object_id", "customer")
    actions = ("retry",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They come from Stripe."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are looked at, and tried again by an action."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators see all of them."""
        return bool(request.user.is_superuser)

    @admin.action(description=_("Try again"))
    def retry(self, request: HttpRequest, rows: QuerySet[StripeEvent]) -> None:
        """Act again on those that were given up."""
        chosen = list(rows)
        done = inbox.retry(chosen)
        words = _("%(done)d of %(all)d done.") % {"done": done, "all": len(chosen)}
        self.message_user(
            request, words, messages.SUCCESS if done == len(chosen) else messages.WARNING
        )


def _name(request: HttpRequest) -> str:
    return str(getattr(request.user, "name", "") or request.user)
