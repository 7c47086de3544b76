"""The module's page in the console."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.news.conf import Settings

DEFAULTS = asdict(Settings())


def _number(name: str, label: Any, hint: Any, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most, initial=DEFAULTS[name]
    )


class SettingsForm(forms.Form):
    """How long things stay fresh, and what is shown where."""

    stale_days = _number(
        "stale_days", _("Days until an announcement needs a look"),
        _("The desk lists announcements and clarified hoaxes that nobody looked at for so long."),
        7, 730,
    )  # fmt: skip
    quiet_days = _number(
        "quiet_days", _("Days without news until the wall alarms"),
        _("Nothing published for so long looks neglected."), 1, 90,
    )  # fmt: skip
    push = forms.BooleanField(
        label=_("Offer messages to phones"), required=False, initial=DEFAULTS["push"],
        help_text=_("A second person approves each one. Without this nobody can ask for one."),
    )  # fmt: skip
    at_home = _number("at_home", _("Articles on the home page"), _("0 shows none."), 0, 12)
    elsewhere = _number(
        "elsewhere", _("News of other sites on the front page"),
        _("0 shows none; the page of all of them stays."), 0, 12,
    )  # fmt: skip
