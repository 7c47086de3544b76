"""Officers' forms, one per action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Agency
from balai.ui.forms import PhotosField, PhotosInput
from modules.complaints.forms import text_field
from modules.complaints.models import Category, Complaint
from modules.complaints.selectors import categories
from modules.complaints.services import routing
from modules.complaints.services.transferring import Handover
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

    cleared = forms.BooleanField(
        label=_("I have read the text; everybody may read it"), required=False,
        help_text=_("Without this the report is handled, but not shown to the public."),
    )  # fmt: skip

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        offered_to = routing.suggest(complaint)
        kwargs["initial"] = {
            "agency": offered_to.agency.pk if offered_to.agency else None,
            "category": complaint.category_id,
            "title": complaint.title,
            "approve_photos": True,
            "secret": complaint.secret,
        }
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.filter(active=True).order_by("-kind", "name")
        agency.help_text = offered_to.reason
        if not complaint.suspicions or complaint.secret:
            del self.fields["cleared"]
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


class DecideForm(VerifyForm):
    """Route a report that agencies sent back too often: now the agency keeps it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].help_text = _("Your decision stands: the agency cannot send it back.")


class TransferForm(forms.Form):
    """Who shall have a report that is not the city's."""

    about_report = True

    receiver = forms.CharField(
        label=_("Authority"), max_length=160, min_length=3,
        help_text=_("Such as the province, another city, the police or SP4N-LAPOR!."),
    )  # fmt: skip
    address = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("They get the report without the reporter's name, and a link to take it on."),
    )
    text = text_field(_("Note for everybody"), rows=2)
    public = forms.BooleanField(label=_("Everybody may read the report"), required=False)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if complaint.secret:
            del self.fields["public"]

    def handover(self) -> Handover:
        """Return the decision for the service."""
        data = self.cleaned_data
        return Handover(
            receiver=data["receiver"], address=data["address"], note=data["text"],
            public=data.get("public", False),
        )  # fmt: skip


class ReasonForm(forms.Form):
    """A sentence for the other side."""

    text = text_field(_("Reason"))


class NoteForm(forms.Form):
    """A sentence that may be left out."""

    text = text_field(_("Note"), required=False)


class ResolveForm(forms.Form):
    """What was done, and the photo that shows it."""

    text = text_field(_("What was done?"))
    photos = PhotosField(
        label=_("Photos of the finished work"), required=False,
        widget=PhotosInput({"data-original": ""}),  # evidence: what the file says is looked at
    )  # fmt: skip


class MessageForm(forms.Form):
    """A message to the reporter; notes among officers have a form of their own."""

    text = text_field(_("Message"), rows=2)
    photos = PhotosField(label=_("Photos"), required=False)
