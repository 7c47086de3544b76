"""The wizard's forms, one a page."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from balai.directory import reference
from balai.ui.fields import RichLabel
from provisioning import presets as preset_files, rules
from provisioning.models import Claim, Opening, Plan
from provisioning.opening import presets

SANDBOX = "sandbox"


class StartForm(forms.Form):
    """Who asks, with an address that proves it."""

    email = forms.EmailField(
        label=_("Official e-mail address"),
        max_length=254,
        help_text=_("An address that ends in go.id goes on at once; others we check by hand."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    applicant = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    position = forms.CharField(
        label=_("Position and office"),
        max_length=120,
        help_text=_("For example: Head of e-Government, Dinas Kominfo"),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    reason = forms.CharField(
        label=_("Why not an address of your government?"),
        max_length=1000,
        required=False,
        help_text=_("Only for other addresses. Name an office telephone on which we reach you."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the address is not official."""
        data = self.cleaned_data
        email = data.get("email", "")
        if email and not rules.is_official(email) and not data.get("reason", "").strip():
            self.add_error(
                "reason",
                _("This address does not end in go.id. Tell us why, and how to reach you."),
            )
        return data


class CodeForm(forms.Form):
    """The six digits of the mail."""

    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label=_("Code from the mail"),
        error_messages={"invalid": _("The code has six digits.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 9}
        ),
    )

    def clean_code(self) -> str:
        """Return the digits alone."""
        return "".join(str(self.cleaned_data["code"]).split())


class RegionForm(forms.Form):
    """One of the 514."""

    code = forms.CharField(
        label=_("City or regency"),
        error_messages={"required": _("Choose your city or regency.")},
        widget=forms.RadioSelect,
    )

    def clean_code(self) -> str:
        """Refuse what is not in the list or is open already."""
        code = str(self.cleaned_data["code"])
        rules.check_code(code)
        return code


class AddressForm(forms.Form):
    """The part before the platform's own name."""

    slug = forms.CharField(
        label=_("Address of your site"),
        max_length=41,
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        self.code = code
        super().__init__(*args, **kwargs)

    def clean_slug(self) -> str:
        """Refuse an address that cannot be had."""
        slug = str(self.cleaned_data["slug"]).strip().lower()
        rules.check_slug(slug, code=self.code)
        return slug


class PresetForm(forms.Form):
    """What the site begins with."""

    preset = forms.ChoiceField(label=_("What it begins with"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name of the region on its pages"),
        max_length=120,
        help_text=_("As citizens say it, for example Kota Tangerang."),
    )

    def __init__(self, *args: Any, place: reference.Regency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["preset"])
        field.choices = [(name, _choice(name)) for name in preset_names(place)]


class PlanForm(forms.Form):
    """The sandbox alone or a plan as well, and the promise that one may."""

    plan = forms.ChoiceField(label=_("Plan"), required=False)
    population = forms.IntegerField(
        label=_("Number of inhabitants"), required=False, min_value=1, max_value=50_000_000,
        help_text=_("As BPS published it last; it decides which plans fit."),
    )  # fmt: skip
    agree = forms.BooleanField(
        label=_("I act for this government and accept the terms."),
        error_messages={"required": _("Confirm that you act for this government.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._paid = {plan.slug: plan for plan in Plan.objects.filter(offered=True, price__gt=0)}
        choices = [(SANDBOX, _("Only the sandbox for now")), *self._paid.items()]
        cast("forms.ChoiceField", self.fields["plan"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """A paid plan goes by the number of inhabitants, as in the console."""
        told = super().clean() or {}
        told["plan"] = told.get("plan") or SANDBOX
        plan, population = self._paid.get(told["plan"]), told.get("population")
        if plan and population is None and "population" not in self.errors:
            self.add_error("population", _("Tell us the number of inhabitants first."))
        elif plan and population is not None and not plan.fits(population):
            self.add_error("plan", _("This plan is for another number of inhabitants."))
        return told


class ClaimForm(forms.ModelForm):
    """An objection: this region was opened by the wrong people."""

    class Meta:
        model = Claim
        fields = ["applicant", "position", "email", "phone", "letter", "statement"]
        widgets = {"statement": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "phone": _("The office's number; an operator calls it."),
            "letter": _("If there is one already."),
        }

    def clean_email(self) -> str:
        """Only an official address may object."""
        email = str(self.cleaned_data["email"]).lower()
        if not rules.is_official(email):
            raise ValidationError(_("Use an address that ends in go.id."), code="unofficial")
        return email


def preset_names(place: reference.Regency) -> list[str]:
    """Return the presets that make sense for a region, the fitting one first."""
    return [place.kind, *(name for name in preset_files.NAMES if name not in ("kota", "kabupaten"))]


def initial_preset(opening: Opening) -> str:
    """Return the chosen preset, or the one that fits the region's kind."""
    return opening.preset or presets.suggested(reference.regency(opening.code))


def _choice(name: str) -> RichLabel:
    preset = preset_files.load(name)
    icons = {"kota": "building-2", "kabupaten": "landmark", "pilot": "flask-conical"}
    hint = _("%(count)s agencies to begin with. %(modules)s") % {
        "count": len(preset.agencies),
        "modules": _("All modules that are ready.")
        if preset.modules is None
        else _("Complaints and news only; one kecamatan first."),
    }
    return RichLabel(presets.label(name), hint, icons.get(name, "landmark"))
