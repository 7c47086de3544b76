"""What operators fill in about plans and invoices."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai.modules import registry
from provisioning.models import Invoice, InvoiceState, Plan


class PlanForm(forms.ModelForm):
    """A plan, its modules as boxes to tick; none ticked means all."""

    modules = forms.MultipleChoiceField(
        label=_("modules"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every module, also those of later releases. Complaints and 112 "
                    "are in every plan."),
    )  # fmt: skip

    class Meta:
        model = Plan
        fields = ["slug", "family", "name_id", "name_en", "summary_id", "summary_en",
                  "population_from", "population_to", "price", "modules", "position",
                  "offered"]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "modules" in self.fields:
            boxes: Any = self.fields["modules"]
            boxes.choices = [(m.slug, m.verbose_name) for m in registry.installed()]


class IssueForm(forms.ModelForm):
    """An invoice that an operator writes, for a plan by offer or a further service."""

    class Meta:
        model = Invoice
        fields = ["region", "text", "net", "period_from", "period_until", "po_number"]

    def clean_net(self) -> int:
        """Refuse an invoice over nothing."""
        net: int = self.cleaned_data["net"]
        if net <= 0:
            raise ValidationError(_("An invoice needs an amount."))
        return net

    def clean(self) -> dict[str, Any]:
        """Refuse a period the wrong way round."""
        told: dict[str, Any] = super().clean() or {}
        begins, ends = told.get("period_from"), told.get("period_until")
        if begins and ends and ends <= begins:
            self.add_error("period_until", _("The period ends before it begins."))
        return told


class PaymentForm(forms.ModelForm):
    """The payment of an open invoice."""

    class Meta:
        model = Invoice
        fields = ["paid_on", "paid_amount", "paid_reference"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = True
            if name == "paid_amount":
                field.initial = self.instance.total
                field.help_text = _("Less than the total where the treasurer has withheld tax.")

    def clean_paid_on(self) -> Any:
        """Refuse a payment of tomorrow."""
        day = self.cleaned_data["paid_on"]
        if day > timezone.localdate():
            raise ValidationError(_("A payment cannot lie in the future."))
        return day

    def clean_paid_amount(self) -> int:
        """Refuse nothing, and more than was asked."""
        amount: int = self.cleaned_data["paid_amount"]
        if not 0 < amount <= self.instance.total:
            raise ValidationError(_("More than nothing, at most the total."))
        return amount


class ReasonForm(forms.Form):
    """Why invoices are cancelled or credited."""

    reason = forms.CharField(label=_("Reason"), max_length=240)


def payable(row: Invoice | None) -> bool:
    """Tell whether an operator may note a payment of it."""
    return row is not None and row.state == InvoiceState.OPEN and not row.stripe_id
