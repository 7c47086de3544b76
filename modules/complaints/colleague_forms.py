"""Officers' forms about each other: a note for a colleague, a case handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.accounts.models import User
from modules.complaints.forms import text_field
from modules.complaints.models import Complaint
from modules.complaints.selectors import colleagues


def officer_field(label: Any, **options: Any) -> "forms.ModelChoiceField[User]":
    """Return a select of officers; the form puts in who may be chosen."""
    return forms.ModelChoiceField(User.objects.none(), label=label, **options)


class NoteForm(forms.Form):
    """A note among officers, perhaps for one of them."""

    about_report = True

    text = text_field(
        _("Note"), rows=2, help_text=_("Only officers read it, never the reporter or the public.")
    )
    mention = officer_field(
        _("Tell a colleague"), required=False, empty_label=_("Nobody in particular"),
        help_text=_("They get a notice that a note waits here."),
    )  # fmt: skip

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "mention", colleagues.of_case(complaint))


class HandOverForm(forms.Form):
    """Who works on the case from now on."""

    about_report = True

    officer = officer_field(_("Officer"), empty_label=_("Choose a colleague"))
    text = text_field(_("Note"), required=False, rows=2)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = colleagues.of_case(complaint).exclude(pk=complaint.assignee_id or 0)
        offer(self, "officer", others)


class HandBackForm(forms.Form):
    """Why the case is nobody's again."""

    text = text_field(_("Note"), required=False, rows=2)


def offer(form: forms.Form, name: str, people: Any) -> None:
    """Let one of ``people`` be chosen in a form's field; at most as many as one can read."""
    field: Any = form.fields[name]
    field.queryset = people
    field.label_from_instance = lambda user: user.label
