"""The form of an AK/I card: who somebody is, what they learned, their papers."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai.files.models import StoredFile
from modules.jobs import card_dates, nik
from modules.jobs.fields import AreaField, offer_areas, phone_field, text_field
from modules.jobs.forms import (
    DIPLOMAS,
    ExperienceForm,
    LanguageForm,
    RowForm,
    filled,
    rows_of,
)
from modules.jobs.identity import Gender, Identity, Marital, Religion, unseal
from modules.jobs.models import Card, Seeker
from modules.jobs.services import cards, papers

YOUNGEST: Final = 15
"""Years; younger people may not work (UU 13/2003, articles 68 and 69)."""
MOST_SCHOOLS: Final = 5
MOST_COURSES: Final = 8
MOST_WANTED: Final = 5
LONGEST_LINE: Final = 100
CHOOSE = ("", _("Choose"))
DAY: Final = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SchoolForm(RowForm):
    """One school."""

    key = "level"
    missing = _("Choose the level of this school.")
    level = forms.TypedChoiceField(
        label=_("Level"), choices=DIPLOMAS, coerce=int, required=False, empty_value=None
    )
    school = forms.CharField(label=_("School or university"), max_length=120, required=False)
    since = forms.IntegerField(label=_("From (year)"), required=False, min_value=1950)
    year = forms.IntegerField(label=_("Year of graduation"), required=False, min_value=1950)
    grade = forms.CharField(label=_("Average mark"), max_length=10, required=False)

    def clean(self) -> dict[str, Any]:
        """Years go forward and lie behind us."""
        data = super().clean()
        since, year, now = data.get("since"), data.get("year"), timezone.localdate().year
        for name, told in (("since", since), ("year", year)):
            if told and told > now:
                self.add_error(name, _("This year has not come yet."))
        if since and year and year < since:
            self.add_error("year", _("It ended before it began."))
        return data


def _photo(label: Any, **options: Any) -> forms.FileField:
    widget = forms.FileInput({"accept": "image/*"})
    return forms.FileField(label=label, widget=widget, required=False, **options)


class CardForm(forms.Form):
    """Everything the card shows and the officer compares.

    ``kept`` are the photos that are there already, by slot: what was uploaded with a form that
    had a mistake need not be chosen again.
    """

    name = forms.CharField(
        label=_("Full name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("As on the KTP."),
    )  # fmt: skip
    nik = forms.CharField(
        label=_("NIK"), max_length=24, help_text=_("16 digits, as on the KTP."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    birth_place = forms.CharField(label=_("Place of birth"), max_length=80)
    birth_date = forms.DateField(label=_("Date of birth"), widget=DAY)
    gender = forms.ChoiceField(label=_("Sex"), choices=[CHOOSE, *Gender.choices])
    marital = forms.ChoiceField(label=_("Marital status"), choices=[CHOOSE, *Marital.choices])
    religion = forms.ChoiceField(label=_("Religion"), choices=[CHOOSE, *Religion.choices])
    height = forms.IntegerField(label=_("Height (cm)"), required=False, min_value=80, max_value=250)
    weight = forms.IntegerField(label=_("Weight (kg)"), required=False, min_value=25, max_value=250)
    address = text_field(_("Address"), rows=2, most=255, help_text=_("Where you live now."))
    district = AreaField(required=False)
    phone = phone_field(label=_("Phone"), required=False)
    education = forms.TypedChoiceField(label=_("Last diploma"), choices=DIPLOMAS, coerce=int)
    training = text_field(
        _("Courses and skills"), required=False, most=800, help_text=_("One a line, at most eight.")
    )
    wanted = text_field(
        _("Positions you look for"), required=False, most=500,
        help_text=_("One a line, at most five."),
    )  # fmt: skip
    photo = _photo(_("Photo 3x4"), help_text=_("Your face from the front, plain background."))
    ktp = _photo(_("Photo of the KTP"))
    diploma = _photo(_("Photo of the last diploma"))
    family = _photo(_("Photo of the family card (KK)"), help_text=_("Only if the office asks."))
    certificate = _photo(_("Photo of a certificate"))
    signature = _photo(
        _("Photo of your signature"), help_text=_("On white paper. Or sign the printed card.")
    )
    agreed = forms.BooleanField(
        label=_("What I tell is true, and the office may use it for the card (UU 27/2022).")
    )

    def __init__(
        self, data: Any = None, uploads: Any = None, *, user: Any, card: Card | None,
        seeker: Seeker | None, kept: Mapping[str, StoredFile],
    ) -> None:  # fmt: skip
        super().__init__(data, uploads, initial=_initial(user, card, seeker))
        self.kept, self.card = kept, card
        offer_areas(self)
        if card is not None and card.nik:
            known = _("Empty: it stays %(nik)s.") % {"nik": cards.masked(card)}
            self.fields["nik"].required, self.fields["nik"].help_text = False, known
        rows = _rows(card, seeker)
        self.schools = rows_of(
            SchoolForm, data, rows["schools"], prefix="schools", most=MOST_SCHOOLS
        )
        self.work = rows_of(ExperienceForm, data, rows["work"], prefix="work")
        self.languages = rows_of(LanguageForm, data, rows["languages"], prefix="languages")

    @property
    def slots(self) -> list[tuple[Any, StoredFile | None, bool]]:
        """The photos: each field, what lies there already, and whether it is needed."""
        return [(self[slot], self.kept.get(slot), slot in papers.NEEDED) for slot in papers.SLOTS]

    def clean_nik(self) -> str:
        """Return the digits; nothing typed keeps those of the card."""
        typed = self.cleaned_data["nik"]
        digits = nik.plausible(typed) if typed or not self.card else cards.nik_of(self.card)
        if not digits:
            raise forms.ValidationError(_("This is no NIK. Compare it with your KTP."), code="nik")
        return digits

    def clean_birth_date(self) -> date:
        """Somebody who may work, and who can be alive."""
        born: date = self.cleaned_data["birth_date"]
        today = timezone.localdate()
        if card_dates.add_months(born, 12 * YOUNGEST) > today:
            raise forms.ValidationError(
                _("The card is for people from %(n)d years on.") % {"n": YOUNGEST}, code="young"
            )
        if born.year < today.year - 100:
            raise forms.ValidationError(_("Please look at the year."), code="old")
        return born

    def clean_training(self) -> list[str]:
        """Return one course a line."""
        return _lines(self.cleaned_data["training"], MOST_COURSES)

    def clean_wanted(self) -> list[str]:
        """Return one position a line."""
        return _lines(self.cleaned_data["wanted"], MOST_WANTED)

    def clean(self) -> dict[str, Any]:
        """Every needed photo is there; empty rows are left out."""
        data = super().clean() or {}
        for slot in papers.NEEDED:
            if not data.get(slot) and slot not in self.kept and slot not in self.errors:
                self.add_error(slot, _("Please add this photo."))
        lists = {"schools": self.schools, "work": self.work, "languages": self.languages}
        if not all([rows.is_valid() for rows in lists.values()]):
            self.add_error(None, _("Please look at the rows that are marked below."))
        return data | {name: filled(rows) for name, rows in lists.items()}

    def told(self) -> dict[str, Any]:
        """Return what the service keeps; only of a valid form."""
        data = self.cleaned_data
        known = ("birth_place", "birth_date", "gender", "marital", "religion", "address", "phone",
                 "height", "weight", "schools", "training", "work", "languages",
                 "wanted")  # fmt: skip
        told = {name: data[name] for name in ("name", "nik", "district", "education")}
        return {**told, "identity": Identity(**{name: data[name] for name in known})}


class RevealForm(forms.Form):
    """Why an officer must see the whole NIK."""

    reason = text_field(
        _("Why do you need the whole NIK?"), rows=2, most=200,
        help_text=_("Your name, the time and this reason stay in the log."),
    )  # fmt: skip


class CodeForm(forms.Form):
    """The letters below the QR code, typed in."""

    code = forms.CharField(
        label=_("Number and letters below the QR code"), max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
             "placeholder": "AK1-26-000017.K7QM4ZPA"}
        ),
    )  # fmt: skip


def _initial(user: Any, card: Card | None, seeker: Seeker | None) -> dict[str, Any]:
    """Return what is known: of the card, else of the profile, else of the account."""
    told = unseal(card.sealed) if card else None
    if card is not None and told is not None:
        shown = {name: getattr(told, name) for name in Identity.__slots__}
        return shown | {
            "name": card.name, "district": card.district_id, "education": card.education,
            "training": "\n".join(told.training), "wanted": "\n".join(told.wanted),
        }  # fmt: skip
    if seeker is None:
        return {"name": user.name, "phone": user.phone or ""}
    return {
        "name": seeker.name, "phone": seeker.phone, "district": seeker.district_id,
        "education": seeker.education or "",
        "training": "\n".join(row["name"] for row in seeker.training),
        "wanted": "\n".join(word.strip() for word in seeker.wanted.split(",")),
    }  # fmt: skip


def _rows(card: Card | None, seeker: Seeker | None) -> dict[str, list[Any]]:
    """Return the known rows of each list: of the card, else of the profile."""
    told = unseal(card.sealed) if card else None
    if told is not None:
        return {"schools": told.schools, "work": told.work, "languages": told.languages}
    if seeker is None:
        return {"schools": [], "work": [], "languages": []}
    school = {"level": seeker.education, "school": seeker.school, "year": seeker.graduated,
              "grade": seeker.grade}  # fmt: skip
    return {
        "schools": [school] if seeker.education and seeker.school else [],
        "work": seeker.experience, "languages": seeker.languages,
    }  # fmt: skip


def _lines(text: str, most: int) -> list[str]:
    """Return what was told a line each; raises ValidationError rather than drop some of it."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if len(lines) > most or any(len(line) > LONGEST_LINE for line in lines):
        raise forms.ValidationError(
            _("At most %(most)d lines, each of at most %(long)d letters."), code="lines",
            params={"most": most, "long": LONGEST_LINE},
        )  # fmt: skip
    return lines
