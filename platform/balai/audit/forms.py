"""Looking through the log."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.audit import selectors
from balai.audit.selectors import Wanted
from balai.modules.manifest import type_str


def _actions() -> list[tuple[str, type_str]]:
    return [("", _("Everything")), *((action, action) for action in selectors.actions())]


class FilterForm(forms.Form):
    """What to show; an empty form shows all."""

    q = forms.CharField(label=_("Reference or reason"), required=False, max_length=120)
    action = forms.ChoiceField(label=_("What"), required=False, choices=_actions)
    actor = forms.CharField(label=_("Who"), required=False, max_length=120)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label=pgettext_lazy("until", "To"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def wanted(self) -> Wanted:
        """Return the filter; fields with mistakes in them filter nothing."""
        self.is_valid()
        given = self.cleaned_data
        until = given.get("until")
        return Wanted(
            text=given.get("q", ""),
            action=given.get("action", ""),
            actor=given.get("actor", ""),
            since=_midnight(given.get("since")),
            before=_midnight(until + timedelta(days=1)) if until else None,
        )


def _midnight(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
