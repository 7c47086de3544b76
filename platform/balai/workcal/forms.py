"""The console's forms for the calendar."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from balai.workcal.models import Holiday
from balai.workcal.week import Week


class HolidayForm(forms.Form):
    """A local holiday."""

    date = forms.DateField(
        label=_("Date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("This is no date. Write it like 26/02/2027."),
        },
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Such as the city's anniversary."),
        error_messages={"required": _("Write what day it is.")},
    )

    def __init__(self, *args: Any, holiday: Holiday | None = None, **kwargs: Any) -> None:
        if holiday is not None:
            kwargs.setdefault("initial", {"date": holiday.date, "name": holiday.name})
        super().__init__(*args, **kwargs)


class HoursForm(forms.Form):
    """Opening and closing time of each weekday; both empty is a day off."""

    def __init__(self, *args: Any, week: Week, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            opens, closes = week[number] or (None, None)
            self.fields[f"opens_{number}"] = _time(_("%(day)s, opens") % {"day": name}, opens)
            self.fields[f"closes_{number}"] = _time(_("%(day)s, closes") % {"day": name}, closes)

    def clean(self) -> dict[str, Any]:
        """Refuse half a day, one that ends before it begins, and a week without any."""
        data: dict[str, Any] = super().clean() or {}
        for number in WEEKDAYS:
            opens, closes = data.get(f"opens_{number}"), data.get(f"closes_{number}")
            if bool(opens) != bool(closes):
                self.add_error(f"closes_{number}", _("Give both times, or none for a day off."))
            elif opens and closes and opens >= closes:
                self.add_error(f"closes_{number}", _("The office closes after it opens."))
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(_("The offices must be open on at least one day."))
        return data

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """(weekday, opening field, closing field), Monday first."""
        return [
            (name, self[f"opens_{number}"], self[f"closes_{number}"])
            for number, name in WEEKDAYS.items()
        ]

    @property
    def week(self) -> Week:
        """The office hours, after validation."""
        data = self.cleaned_data
        return tuple(
            (data[f"opens_{number}"], data[f"closes_{number}"]) if data[f"opens_{number}"] else None
            for number in WEEKDAYS
        )


def _time(label: Any, initial: time | None) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        initial=initial,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
