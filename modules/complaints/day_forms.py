"""Forms that ask for a day: when work is planned, how long a case may rest."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modules.complaints import conf
from modules.complaints.forms import text_field
from modules.complaints.services.handling import MAX_PLAN_DAYS


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """Return a date picker; :func:`between` gives it its bounds."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("This is no date. Write it like 26/02/2027."),
        },
    )


def between(field: Any, first: date, last: date) -> None:
    """Offer the days from ``first`` to ``last`` in the picker; the service checks them."""
    field.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}


class PlanForm(forms.Form):
    """On which day the work is done."""

    day = day_field(_("Planned for"), _("Everybody sees this day. The deadline stays."))
    note = text_field(_("Note for everybody"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        between(self.fields["day"], today, today + timedelta(days=MAX_PLAN_DAYS))


class HoldForm(forms.Form):
    """Why a case must rest, and until when."""

    until = day_field(_("Rests until"), _("The next day the work goes on by itself."))
    text = text_field(_("Reason"), help_text=_("Everybody sees it once the case rests."), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, longest = timezone.localdate(), conf.current().max_hold_days
        between(self.fields["until"], today + timedelta(days=1), today + timedelta(days=longest))
