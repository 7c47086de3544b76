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
from modules.jobs.forms import DIPLOMAS
from modules.jobs.identity import Gender, Identity, Marital, Religion, unseal
from modules.jobs.models import Card, Seeker
from modules.jobs.services import cards, papers

YOUNGEST: Final = 15
"""Years; younger people may not work (UU 13/2003, articles 68 and 69)."""
MOST_SCHOOLS: Final = 5
MOST_COURSES: Final = 8
CHOOSE = ("", _("Choose"))
DAY: Final = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SchoolForm(forms.Form):
    """One school."""

    level = forms.TypedChoiceField(
        label=_("Level"), choices=DIPLOMAS, coerce=int, required=False, empty_value=None
    )
    school = forms.CharField(label=_("School or university"), max_length=120, required=False)
    year = forms.IntegerField(
        label=_("Year of graduation"), required=False, min_value=1950, max_value=2100
    )
    grade = forms.CharField(label=_("Average mark"), max_length=10, required=False)

    def clean(self) -> dict[str, Any]:
        """A school has a level."""
        data = super().clean() or {}
        if data.get("school") and not data.get("level") and "level" not in self.errors:
            self.add_error("level", _("Choose the level of this school."))
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
    photo = _photo(_("Photo 3x4"), help_text=_("Your face from the front, plain background."))
    ktp = _photo(_("Photo of the KTP"))
    diploma = _photo(_("Photo of the last diploma"))
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
        made = forms.formset_factory(SchoolForm, extra=2, max_num=MOST_SCHOOLS)
        self.schools = made(data, initial=_schools(card, seeker), prefix="schools")

    @property
    def slots(self) -> list[tuple[Any, StoredFile | None]]:
        """The photos: each field, and what lies there already."""
        return [(self[slot], self.kept.get(slot)) for slot in papers.SLOTS]

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
        lines = [line.strip()[:100] for line in self.cleaned_data["training"].splitlines()]
        return [line for line in lines if line][:MOST_COURSES]

    def clean(self) -> dict[str, Any]:
        """Every needed photo is there; rows without a level are left out."""
        data = super().clean() or {}
        for slot in papers.NEEDED:
            if not data.get(slot) and slot not in self.kept and slot not in self.errors:
                self.add_error(slot, _("Please add this photo."))
        if not self.schools.is_valid():
            self.add_error(None, _("Please look at the rows that are marked below."))
        rows = [row.cleaned_data for row in self.schools if getattr(row, "cleaned_data", None)]
        data["schools"] = [row for row in rows if row.get("level")]
        return data

    def told(self) -> dict[str, Any]:
        """Return what the service keeps; only of a valid form."""
        data = self.cleaned_data
        known = ("birth_place", "birth_date", "gender", "marital", "religion", "address", "phone",
                 "height", "weight", "schools", "training")  # fmt: skip
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
            "training": "\n".join(told.training),
        }  # fmt: skip
    if seeker is None:
        return {"name": user.name, "phone": user.phone or ""}
    return {
        "name": seeker.name, "phone": seeker.phone, "district": seeker.district_id,
        "education": seeker.education or "",
        "training": "\n".join(row["name"] for row in seeker.training),
    }  # fmt: skip


def _schools(card: Card | None, seeker: Seeker | None) -> list[dict[str, Any]]:
    told = unseal(card.sealed) if card else None
    if told is not None:
        return list(told.schools)
    if seeker is None or not seeker.education or not seeker.school:
        return []
    return [{"level": seeker.education, "school": seeker.school, "year": seeker.graduated,
             "grade": seeker.grade}]  # fmt: skip
