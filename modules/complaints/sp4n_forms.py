"""Officers' and admins' forms about SP4N-LAPOR!."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from modules.complaints.models import Complaint
from modules.complaints.selectors import categories
from modules.complaints.services import sp4n_sending
from modules.complaints.sp4n import Mode, chosen, fields

MODES = (
    (Mode.OFF.value, pgettext_lazy("sp4n", "Not connected")),
    (Mode.MANUAL.value, pgettext_lazy("sp4n", "By hand: officers write numbers and statuses down")),
    (Mode.CONSOLE.value, pgettext_lazy("sp4n", "Rehearsal: cases are written into a folder")),
    (Mode.HTTP.value, pgettext_lazy("sp4n", "Gateway with a token")),
)


def _kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (group.category.label, [(item.slug, item.label) for item in group.choices])
        for group in categories.groups()
    ]


class NoteForm(forms.Form):
    """The number and status of a case, read on SP4N's own pages."""

    about_report = True

    external_id = forms.CharField(
        label=_("Number at SP4N-LAPOR!"), max_length=64,
        validators=[RegexValidator(sp4n_sending.NUMBER, _("Write the number as it stands there."))],
    )  # fmt: skip
    status = forms.CharField(label=_("Status there"), max_length=60, required=False)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        twin = sp4n_sending.twin_of(complaint)
        if twin is not None:
            kwargs["initial"] = {"external_id": twin.external_id or "", "status": twin.status}
        super().__init__(*args, **kwargs)


class Sp4nSettings(forms.Form):
    """The part of the module's settings that is about SP4N-LAPOR!."""

    sp4n_mode = forms.ChoiceField(label="SP4N-LAPOR!", choices=MODES, initial=Mode.OFF.value)
    sp4n_url = forms.URLField(
        label=_("Address of the gateway"), required=False, max_length=200, assume_scheme="https",
    )  # fmt: skip
    sp4n_token = forms.CharField(
        label=_("Token of the gateway"), required=False, max_length=500,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        help_text=_("Kept encrypted and never shown. Empty keeps the one that is stored."),
    )  # fmt: skip
    sp4n_fields = forms.CharField(
        label=_("How the gateway calls things"), required=False, max_length=3000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("JSON with what differs from the usual; leave it empty at first."),
    )  # fmt: skip
    sp4n_auto = forms.MultipleChoiceField(
        label=_("Kinds of problems that go to SP4N-LAPOR! once they are verified"),
        required=False, choices=_kinds, widget=forms.SelectMultiple({"size": 10}),
        help_text=_("Secret reports never go by themselves."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(sorted(self.fields, key=lambda name: name.startswith("sp4n_")))

    def clean_sp4n_token(self) -> str:
        """Seal a new token; keep the stored one where none was typed."""
        typed = self.cleaned_data["sp4n_token"]
        return chosen.sealed(typed) if typed else str(self.initial.get("sp4n_token", ""))

    def clean_sp4n_fields(self) -> str:
        """Refuse a mapping that the channel could not use."""
        try:
            fields.read(self.cleaned_data["sp4n_fields"])
        except fields.BadFields as problem:
            raise forms.ValidationError(str(problem)) from problem
        return str(self.cleaned_data["sp4n_fields"])

    def clean(self) -> dict[str, Any]:
        """Ask for an address where a gateway is chosen."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("sp4n_mode") == Mode.HTTP and not told.get("sp4n_url"):
            self.add_error("sp4n_url", _("A gateway needs its address."))
        return told
