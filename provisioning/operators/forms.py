"""What operators type: answers, reasons, notices, people."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from balai.directory import reference
from provisioning.models import Maintenance, Rank
from provisioning.operators.ranks import SUPERUSER
from tenants.models import Region
from tenants.states import NEXT, WORKING, State

MINUTES: Final = (30, 60, 120, 240, 480)
LONGEST_MINUTES: Final = 480
BY_HAND: Final = frozenset({State.ACTIVE, State.PAST_DUE, State.RESTRICTED})
"""States an operator may choose. Ending a region takes two of its admins and thirty days."""


class DecisionForm(forms.Form):
    """Yes or no, and what the other side is told."""

    decision = forms.ChoiceField(choices=[("yes", ""), ("no", "")], widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Reason"),
        help_text=_("The other side reads this; say how it was checked, or what is missing."),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )

    @property
    def approved(self) -> bool:
        """Whether it is a yes."""
        return bool(self.cleaned_data["decision"] == "yes")


class MoveForm(forms.Form):
    """The next state of a region, and why."""

    to = forms.ChoiceField(label=_("New state"))
    why = forms.CharField(
        label=_("Reason"), help_text=_("The region's admins read it."), max_length=240
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.choices = choices_from(state)


def choices_from(state: str) -> list[tuple[str, Any]]:
    """Return the states that an operator may bring a region in ``state`` into, by hand.

    Leaving the sandbox is decided on the request to go live; a closing is taken back by the
    region's admins.
    """
    if state in {State.SANDBOX, State.CLOSING, State.BUILDING, State.REQUESTED}:
        return []
    return [(item.value, item.label) for item in State if item in NEXT[state] & BY_HAND]


class VisitForm(forms.Form):
    """Why and for how long an operator wants to enter a region."""

    reason = forms.CharField(
        label=_("What do you want to look at?"),
        help_text=_("The region's admins decide by this sentence. No personal data."),
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
    )
    minutes = forms.TypedChoiceField(label=_("For how long"), coerce=int, initial=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        minutes: Any = self.fields["minutes"]
        minutes.choices = [(number, spell(number)) for number in MINUTES]


def spell(minutes: int) -> str:
    """Return a length of time in words."""
    from django.utils.translation import ngettext

    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


class MaintenanceForm(forms.ModelForm):
    """A notice for one region's people, or for everybody's."""

    class Meta:
        model = Maintenance
        fields = ["region", "text_id", "text_en", "begins_at", "ends_at"]
        widgets = {
            "begins_at": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
            "ends_at": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = Region.objects.filter(state__in=WORKING).order_by("name")
        region.empty_label = _("All regions")

    def clean(self) -> dict[str, Any]:
        """Refuse a notice that ends before it begins."""
        found: dict[str, Any] = super().clean() or {}
        begins, ends = found.get("begins_at"), found.get("ends_at")
        if begins and ends and ends <= begins:
            raise ValidationError(_("The end must come after the beginning."), code="order")
        return found


class PostForm(forms.Form):
    """A rank; ``province`` only for a province's account."""

    rank = forms.ChoiceField(
        label=_("Rank"), choices=[*Rank.choices, (SUPERUSER, _("Superuser: everything"))]
    )
    province = forms.ChoiceField(label=_("Province"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province: Any = self.fields["province"]
        province.choices = [("", "—"), *((one.code, one.name) for one in reference.provinces())]

    def clean(self) -> dict[str, Any]:
        """Ask for the province where it is needed and forget it where it is not."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("rank") == Rank.PROVINCE:
            if not found.get("province"):
                self.add_error("province", _("Choose the province of this account."))
        else:
            found["province"] = ""
        return found


class PersonForm(PostForm):
    """Somebody new."""

    field_order = ["name", "email", "rank", "province"]
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
