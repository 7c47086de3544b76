"""The console's forms for agencies, office-holders and uploads."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from balai.directory import selectors
from balai.directory.boundaries import MAX_BYTES
from balai.directory.models import Agency, Area, OfficeHolder
from balai.directory.tables import MAX_BYTES as MAX_TABLE_BYTES


def required(text: Any) -> dict[str, Any]:
    """Return the error messages of a field that says what to do when it is empty."""
    return {"required": text}


NO_FILE = {
    "required": _("Choose a file."),
    "missing": _("Choose a file."),
    "empty": _("The file is empty."),
}


class AgencyForm(forms.Form):
    """One agency. Choices of other agencies and of areas are read when the form is made."""

    name = forms.CharField(
        label=_("Name"), max_length=160, error_messages=required(_("Write the agency's name."))
    )
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        help_text=_("As people say it: DLH, Dishub."),
        error_messages=required(_("Write the agency's short name.")),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Agency.Kind.choices)
    parent = forms.ChoiceField(label=_("Part of"), required=False)
    area = forms.ChoiceField(
        label=_("Area it serves"), required=False, help_text=_("For offices of one area only.")
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Phone number"), required=False, max_length=24)

    def __init__(self, *args: Any, agency: Agency | None = None, **kwargs: Any) -> None:
        if agency is not None:
            kwargs.setdefault("initial", _initial(agency))
        super().__init__(*args, **kwargs)
        own = {str(agency.pk)} if agency else set()
        others = [choice for choice in selectors.agencies_for_select() if choice[0] not in own]
        _choose(self.fields["parent"], [("", _("Stands at the top")), *others])
        areas = selectors.areas_for_select(with_districts=True)
        _choose(self.fields["area"], [("", _("The whole region")), *areas])

    @property
    def chosen_parent(self) -> Agency | None:
        """The agency it shall be part of, after validation."""
        chosen = self.cleaned_data["parent"]
        return Agency.objects.get(pk=int(chosen)) if chosen else None

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, except the parent, after validation."""
        data = self.cleaned_data
        plain = {key: data[key] for key in ("name", "short_name", "kind", "email", "phone")}
        return {**plain, "area_id": int(data["area"]) if data["area"] else None}


class HolderForm(forms.Form):
    """One office-holder."""

    agency = forms.ChoiceField(label=_("Agency"), required=False)
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("Such as Head of Agency, or Mayor."),
        error_messages=required(_("Write the person's title.")),
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages=required(_("Write the person's name."))
    )
    account = forms.ChoiceField(
        label=_("Account"),
        required=False,
        help_text=_("The account with which this person signs in."),
    )

    def __init__(self, *args: Any, holder: OfficeHolder | None = None, **kwargs: Any) -> None:
        if holder is not None:
            kwargs.setdefault(
                "initial",
                {
                    "agency": str(holder.agency_id or ""),
                    "title": holder.title,
                    "name": holder.name,
                    "account": str(holder.user_uuid or ""),
                },
            )
        super().__init__(*args, **kwargs)
        agencies = selectors.agencies_for_select()
        _choose(self.fields["agency"], [("", _("The region's own leaders")), *agencies])
        _choose(self.fields["account"], [("", _("None")), *_officers()])

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, after validation."""
        data = self.cleaned_data
        agency = Agency.objects.get(pk=int(data["agency"])) if data["agency"] else None
        return {
            "agency": agency,
            "title": data["title"],
            "name": data["name"],
            "user_uuid": data["account"] or None,
        }


class BoundaryForm(forms.Form):
    """A GeoJSON file and what it draws."""

    level = forms.ChoiceField(
        label=_("What the file draws"),
        choices=[
            (Area.Kind.VILLAGE.value, _("Kelurahan and desa")),
            (Area.Kind.DISTRICT.value, _("Kecamatan")),
        ],
        widget=forms.RadioSelect,
        initial=Area.Kind.VILLAGE,
    )
    file = forms.FileField(
        label=_("GeoJSON file"),
        help_text=_("At most 10 MB, coordinates in WGS84. Each feature needs a code or a name."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        error_messages=NO_FILE,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        return _small(self.cleaned_data["file"], MAX_BYTES, _("The file is larger than 10 MB."))


class TableForm(forms.Form):
    """A table of agencies."""

    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages=NO_FILE,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        return _small(
            self.cleaned_data["file"], MAX_TABLE_BYTES, _("The file is larger than 1 MB.")
        )


def add_errors(form: forms.Form, error: ValidationError) -> None:
    """Show a service's errors at their fields; those of no field of the form at its top."""
    found = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for field, texts in found.items():
        form.add_error(field if field in form.fields else None, texts)


def _choose(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
    field.choices = choices


def _initial(agency: Agency) -> dict[str, Any]:
    return {
        "name": agency.name,
        "short_name": agency.short_name,
        "kind": agency.kind,
        "parent": str(agency.parent_id or ""),
        "area": str(agency.area_id or ""),
        "email": agency.email,
        "phone": agency.phone,
    }


def _officers() -> list[tuple[str, str]]:
    people = get_user_model().objects.filter(is_active=True, memberships__isnull=False)
    return [(str(person.uuid), person.label) for person in people.distinct().order_by("name")]


def _small(upload: Any, limit: int, text: Any) -> Any:
    if upload.size > limit:
        raise forms.ValidationError(text, code="too_large")
    return upload
