"""A seeker's forms: the profile with its rows, the CV, an application; and the settings."""

from dataclasses import asdict
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modules.jobs.choices import Education, LanguageLevel
from modules.jobs.conf import Settings
from modules.jobs.fields import AreaField, RupiahField, offer_areas, phone_field, text_field
from modules.jobs.models import Seeker
from modules.jobs.services import profiles

DEFAULTS = asdict(Settings())
MOST_ROWS, EMPTY_ROWS = 8, 2
DIPLOMAS = [("", _("Choose")), *Education.choices[1:]]
LEVELS = [("", _("Level")), *LanguageLevel.choices]


class RowForm(forms.Form):
    """One row of a list: an empty one is left out, a half-filled one is asked about."""

    key: ClassVar[str]
    """What makes the row count."""
    missing: ClassVar[Any] = _("Fill this in, or empty the whole row.")

    def clean(self) -> dict[str, Any]:
        """Nothing that was typed is dropped without a word."""
        data = super().clean() or {}
        if any(data.values()) and not data.get(self.key) and self.key not in self.errors:
            self.add_error(self.key, self.missing)
        return data


class ExperienceForm(RowForm):
    """One place of work."""

    key = "role"
    role = forms.CharField(label=_("Position"), max_length=80, required=False)
    place = forms.CharField(label=_("Firm"), max_length=80, required=False)
    since = forms.IntegerField(label=_("From (year)"), required=False, min_value=1960)
    until = forms.IntegerField(
        label=_("Until (year)"), required=False, min_value=1960, help_text=_("Empty: still there.")
    )

    def clean(self) -> dict[str, Any]:
        """Years go forward and lie behind us."""
        data = super().clean()
        since, until, now = data.get("since"), data.get("until"), timezone.localdate().year
        for name, year in (("since", since), ("until", until)):
            if year and year > now:
                self.add_error(name, _("This year has not come yet."))
        if since and until and until < since:
            self.add_error("until", _("It ended before it began."))
        return data


class TrainingForm(RowForm):
    """One course or certificate."""

    key = "name"
    name = forms.CharField(label=_("Course or certificate"), max_length=120, required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1960, max_value=2100)


class LanguageForm(RowForm):
    """One language."""

    key = "name"
    name = forms.CharField(label=_("Language"), max_length=40, required=False)
    level = forms.ChoiceField(label=_("How well?"), choices=LEVELS, required=False)


ROWS: dict[str, tuple[Any, type[RowForm]]] = {
    "experience": (_("Work so far"), ExperienceForm),
    "training": (_("Courses and certificates"), TrainingForm),
    "languages": (_("Languages"), LanguageForm),
}
"""Each list of the profile: its heading and the form of a row."""


def rows_of(
    form: type[RowForm], data: Any, known: list[dict[str, Any]], *, prefix: str,
    most: int = MOST_ROWS,
) -> Any:  # fmt: skip
    """Return a list of rows with :data:`EMPTY_ROWS` empty ones, ``most`` of them in all."""
    made = forms.formset_factory(
        form, extra=EMPTY_ROWS, max_num=most, absolute_max=most, validate_max=True
    )
    return made(data, initial=known, prefix=prefix)


def filled(rows: Any) -> list[dict[str, Any]]:
    """Return what was told in the rows that count; only of valid ones."""
    found = [row.cleaned_data for row in rows if getattr(row, "cleaned_data", None)]
    return [row for row in found if row.get(rows.form.key)]


class ProfileForm(forms.Form):
    """What an employer reads of somebody who applies."""

    name = forms.CharField(
        label=_("Full name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = phone_field(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    district = AreaField(required=False)
    education = forms.TypedChoiceField(label=_("Last diploma"), choices=DIPLOMAS, coerce=int)
    school = forms.CharField(label=_("School or university"), max_length=120, required=False)
    major = forms.CharField(label=_("Field of study"), max_length=120, required=False)
    graduated = forms.IntegerField(
        label=_("Year of graduation"), required=False, min_value=1960, max_value=2100
    )
    grade = forms.CharField(label=_("Average mark"), max_length=10, required=False)
    wanted = forms.CharField(
        label=_("What work do you look for?"), max_length=200, required=False,
        widget=forms.TextInput({"placeholder": _("Warehouse, cashier, administration")}),
    )  # fmt: skip
    skills = forms.CharField(label=_("What can you do well?"), max_length=300, required=False)
    about = text_field(_("About you"), required=False, help_text=_("Two or three sentences."))

    def __init__(self, data: Any = None, *, seeker: Seeker | None, user: Any) -> None:
        super().__init__(data, initial=_initial(seeker, user))
        offer_areas(self)
        self.rows = {
            name: rows_of(form, data, getattr(seeker, name) if seeker else [], prefix=name)
            for name, (_title, form) in ROWS.items()
        }

    @property
    def lists(self) -> list[tuple[Any, Any]]:
        """The lists with their headings."""
        return [(ROWS[name][0], rows) for name, rows in self.rows.items()]

    def clean(self) -> dict[str, Any]:
        """An employer must be able to answer; empty rows of the lists are left out."""
        data = super().clean() or {}
        if not data.get("phone") and not data.get("email"):
            self.add_error("phone", _("Write a phone number or an e-mail address."))
        if not all([rows.is_valid() for rows in self.rows.values()]):
            self.add_error(None, _("Please look at the rows that are marked below."))
        return data | {name: filled(rows) for name, rows in self.rows.items()}


def _initial(seeker: Seeker | None, user: Any) -> dict[str, Any]:
    if seeker is None:
        return {"name": user.name, "phone": user.phone or "", "email": user.email or ""}
    known = {name: getattr(seeker, name) for name in profiles.TOLD}
    return {**known, "district": seeker.district_id}


class CvForm(forms.Form):
    """A CV as PDF; its bytes are judged by the service."""

    cv = forms.FileField(
        label=_("CV as PDF"), widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
        help_text=_("At most 5 MB. Only employers you apply to can open it."),
    )  # fmt: skip


class ApplyForm(forms.Form):
    """A few words to the employer."""

    letter = text_field(
        _("A few words to the employer"), rows=6, most=2000, required=False,
        help_text=_("Why this work, and why you? Your profile and CV go along."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why somebody takes an application back."""

    text = text_field(_("Do you want to say why?"), required=False)


def _days(name: str, label: Any, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, initial=DEFAULTS[name], **options
    )


class SettingsForm(forms.Form):
    """The module's page in the console."""

    verify_days = _days("verify_days", _("Working days to check an employer"), 10)
    review_days = _days("review_days", _("Working days to review a vacancy"), 10)
    card_days = _days("card_days", _("Working days to check an application for an AK/I card"), 10)
    outcome_days = _days(
        "outcome_days", _("Days an employer has to report the outcome"), 60,
        help_text=_("Days of the calendar. After that the next vacancy is not accepted."),
    )  # fmt: skip
    open_days = _days("open_days", _("Days a vacancy may stay open at most"), 365)
    card_keep_days = _days(
        "card_keep_days", _("Days the data of an ended AK/I card are kept"), 1825,
        help_text=_("Of the calendar. Then NIK, birth, religion and the like are erased."),
    )  # fmt: skip
    minimum_wage = RupiahField(
        label=_("Minimum wage a month (UMK)"), initial=DEFAULTS["minimum_wage"],
        help_text=_("Vacancies that pay less are flagged for the officer; 0 flags none."),
    )  # fmt: skip
