"""The module's page in the console."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.partners import sources
from modules.partners.conf import Settings
from modules.partners.console_forms import grouped

DEFAULTS = Settings()


class SettingsForm(forms.Form):
    """Links, sealed categories, and when people are told that a co-operation ends."""

    link_days = forms.IntegerField(
        label=_("Days that a link without an account holds"), min_value=1, max_value=30,
        initial=DEFAULTS.link_days,
    )  # fmt: skip
    remind_days = forms.TypedMultipleChoiceField(
        label=_("Tell so many days before a co-operation ends"), coerce=int, required=False,
        choices=[(str(n), str(n)) for n in (90, 60, 30, 14, 7, 1)], initial=DEFAULTS.remind_days,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    sealed = forms.MultipleChoiceField(
        label=_("Two people must agree to share these"), required=False,
        widget=forms.CheckboxSelectMultiple, initial=DEFAULTS.sealed,
        help_text=_("Besides what is sealed already. They are read by people with a name only."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks: Any = self.fields["sealed"]
        asks.choices = [
            (f"{slug}:{kind}", f"{source.label}: {label}")
            for slug, source in sources.active().items()
            for kind, label in grouped(source)
        ]
