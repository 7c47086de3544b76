"""What a reporter may do with their own report, and what anybody may do with a public one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.ui.forms import PhotosField
from modules.complaints import blackout
from modules.complaints.forms import ReportForm, text_field
from modules.complaints.models import Complaint, Photo
from modules.complaints.services.editing import Edit
from modules.complaints.services.photos import MAX_PHOTOS

NOT_EDITED = ("identity", "name", "email", "phone", "prefers", "own", "kind", "secret")


class EditForm(ReportForm):
    """The report's form again, with what was told, until somebody has verified it."""

    title = forms.CharField(
        label=_("Heading"), min_length=5, max_length=255,
        help_text=_("The coordinator may still word it anew."),
    )  # fmt: skip
    remove = forms.MultipleChoiceField(
        label=_("Photos to take out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    photos = PhotosField(label=_("Add photos"), required=False, max_count=MAX_PHOTOS)

    field_order = ("title", "text")

    def __init__(self, *args: Any, complaint: Complaint, held: list[Photo], **kwargs: Any) -> None:
        self.held = held
        super().__init__(*args, initial=_told(complaint), **kwargs)
        for name in NOT_EDITED:
            del self.fields[name]
        choices: Any = self.fields["remove"]
        choices.choices = [(str(photo.pk), str(photo.pk)) for photo in held]

    def _offer_ways(self) -> None:
        """Contact data are not changed here."""

    def edit(self) -> Edit:
        """Return what was changed, for the service."""
        data = self.cleaned_data
        return Edit(
            title=data["title"], text=data["text"], category=data["chosen"], area=data["where"],
            landmark=data["landmark"], pin=data["pin"], add=data["photos"],
            remove=frozenset(int(key) for key in data["remove"]),
        )  # fmt: skip


class BlackoutForm(forms.Form):
    """Which words to black out: values such as "text:12"."""

    parts = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": _("The text has changed meanwhile.")}
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"title": _("Heading"), "text": _("Text"), "landmark": _("Landmark")}
        data: Any = self.data
        chosen = set(data.getlist("parts")) if self.is_bound else set()
        texts = [(name, blackout.words(getattr(complaint, name))) for name in blackout.FIELDS]
        self.texts = [
            (labels[name], [(word, key(name, word), key(name, word) in chosen) for word in words])
            for name, words in texts
            if words
        ]
        field: Any = self.fields["parts"]
        field.choices = [
            (value, word.text) for _label, row in self.texts for word, value, _on in row
            if not word.black
        ]  # fmt: skip

    def chosen(self) -> dict[str, set[int]]:
        """Return the places of the chosen words, by field."""
        found: dict[str, set[int]] = {}
        for value in self.cleaned_data["parts"]:
            name, _colon, place = value.partition(":")
            found.setdefault(name, set()).add(int(place))
        return found


def key(name: str, word: blackout.Word) -> str:
    """Return the value that stands for a word of a field."""
    return f"{name}:{word.place}"


class WithdrawForm(forms.Form):
    """Why the report is taken back; it may be left out."""

    text = text_field(_("Why? The officers read it."), required=False)


class FollowForm(forms.Form):
    """An address that wants news of a public report."""

    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip


def _told(complaint: Complaint) -> dict[str, Any]:
    """Return the report as the form's first values."""
    pin = None
    if complaint.latitude is not None and complaint.longitude is not None:
        pin = (complaint.latitude, complaint.longitude)
    village = complaint.area_id if complaint.area_id != complaint.district_id else ""
    return {
        "title": complaint.title, "text": complaint.text, "landmark": complaint.landmark,
        "category": complaint.category_id, "other_category": complaint.category_id,
        "district": complaint.district_id, "village": village, "pin": pin,
    }  # fmt: skip
