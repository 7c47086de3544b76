"""The module's page in the console."""

from dataclasses import asdict
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.budget.conf import Settings

DEFAULTS: Final = asdict(Settings())


class SettingsForm(forms.Form):
    """What the desk's lists look for, and who the public page names as the source."""

    behind_points = forms.IntegerField(
        label=_("Too slow from so many points behind the year"), min_value=1, max_value=60,
        initial=DEFAULTS["behind_points"],
        help_text=_("With 15: half of the year is over and less than 35 percent is realised."),
    )  # fmt: skip
    late_percent = forms.IntegerField(
        label=_("Spending at the year's end, percent"), min_value=20, max_value=100,
        initial=DEFAULTS["late_percent"],
        help_text=_("Activities that spent a greater share than this since 1 October are listed."),
    )  # fmt: skip
    late_least = forms.IntegerField(
        label=_("Smallest amount the desk lists, rupiah"), min_value=0, max_value=10**12,
        initial=DEFAULTS["late_least"],
        help_text=_("Activities with less money than this are left out of both lists."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source named beside the figures"), required=False, max_length=160,
        help_text=_("The office that keeps the books. Empty: the region's name."),
    )  # fmt: skip
