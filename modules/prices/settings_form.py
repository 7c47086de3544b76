"""The module's page in the console."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from modules.prices.conf import Settings

DEFAULTS = asdict(Settings())
CLOCK = RegexValidator(r"^([01]\d|2[0-3]):[0-5]\d\Z", _("Write a time such as 13:00."))
ZONES = [("1", _("Zone 1")), ("2", _("Zone 2")), ("3", _("Zone 3"))]


def _clock(name: str, label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, initial=DEFAULTS[name], validators=[CLOCK], max_length=5,
        widget=forms.TextInput({"type": "time"}),
    )  # fmt: skip


def _choice(name: str, label: Any, hint: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False, initial=DEFAULTS[name])


class SettingsForm(forms.Form):
    """Times are of the region's own clock, on working days of its calendar."""

    submit_by = _clock(
        "submit_by", _("Prices handed in by"), _("After that a market counts as late.")
    )
    verify_by = _clock("verify_by", _("Prices verified by"))
    publish_at = _clock("publish_at", _("Publish at"))
    publish_itself = _choice(
        "publish_itself", _("Publish at that time by itself"),
        _("Only what is verified by then. Without this somebody presses the button."),
    )  # fmt: skip
    four_eyes = _choice(
        "four_eyes", _("A second person verifies"),
        _("Who typed the prices in cannot verify them."),
    )  # fmt: skip
    zone = forms.ChoiceField(
        label=_("Zone of the ceilings"), choices=ZONES, initial=DEFAULTS["zone"],
        help_text=_("Zone 1: Java, Lampung, South Sumatra, Bali, NTB, Sulawesi."),
    )  # fmt: skip
    outlier_percent = forms.IntegerField(
        label=_("Ask again when a price is so many percent off"), min_value=5, max_value=100,
        initial=DEFAULTS["outlier_percent"],
        help_text=_("Measured from the market's median of seven days."),
    )  # fmt: skip
    carry_days = forms.IntegerField(
        label=_("How many days an old price may stand in"), min_value=0, max_value=10,
        initial=DEFAULTS["carry_days"],
        help_text=_("It is always marked with its age: H-1, H-2."),
    )  # fmt: skip
    photos = _choice(
        "photos", _("Offer photos on the entry page"),
        _("Of a price tag, for officers only. They are never needed."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source named beside the prices"), required=False, max_length=160,
        help_text=_("The agency that collects them. Empty: the region's name."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Keep the day's order: asked, verified, published."""
        found = super().clean() or {}
        clocks = [found.get(name, "") for name in ("submit_by", "verify_by", "publish_at")]
        if all(clocks) and clocks != sorted(clocks):
            self.add_error("publish_at", _("Prices are handed in, then verified, then published."))
        return found
