"""Officers' forms, one per action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Agency
from balai.ui.forms import PhotosField
from modules.complaints.forms import text_field
from modules.complaints.models import Category, Complaint
from modules.complaints.selectors import categories
from modules.complaints.services.verification import Ruling


class VerifyForm(forms.Form):
    """Route a report: which kind, which agency, under which heading."""

    about_report = True

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Agency"), empty_label=_("Choose the agency")
    )
    category = forms.ChoiceField(label=_("Kind of problem"))
    title = forms.CharField(label=_("Heading"), min_length=5, max_length=255)
    note = text_field(_("Note for everybody"), required=False, rows=2)
    approve_photos = forms.BooleanField(
        label=_("The photos may be seen by everybody"), required=False
    )
    secret = forms.BooleanField(
        label=_("Keep the report secret"), required=False,
        help_text=_("It never appears in public. This cannot be taken back."),
    )  # fmt: skip

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "agency": complaint.category.agency_id,
            "category": complaint.category_id,
            "title": complaint.title,
            "approve_photos": True,
            "secret": complaint.secret,
        }
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.filter(active=True).order_by("-kind", "name")
        groups = categories.groups()
        self._known = {str(item.pk): item for group in groups for item in group.choices}
        self._known.setdefault(str(complaint.category_id), complaint.category)
        offered = [
            (group.category.label, [(str(item.pk), item.label) for item in group.choices])
            for group in groups
        ]
        category: Any = self.fields["category"]
        category.choices = offered
        if complaint.secret:
            self.fields["secret"].disabled = True

    def clean_category(self) -> Category:
        """Return the category itself."""
        return self._known[self.cleaned_data["category"]]

    def ruling(self) -> Ruling:
        """Return the decision for the service."""
        return Ruling(**self.cleaned_data)


class ReasonForm(forms.Form):
    """A sentence for the other side."""

    text = text_field(_("Reason"))


class NoteForm(forms.Form):
    """A sentence that may be left out."""

    text = text_field(_("Note"), required=False)


class ResolveForm(forms.Form):
    """What was done, and the photo that shows it."""

    text = text_field(_("What was done?"))
    photos = PhotosField(label=_("Photos of the finished work"), required=False)


class MessageForm(forms.Form):
    """A message to the reporter or a note among officers."""

    text = text_field(_("Message"), rows=2)
    internal = forms.BooleanField(label=_("Note for officers only"), required=False)
