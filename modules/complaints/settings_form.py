"""The module's page in the console."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.complaints.conf import Settings

DEFAULTS = asdict(Settings())


def _days(name: str, label: Any, least: int, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, initial=DEFAULTS[name], **options
    )


def _choice(name: str, label: Any, hint: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False, initial=DEFAULTS[name])


class SettingsForm(forms.Form):
    """Days are working days of the region's calendar."""

    public_list = _choice(
        "public_list", _("Show verified reports to everybody"),
        _("Secret reports and reporters never appear, whatever is chosen here."),
    )  # fmt: skip
    photo_required = _choice(
        "photo_required", _("Ask for a photo of the finished work"),
        _("Without one an agency cannot declare a report done."),
    )  # fmt: skip
    four_eyes = _choice(
        "four_eyes", _("A second person checks the evidence"),
        _("A validator looks at it before the reporter is asked."),
    )  # fmt: skip
    verify_days = _days("verify_days", _("Days to verify a report"), 1, 10)
    info_days = _days("info_days", _("Days the reporter has to answer a question"), 1, 30)
    accept_days = _days("accept_days", _("Days an agency has to take a case on"), 1, 10)
    validate_days = _days("validate_days", _("Days to check evidence"), 1, 10)
    reopen_days = _days("reopen_days", _("Days to act on a reopened case"), 1, 30)
    auto_close_days = _days(
        "auto_close_days", _("Days until a finished report closes by itself"), 3, 60,
        help_text=_("The reporter can open it again until then."),
    )  # fmt: skip
    remind_days = _days("remind_days", _("Remind the reporter this many days before"), 1, 5)
    max_refusals = _days(
        "max_refusals", _("How often agencies may send a case back"), 0, 5,
        help_text=_("After that the coordinator's decision stands."),
    )  # fmt: skip
