"""The filters of the figures, the export and the log; they work without a script."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balai import context
from balai.audit.selectors import Wanted
from modules.emergency.selectors import periods

MOST_MONTHS = 24
DAY_INPUT, DAY = {"type": "date"}, "%Y-%m-%d"  # as the input wants it, whatever the language


class PeriodForm(forms.Form):
    """Which period to show; every field has a value when the page opens."""

    span = forms.ChoiceField(label=pgettext_lazy("figures", "Period"), choices=periods.CHOICES)
    day = forms.DateField(
        label=gettext_lazy("Day in it, or from"), widget=forms.DateInput(DAY_INPUT, DAY)
    )
    until = forms.DateField(
        label=pgettext_lazy("until", "To"), required=False, widget=forms.DateInput(DAY_INPUT, DAY),
        help_text=gettext_lazy("Only for from – to."),
    )  # fmt: skip


class MonthsForm(forms.Form):
    """Which months to take along, at most two years, and as what."""

    since = forms.CharField(
        label=gettext_lazy("From the month"), widget=forms.DateInput({"type": "month"})
    )
    until = forms.CharField(
        label=gettext_lazy("To the month"), widget=forms.DateInput({"type": "month"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("File"), widget=forms.RadioSelect, initial="xlsx",
        choices=(("xlsx", gettext_lazy("Excel (XLSX), a sheet per month")),
                 ("csv", gettext_lazy("CSV, a line per figure"))),
    )  # fmt: skip

    def clean_since(self) -> date:
        """Return the first day of the month."""
        return _month(self.cleaned_data["since"])

    def clean_until(self) -> date:
        """Return the first day of the month, not one that lies ahead."""
        month = _month(self.cleaned_data["until"])
        if month > timezone.now().astimezone(context.current_region().zone).date():
            raise forms.ValidationError(_("This month lies ahead."))
        return month

    def clean(self) -> dict[str, object]:
        """Refuse months that go backwards, and more than two years of them."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and not 0 <= _apart(since, until) < MOST_MONTHS:
            self.add_error("until", _("Choose between one month and two years."))
        return data

    def months(self) -> list[date]:
        """Return the first days of the months chosen, in order."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return periods.Period(periods.CHOSEN, since, until).months


class LogForm(forms.Form):
    """Which lines of the centre's log to show; an empty form shows all."""

    READS, ALL = "reads", ""
    what = forms.ChoiceField(
        label=gettext_lazy("What"), required=False,
        choices=((ALL, gettext_lazy("Everything")),
                 (READS, gettext_lazy("Sealed incidents and callers' numbers"))),
    )  # fmt: skip
    q = forms.CharField(
        label=gettext_lazy("Incident's number or reason"), required=False, max_length=80
    )
    actor = forms.CharField(label=gettext_lazy("Who"), required=False, max_length=120)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(DAY_INPUT, DAY)
    )
    until = forms.DateField(
        label=pgettext_lazy("until", "To"), required=False, widget=forms.DateInput(DAY_INPUT, DAY)
    )

    def wanted(self) -> tuple[Wanted, bool]:
        """Return the filter, and whether only reads of what is secret are meant.

        A field with a mistake in it filters nothing.
        """
        self.is_valid()
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        wanted = Wanted(
            text=given.get("q", ""),
            actor=given.get("actor", ""),
            since=periods.midnight(since) if since else None,
            before=_after(until) if until else None,
        )
        return wanted, given.get("what") == self.READS


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text.strip()[:7]}-01")
    except ValueError as error:
        raise forms.ValidationError(_("Write a month as 2026-01.")) from error


def _apart(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month


def _after(day: date) -> datetime:
    return periods.midnight(day + timedelta(days=1))
