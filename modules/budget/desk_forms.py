"""Filters of the desk's lists, all in the address; what makes no sense is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from balai.ui import formats
from modules.budget import conf
from modules.budget.models import Heading, Snapshot
from modules.budget.states import Kind

LEVELS = ((Kind.AGENCY, _("Agencies")), (Kind.PROGRAMME, _("Programmes")),
          (Kind.ACTIVITY, _("Activities")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows. ``least`` is rupiah, ``points`` and ``percent`` as in the settings."""

    snapshot: Snapshot
    agency: Heading | None
    level: Kind
    points: int
    percent: int
    least: int


class FilterForm(forms.Form):
    """State, agency, level and threshold; empty ones are the settings' own."""

    state = forms.ChoiceField(label=pgettext_lazy("budget", "State"), required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS, required=False)
    points = forms.IntegerField(label=_("Points behind"), min_value=1, max_value=99, required=False)
    percent = forms.IntegerField(
        label=_("Percent since October"), min_value=1, max_value=100, required=False
    )
    least = forms.IntegerField(
        label=_("From rupiah"), min_value=0, max_value=10**14, required=False
    )

    def __init__(
        self, data: Any, *, states: Sequence[Snapshot], agencies: Sequence[Heading],
        usual: Kind = Kind.ACTIVITY,
    ) -> None:  # fmt: skip
        settings = conf.current()
        defaults = {
            "level": usual.value, "points": settings.behind_points,
            "percent": settings.late_percent, "least": settings.late_least,
        }  # fmt: skip
        given = {name: value for name, value in data.items() if value != ""}
        super().__init__({**defaults, **given})
        self.states = {str(row.uuid): row for row in states}
        self.agencies = {row.key: row for row in agencies}
        fields: dict[str, Any] = self.fields
        fields["state"].choices = [
            (key, f"{row.year}, {formats.short_date(row.as_of)}")
            for key, row in self.states.items()
        ]
        fields["agency"].choices = [("", gettext("All agencies"))] + [
            (row.key, row.label) for row in agencies
        ]
        self.defaults = defaults

    def wanted(self, snapshot: Snapshot) -> Wanted:
        """Return what is asked for; a filter that makes no sense counts as not given."""
        self.is_valid()
        told = {
            **self.defaults,
            **{k: v for k, v in self.cleaned_data.items() if v not in (None, "")},
        }
        return Wanted(
            snapshot, self.agencies.get(str(told.get("agency", ""))), Kind(told["level"]),
            told["points"], told["percent"], told["least"],
        )  # fmt: skip
