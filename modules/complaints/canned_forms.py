"""The admins' form of one prepared answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Agency
from modules.complaints.models import CannedReply
from modules.complaints.states import State


class CannedReplyForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """Where it is offered, what it is called, what it says."""

    state = forms.ChoiceField(
        label=_("Offered when a report is"), required=False,
        choices=[("", _("in any state")), *State.choices],
    )  # fmt: skip
    text = forms.CharField(
        label=_("Text"), max_length=3000, widget=forms.Textarea({"rows": 6}),
        help_text=_("{number}, {agency} and {due} become the report's own."),
    )  # fmt: skip

    class Meta:
        model = CannedReply
        fields = ("label", "state", "agency", "text")
        help_texts = {
            "label": _("What officers choose by, such as “Lamp: material ordered”."),
            "agency": _("Empty: offered to every agency."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.filter(active=True).order_by("name")
        agency.empty_label = _("The whole region")
