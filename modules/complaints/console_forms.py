"""The admins' form of one kind of problem."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Agency
from modules.complaints.models import Category

OWN = (
    "label_id",
    "label_en",
    "icon",
    "klass",
    "days",
    "agency",
    "secret_default",
    "featured",
    "active",
)


class CategoryForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """Name, agency, working days, and whether it is offered."""

    parent = forms.ModelChoiceField(Category.objects.filter(parent=None), label=_("Group"))

    days = forms.IntegerField(
        label=_("Working days"), min_value=0, max_value=250, initial=0,
        help_text=_("Working days the agency has after taking a case on. 0: those of the class."),
    )  # fmt: skip

    class Meta:
        model = Category
        fields = ("parent", *OWN)
        help_texts = {
            "icon": _("A name from the Lucide set, such as lamp."),
            "agency": _("Offered to the verifier first; empty leaves the choice open."),
            "secret_default": _("Every report of this kind stays secret."),
            "featured": _("The first five such kinds stand as tiles on the form."),
            "active": _("A kind that is not offered keeps its old reports."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.filter(active=True).order_by("name")
