"""Forms of an employer: who it is, what it offers, what came of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from modules.jobs import conf
from modules.jobs.choices import (
    Education,
    EmploymentType,
    Occupation,
    PayPeriod,
    Sector,
    Sex,
    Workplace,
)
from modules.jobs.fields import (
    AreaField,
    DigitsField,
    RupiahField,
    offer_areas,
    phone_field,
    text_field,
)
from modules.jobs.models import Employer, Vacancy
from modules.jobs.services import employers, vacancies

DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class EmployerForm(forms.Form):
    """Who offers work. An officer compares NIB and NPWP with OSS and the tax office."""

    name = forms.CharField(label=_("Name of the firm or office"), min_length=3, max_length=160)
    kind = forms.ChoiceField(label=_("What is it?"), choices=Employer.Kind.choices)
    sector = forms.ChoiceField(label=_("Business field"), choices=Sector.choices)
    nib = DigitsField(
        label=_("Business number (NIB)"), lengths=(13,), wrong=_("A NIB has 13 digits."),
        help_text=_("13 digits, from oss.go.id. Public offices write the number of their unit."),
    )  # fmt: skip
    npwp = DigitsField(
        label=_("Tax number (NPWP)"), lengths=(15, 16),
        wrong=_("An NPWP has 15 or 16 digits."),
        help_text=_("15 or 16 digits. Only the officer who checks it sees it."),
    )  # fmt: skip
    district = AreaField()
    address = forms.CharField(label=_("Address"), max_length=255)
    contact_name = forms.CharField(label=_("Who answers for it?"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    phone = phone_field(label=_("Phone"))
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    about = text_field(_("About you"), required=False, most=2000,
                       help_text=_("Stands on each of your vacancies."))  # fmt: skip

    def __init__(self, *args: Any, employer: Employer | None = None, **kwargs: Any) -> None:
        if employer is not None:
            known = {name: getattr(employer, name) for name in employers.TOLD}
            kwargs["initial"] = {**known, "district": employer.district_id}
        super().__init__(*args, **kwargs)
        offer_areas(self)
        if employer is not None:
            self.fields["npwp"].required = False
            self.fields["npwp"].help_text = gettext(
                "Now %(npwp)s. Leave it empty to keep it."
            ) % {"npwp": employers.npwp_tail(employer)}  # fmt: skip


class InviteForm(forms.Form):
    """A colleague's address."""

    email = forms.EmailField(
        label=_("Your colleague's e-mail address"),
        help_text=_("They get a link that is good for a week, and need an account here."),
    )


class VacancyForm(forms.Form):
    """What Perpres 57/2023 asks to be reported, in the order somebody would tell it."""

    title = forms.CharField(label=_("Position"), min_length=3, max_length=120)
    occupation = forms.TypedChoiceField(
        label=_("Kind of work"), choices=[("", _("Choose")), *Occupation.choices], coerce=int
    )
    type = forms.ChoiceField(label=_("Contract"), choices=EmploymentType.choices)
    workplace = forms.ChoiceField(label=_("Where is the work done?"), choices=Workplace.choices)
    headcount = forms.IntegerField(
        label=_("How many people?"), min_value=1, max_value=2000, initial=1
    )
    area = AreaField(villages=True, label=_("Place of work"))
    address = forms.CharField(label=_("Street and number"), max_length=255, required=False)
    description = text_field(
        _("What will they do?"), rows=6, most=4000,
        help_text=_("Tasks, hours, shifts. Without telephone numbers or links: people apply here."),
    )  # fmt: skip
    requirements = text_field(_("What must they know?"), rows=4, most=3000, required=False)
    education = forms.TypedChoiceField(
        label=_("Least education"), choices=Education.choices, coerce=int, initial=Education.ANY
    )
    experience_years = forms.IntegerField(
        label=_("Years of experience"), min_value=0, max_value=30, initial=0
    )
    skills = forms.CharField(
        label=_("Skills"), max_length=300, required=False,
        widget=forms.TextInput({"placeholder": _("Excel, forklift licence, English")}),
    )  # fmt: skip
    pay_min = RupiahField(
        label=_("Wage from"), required=False,
        help_text=_("In rupiah. Vacancies that tell a wage are found more often."),
    )  # fmt: skip
    pay_max = RupiahField(label=_("Wage up to"), required=False)
    pay_period = forms.ChoiceField(label=_("Wage for"), choices=PayPeriod.choices)
    benefits = forms.CharField(label=_("Benefits"), max_length=500, required=False)
    disability_welcome = forms.BooleanField(
        label=_("People with disabilities are welcome (UU 8/2016)"), required=False
    )
    locals_first = forms.BooleanField(label=_("People from here come first"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", _("Does not matter")), *Sex.choices]
    )
    age_min = forms.IntegerField(label=_("Age from"), required=False, min_value=15, max_value=75)
    age_max = forms.IntegerField(label=_("Age up to"), required=False, min_value=15, max_value=75)
    criteria_reason = forms.CharField(
        label=_("Why does the work need this?"), max_length=300, required=False,
        help_text=_("An officer looks at every criterion of sex or age before it is published."),
    )  # fmt: skip
    valid_until = forms.DateField(label=_("Last day to apply"), widget=DATE)

    def __init__(self, *args: Any, vacancy: Vacancy | None = None, **kwargs: Any) -> None:
        if vacancy is not None:
            known = {name: getattr(vacancy, name) for name in vacancies.TOLD}
            kwargs["initial"] = {**known, "area": vacancy.area_id or vacancy.district_id}
        super().__init__(*args, **kwargs)
        offer_areas(self)
        today = timezone.localdate()
        self.last = today + timedelta(days=conf.current().open_days)
        field = self.fields["valid_until"]
        field.widget.attrs.update({"min": today.isoformat(), "max": self.last.isoformat()})
        field.help_text = gettext("At most %(n)d days from today.") % {
            "n": conf.current().open_days
        }

    def clean(self) -> dict[str, Any]:
        """Say what does not fit together."""
        data = super().clean() or {}
        self._order(data, "pay_min", "pay_max", _("The upper wage is lower than the first one."))
        self._order(data, "age_min", "age_max", _("The upper age is lower than the first one."))
        criteria = data.get("sex") or data.get("age_min") or data.get("age_max")
        if criteria and not data.get("criteria_reason"):
            self.add_error("criteria_reason", _("Say why the work needs this, or take it away."))
        until = data.get("valid_until")
        if until and not timezone.localdate() <= until <= self.last:
            self.add_error("valid_until", self.fields["valid_until"].help_text)
        area = data.get("area")
        data["district"] = (area.parent or area) if area else None
        return data

    def _order(self, data: dict[str, Any], low: str, high: str, words: Any) -> None:
        first, second = data.get(low), data.get(high)
        if first is not None and second is not None and second < first:
            self.add_error(high, words)

    @property
    def groups(self) -> Sequence[tuple[Any, list[forms.BoundField]]]:
        """The fields under the headings of the page."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]


GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("The work"), ("title", "occupation", "type", "workplace", "headcount", "description")),
    (_("The place"), ("area", "address")),
    (_("Who fits"), ("education", "experience_years", "skills", "requirements")),
    (_("Wage and benefits"), ("pay_min", "pay_max", "pay_period", "benefits")),
    (
        _("Criteria an officer looks at"),
        ("disability_welcome", "locals_first", "sex", "age_min", "age_max", "criteria_reason"),
    ),
    (_("Until when"), ("valid_until",)),
)


class ExtendForm(forms.Form):
    """A later last day."""

    valid_until = forms.DateField(label=_("New last day to apply"), widget=DATE)


class OutcomeForm(forms.Form):
    """What came of a vacancy; whoever still waits for an answer gets one."""

    elsewhere = forms.IntegerField(
        label=_("Hired without an application on this site"), min_value=0, max_value=5000, initial=0
    )
    reject_rest = forms.BooleanField(label=_("Decline everybody who still waits"), required=False)
    words = text_field(_("What shall they read?"), required=False)
    remark = text_field(
        _("A remark for the manpower office"), required=False,
        help_text=_("Such as why nobody fitted. Applicants do not read it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Declining needs words."""
        data = super().clean() or {}
        if data.get("reject_rest") and not data.get("words"):
            self.add_error("words", _("Write a sentence to those you decline."))
        return data
