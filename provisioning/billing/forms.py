"""What a region's admin fills in to order a plan."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from provisioning.billing import gateway
from provisioning.models import BillingAccount

BY_TRANSFER: Final = "transfer"
BY_CHECKOUT: Final = "checkout"
BY_STRIPE_INVOICE: Final = "stripe_invoice"
NPWP_DIGITS: Final = (15, 16)
"""Digits of an NPWP: 15 in the old form, 16 since 2024 (PMK 136/2023)."""


class DetailsForm(forms.ModelForm):
    """Whom to invoice; on a separate page, and part of every order."""

    class Meta:
        model = BillingAccount
        fields = ["population", "legal_name", "npwp", "address", "email"]
        labels = {"population": _("Number of inhabitants")}
        help_texts = {
            "population": _("As BPS published it last; it decides which plans fit."),
            "legal_name": _("The agency that pays, such as Dinas Komunikasi dan Informatika."),
            "npwp": _("15 or 16 digits; dots and dashes may stay."),
            "email": _("Invoices and reminders go there; without it to the admins."),
        }  # fmt: skip
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}

    def clean_npwp(self) -> str:
        """Refuse a number that cannot be an NPWP."""
        typed: str = self.cleaned_data["npwp"].strip()
        if typed and len(re.sub(r"[.\-\s]", "", typed)) not in NPWP_DIGITS:
            raise ValidationError(_("An NPWP has 15 or 16 digits."))
        if re.search(r"[^\d.\-\s]", typed):
            raise ValidationError(_("An NPWP has digits, dots and dashes only."))
        return typed


class OrderForm(DetailsForm):
    """An order: whom to invoice, the purchase order, and the way to pay."""

    po_number = forms.CharField(
        label=_("PO or SPK number"), max_length=80, required=False,
        help_text=_("Printed on the invoice, if you have one already."),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How to pay"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, priced: bool, running: bool, **kwargs: Any) -> None:
        """Make the form.

        Args:
            priced: whether the chosen plan costs anything.
            running: whether a subscription runs at Stripe; then there is one way only.
        """
        super().__init__(*args, **kwargs)
        if not priced:
            for name in list(self.fields):
                del self.fields[name]
            return
        self.fields["population"].required = self.fields["legal_name"].required = True
        way: Any = self.fields["way"]
        way.choices = ways()
        way.initial = BY_TRANSFER
        if running or len(way.choices) == 1:
            del self.fields["way"]
        if running:
            del self.fields["po_number"]


def ways() -> list[tuple[str, Any]]:
    """Return the ways to pay that this deployment has."""
    found: list[tuple[str, Any]] = [
        (BY_TRANSFER, _("By transfer or virtual account, on our invoice"))
    ]
    if gateway.configured():
        found += [
            (BY_CHECKOUT, _("Now, on a payment page of Stripe")),
            (BY_STRIPE_INVOICE, _("On an invoice that Stripe mails")),
        ]
    return found
