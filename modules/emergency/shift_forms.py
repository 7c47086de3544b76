"""Put somebody on a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.accounts.models import User
from modules.emergency.models import Unit
from modules.emergency.selectors import duty


class _Person(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for checkers only
    """A crew member with the agency's name: two people may be called alike."""

    def label_from_instance(self, obj: Any) -> str:
        """Return name and agencies."""
        agencies = self.agencies.get(obj.pk, "")
        return f"{obj.label} ({agencies})" if agencies else obj.label

    agencies: dict[int, str] = {}


class ShiftForm(forms.Form):
    """Who goes on which unit."""

    person = _Person(
        label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose a person")
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), empty_label=_("Choose a unit")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        units: Any = self.fields["unit"]
        people.queryset = duty.crews()
        people.agencies = duty.agencies_of(people.queryset)
        units.queryset = Unit.objects.filter(active=True)
