"""Forms of the officers' console."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai.accounts import roles
from balai.accounts.console import selectors
from balai.accounts.console.selectors import Wanted
from balai.accounts.forms import ContactField
from balai.accounts.members.invitations import Offer
from balai.ui.fields import RichLabel

STATES = [
    ("", _("Everybody")),
    ("active", _("Active")),
    ("expired", _("Role has ended")),
    ("closed", _("May not sign in")),
    ("unprotected", _("Without a second step")),
]


def _end_of(day: Any) -> datetime | None:
    """Return the last moment of the day in the region's zone: a role holds on its last day."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None


class FilterForm(forms.Form):
    """Which officers to show."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=120)
    role = forms.ChoiceField(
        label=_("Role"), required=False,
        choices=lambda: [("", _("All roles")), *((r.slug, r.label) for r in roles.offered())],
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        selectors.agencies(), label=_("Agency"), required=False, empty_label=_("All agencies")
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def wanted(self) -> Wanted:
        """Return the filter; fields with mistakes in them filter nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            text=given.get("q", ""),
            role=given.get("role", ""),
            agency=given.get("agency"),
            state=given.get("state", ""),
        )


class RoleForm(forms.Form):
    """A role, where it holds, and until when."""

    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        choices=lambda: [(r.slug, RichLabel(r.label, r.help)) for r in roles.offered()],
    )
    agency = forms.ModelChoiceField(
        selectors.agencies(),
        label=_("Agency"),
        required=False,
        empty_label=_("All agencies"),
        help_text=_("Its sub-agencies are included."),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("The last day. Leave it empty for no end."),
    )

    def clean_until(self) -> datetime | None:
        """Return the end of the day; it must not be over."""
        until = _end_of(self.cleaned_data["until"])
        if until and until < timezone.now():
            raise forms.ValidationError(_("This day is over."))
        return until

    def clean(self) -> dict[str, Any]:
        """Check that a role which needs an agency has one."""
        given: dict[str, Any] = super().clean() or {}
        role = roles.find(given.get("role", ""))
        if role and role.needs_agency and not given.get("agency"):
            self.add_error("agency", _("Choose the agency for this role."))
        return given


class InviteForm(RoleForm):
    """An invitation to one person."""

    contact = ContactField()
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    field_order = ("contact", "name", "role", "agency", "until")

    def offer(self) -> Offer:
        """Return what was filled in."""
        given = self.cleaned_data
        return Offer(
            given["contact"], given["role"], given["agency"], given["name"], given["until"]
        )


class ImportForm(forms.Form):
    """Many invitations from a spreadsheet: a file, or the lines themselves."""

    file = forms.FileField(label=_("CSV file"), required=False)
    text = forms.CharField(
        label=_("Or paste the lines here"), required=False, widget=forms.Textarea({"rows": 8})
    )

    def clean_file(self) -> str:
        """Return the file's text."""
        upload = self.cleaned_data["file"]
        if not upload:
            return ""
        if upload.size > 512 * 1024:
            raise forms.ValidationError(_("The file may have at most 500 kB."))
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("Save the file as CSV in UTF-8.")) from error

    def clean(self) -> dict[str, Any]:
        """Return ``lines``, from wherever they came."""
        given: dict[str, Any] = super().clean() or {}
        given["lines"] = given.get("file") or given.get("text") or ""
        if not given["lines"].strip() and not self.errors:
            raise forms.ValidationError(_("Choose a file or paste some lines."))
        return given
