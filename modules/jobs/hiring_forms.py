"""Forms with which an employer answers an applicant."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.jobs.fields import text_field

MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
SLOTS = ("slot_1", "slot_2", "slot_3")


class InviteForm(forms.Form):
    """Up to three moments for an interview; the applicant chooses one."""

    slot_1 = forms.DateTimeField(label=_("First time"), widget=MOMENT)
    slot_2 = forms.DateTimeField(label=_("Second time"), widget=MOMENT, required=False)
    slot_3 = forms.DateTimeField(label=_("Third time"), widget=MOMENT, required=False)
    place = forms.CharField(
        label=_("Where?"), max_length=255, help_text=_("An address, or how the call is made.")
    )
    shared = forms.BooleanField(
        label=_("Several applicants may come at the same time"), required=False
    )
    text = text_field(_("What shall they bring or know?"), required=False)

    @property
    def slots(self) -> list[datetime]:
        """The moments that were told."""
        return [self.cleaned_data[name] for name in SLOTS if self.cleaned_data.get(name)]


class OfferForm(forms.Form):
    """What is offered."""

    text = text_field(
        _("What do you offer?"), rows=4, help_text=_("Wage, contract, first day, whom to ask for.")
    )


class HireForm(forms.Form):
    """A word to somebody who was hired."""

    text = text_field(_("A word to them"), required=False)


class RejectForm(forms.Form):
    """A sentence to somebody who was not chosen."""

    text = text_field(
        _("What shall they read?"),
        initial=_(
            "Thank you for your application. This time we have chosen somebody else. We wish you"
            " every success."
        ),
    )


FORMS: dict[str, type[forms.Form]] = {
    "invite": InviteForm,
    "offer": OfferForm,
    "hire": HireForm,
    "reject": RejectForm,
}


def form_for(name: str, data: Any = None) -> forms.Form | None:
    """Return the form of a move, None where nothing is asked."""
    form = FORMS.get(name)
    return form(data) if form else None
