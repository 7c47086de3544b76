"""The console's forms: institutions, co-operations, rules, people."""

from typing import Any, Final

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Area
from modules.partners import sources
from modules.partners.models import Cooperation, Partner, SharingRule

CONTACTS: Final = 2
CONTACT: Final = ("name", "post", "email", "phone")


def _many(label: Any, choices: Any, hint: Any = "", *, required: bool = False) -> Any:
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=hint, required=required,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label, help_text=hint,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("This is no date.")},
    )  # fmt: skip


def districts() -> list[tuple[str, str]]:
    """Return the kecamatan by name, by their codes."""
    rows = Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("name")
    return list(rows.values_list("code", "name"))


def grouped(source: sources.Source, only: set[str] | None = None) -> list[tuple[str, str]]:
    """Return a source's categories for a form, each with its group."""
    kinds = [one for one in source.contract.case_kinds() if only is None or one.slug in only]
    groups = list(dict.fromkeys(one.group for one in kinds))
    kinds.sort(key=lambda one: groups.index(one.group))
    several = len(groups) > 1
    return [
        (one.slug, f"{one.group}: {one.label}" if several and one.group else one.label)
        for one in kinds
    ]  # fmt: skip


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes none at run time
    """An institution."""

    class Meta:
        model = Partner
        fields = ("short_name", "name", "kind", "tasks", "active")
        help_texts = {
            "tasks": _("In a few words, for those who choose whom to share a case with."),
            "active": _("Without this its people, links and programs see nothing."),
        }

    def clean(self) -> dict[str, Any]:
        """Make the slug of a new one out of its short name; refuse a second of that name."""
        told = super().clean() or self.cleaned_data
        if not self.instance.pk and told.get("short_name"):
            told["slug"] = slugify(told["short_name"])[:40]
            if not told["slug"]:
                self.add_error("short_name", _("Write the name with letters."))
            elif Partner.objects.filter(slug=told["slug"]).exists():
                self.add_error("short_name", _("There is an institution of this name already."))
        return told


class CooperationForm(forms.Form):
    """What was agreed. Categories and fields come from the modules that are on."""

    basis = forms.ChoiceField(label=_("Legal basis"), choices=Cooperation.Basis.choices)
    number = forms.CharField(
        label=_("Its number"), max_length=120,
        error_messages={"required": _("Write the number of the paper.")},
    )  # fmt: skip
    signed_on = day_field(_("Signed on"))
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"), _("After it sharing stops by itself, at once."))
    document = forms.FileField(
        label=_("The signed paper"), required=False, help_text=_("PDF, at most 10 MB."),
        widget=forms.ClearableFileInput({"accept": "application/pdf"}),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("Purpose"), max_length=600, widget=forms.Textarea({"rows": 3}),
        help_text=_("What the partner may use the cases for, and nothing else."),
        error_messages={"required": _("Write what the cases are shared for.")},
    )  # fmt: skip
    acknowledge_days = forms.IntegerField(
        label=_("Working days to acknowledge"), min_value=1, max_value=30, initial=1
    )

    def __init__(self, *args: Any, cooperation: Cooperation | None = None, **kwargs: Any) -> None:
        if cooperation is not None:
            kwargs.setdefault("initial", _initial(cooperation))
        super().__init__(*args, **kwargs)
        self.sources = sources.active()
        for slug, source in self.sources.items():
            name = {"source": source.label}
            self.fields[f"categories_{slug}"] = _many(
                _("%(source)s: which categories") % name, grouped(source)
            )
            told = list(source.contract.CASE_FIELDS.items())
            self.fields[f"fields_{slug}"] = _many(
                _("%(source)s: what may be read") % name, told,
                _("Kind, place and time are always told; the reporter never is."),
            )  # fmt: skip
        self.fields["areas"] = _many(_("Only in these kecamatan"), districts(), _("None: all."))
        for at in range(CONTACTS):
            self._add_contact(at)

    def _add_contact(self, at: int) -> None:
        label = {"number": at + 1}
        self.fields[f"contact{at}_name"] = forms.CharField(
            label=_("Contact %(number)s: name") % label, max_length=120, required=False
        )
        self.fields[f"contact{at}_post"] = forms.CharField(
            label=_("Contact %(number)s: post") % label, max_length=120, required=False
        )
        self.fields[f"contact{at}_email"] = forms.EmailField(
            label=_("Contact %(number)s: e-mail") % label, required=False
        )
        self.fields[f"contact{at}_phone"] = forms.CharField(
            label=_("Contact %(number)s: phone") % label, max_length=30, required=False
        )

    def clean(self) -> dict[str, Any]:
        """Put categories, fields and contacts together; refuse a paper about nothing."""
        told = super().clean() or self.cleaned_data
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        for part in ("categories", "fields"):
            told[part] = {slug: told.get(f"{part}_{slug}", []) for slug in self.sources}
        if self.sources and not any(told["categories"].values()):
            self.add_error(None, _("Choose at least one category: what else would be shared?"))
        told["contacts"] = [row for row in map(self._contact, range(CONTACTS)) if any(row.values())]
        return told

    def _contact(self, at: int) -> dict[str, str]:
        return {name: self.cleaned_data.get(f"contact{at}_{name}", "") for name in CONTACT}


def _initial(row: Cooperation) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("basis", "number", "signed_on", "starts_on", "ends_on", "purpose",
                     "acknowledge_days", "areas")
    }  # fmt: skip
    for part in ("categories", "fields"):
        told |= {f"{part}_{slug}": keys for slug, keys in getattr(row, part).items()}
    for at, contact in enumerate(row.contacts[:CONTACTS]):
        told |= {f"contact{at}_{name}": contact.get(name, "") for name in CONTACT}
    return told


class RuleForm(forms.Form):
    """What a partner gets by itself of one source; no more than its co-operation allows."""

    moment = forms.ChoiceField(
        label=_("When"), choices=SharingRule.Moment.choices, widget=forms.RadioSelect,
        initial=SharingRule.Moment.CHECKED,
    )  # fmt: skip

    def __init__(
        self, data: Any, *, cooperation: Cooperation, source: sources.Source, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        agreed = set(cooperation.categories.get(source.slug, []))
        self.fields["categories"] = _many(
            _("Which categories"), grouped(source, agreed), required=True
        )
        allowed = cooperation.fields.get(source.slug, [])
        told = [(k, label) for k, label in source.contract.CASE_FIELDS.items() if k in allowed]
        self.fields["fields"] = _many(_("What may be read"), told, _("As little as they need."))
        places = [
            one for one in districts() if not cooperation.areas or one[0] in cooperation.areas
        ]
        self.fields["areas"] = _many(_("Only in these kecamatan"), places, _("None: all."))
        moments = set(source.contract.CASE_TOPICS.values())
        asks: Any = self.fields["moment"]
        asks.choices = [one for one in SharingRule.Moment.choices if one[0] in moments]
        if len(asks.choices) == 1:
            asks.initial = asks.choices[0][0]
        self.order_fields(["categories", "moment", "fields", "areas"])


class PersonForm(forms.Form):
    """Somebody of the partner's, by the address they sign in with."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of an account on this site. The role ends with the co-operation."),
        error_messages={"required": _("Write the address they sign in with.")},
    )  # fmt: skip


class EndForm(forms.Form):
    """Why a co-operation ends before its time."""

    reason = forms.CharField(
        label=_("Why"), max_length=255, error_messages={"required": _("Say why it ends.")}
    )
