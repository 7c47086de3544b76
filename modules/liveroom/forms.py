"""Forms: connect a screen, instruct an agency, look at the past and at who looked."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from modules.liveroom.looks import WORDS

DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("One year")))


class ScreenForm(forms.Form):
    """Where the screen hangs, and for how long its link works."""

    name = forms.CharField(
        label=_("Where does it hang?"), max_length=80,
        widget=forms.TextInput({"placeholder": _("Mayor's meeting room")}),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=_("The link works for"), choices=DAYS, coerce=int, initial=90
    )


class InstructionForm(forms.Form):
    """One line and a day."""

    text = forms.CharField(
        label=_("Instruction"), max_length=200,
        help_text=_("One line: what is to be done. Write no names of citizens."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write what is to be done.")},
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("To be answered by"), widget=forms.DateInput({"type": "date"}),
        error_messages={"required": _("Choose a day for the answer.")},
    )  # fmt: skip

    def clean_due_on(self) -> date:
        """Refuse a day that has passed."""
        return _not_past(self.cleaned_data["due_on"])


class WordForm(forms.Form):
    """What is said with an answer, a withdrawal."""

    text = forms.CharField(
        label=_("Your words"), max_length=2000, widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write a word about it.")},
    )  # fmt: skip


class ReturnForm(WordForm):
    """What is missing, and perhaps a later day."""

    due_on = forms.DateField(
        label=_("New day"), required=False, widget=forms.DateInput({"type": "date"}),
        help_text=_("Empty: the day stays as it was."),
    )  # fmt: skip

    def clean_due_on(self) -> date | None:
        """Refuse a day that has passed."""
        day: date | None = self.cleaned_data["due_on"]
        return _not_past(day) if day else None


class ViewersForm(forms.Form):
    """Whose looks, at what, and when; an empty form shows all."""

    who = forms.CharField(label=_("Who"), required=False, max_length=120)
    what = forms.ChoiceField(
        label=_("Looked at"), required=False, choices=[("", _("Everything")), *WORDS.items()]
    )
    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    last = forms.DateField(
        label=pgettext_lazy("until", "To"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def wanted(self) -> dict[str, Any]:
        """Return the filter; fields with mistakes in them filter nothing."""
        self.is_valid()
        given = self.cleaned_data
        last = given.get("last")
        return {
            "who": given.get("who", ""),
            "what": given.get("what", ""),
            "since": _midnight(given.get("first")),
            "before": _midnight(last + timedelta(days=1)) if last else None,
        }


class PastForm(forms.Form):
    """The minute to look at."""

    at = forms.DateTimeField(
        label=_("Day and time"),
        input_formats=("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write day and time, such as 2026-11-26 14:30.")},
    )  # fmt: skip


def _not_past(day: date) -> date:
    if day < timezone.localdate():
        raise forms.ValidationError(_("This day has passed. Choose a later one."))
    return day


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
