"""The centre's settings in the console."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.emergency.conf import Settings

DEFAULTS = asdict(Settings())


def _whole(name: str, label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=DEFAULTS[name], help_text=hint
    )


def _choice(name: str, label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False, initial=DEFAULTS[name])


class SettingsForm(forms.Form):
    """Clocks in seconds, distances in metres; what is late turns red and sounds on the board."""

    classify_seconds = _whole(
        "classify_seconds", _("Seconds to take a call"), 10, 600,
        _("From answering until the call is on the board or closed."),
    )  # fmt: skip
    dispatch_seconds = _whole("dispatch_seconds", _("Seconds to send a unit"), 10, 600)
    acknowledge_seconds = _whole("acknowledge_seconds", _("Seconds for a crew to confirm"), 10, 900)
    nearby_metres = _whole(
        "nearby_metres", _("Metres within which calls may mean the same"), 50, 5000,
        _("For the hint while a call is typed. Nothing is joined by itself."),
    )  # fmt: skip
    nearby_minutes = _whole(
        "nearby_minutes", _("Minutes within which calls may mean the same"), 5, 720
    )
    prank_warning = _whole(
        "prank_warning", _("Prank calls until the warning is shown"), 1, 50,
        _("The call taker reads it out. No number is ever blocked."),
    )  # fmt: skip
    prank_half_life_days = _whole(
        "prank_half_life_days", _("Days until a prank call counts half"), 1, 365
    )
    prank_script = forms.CharField(
        label=_("Warning to read out"), max_length=500, required=False,
        initial=DEFAULTS["prank_script"], widget=forms.Textarea({"rows": 3}),
        help_text=_("Empty: our own words, which end with a question: a true call must be heard."),
    )  # fmt: skip
    panic_enabled = _choice(
        "panic_enabled", _("Show the panic button"),
        _("Without it the page still leads to the telephone."),
    )  # fmt: skip
    alerts_two_persons = _choice(
        "alerts_two_persons", _("Alerts need a second person"),
        _("Somebody else approves before the public is warned."),
    )  # fmt: skip
    public_figures = _choice(
        "public_figures", _("Show the centre's figures to everybody"),
        _("Counts and response times of a month, never a single case."),
    )  # fmt: skip
    handovers = forms.ChoiceField(
        label=_("Take incidents over from"), initial=DEFAULTS["handovers"],
        choices=[
            ("nobody", _("no other region")),
            ("province", _("regions of the same province")),
            ("everybody", _("every region on this platform")),
        ],
        help_text=_("A hand-over is accepted by your dispatcher; both centres keep their record."),
    )  # fmt: skip
    centre_phone = forms.CharField(
        label=_("Telephone of the centre for other centres"), max_length=30, required=False,
        initial=DEFAULTS["centre_phone"],
        help_text=_("They call it while a hand-over waits."),
    )  # fmt: skip
