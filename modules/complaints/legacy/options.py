"""What is asked once for all rows of an older system's table."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext, gettext_lazy as _

from modules.complaints.selectors import categories


class OptionsForm(forms.Form):
    """Whose numbers these are, and who may see the reports."""

    system = forms.CharField(
        label=_("Name of the older system"), max_length=20, initial="lama",
        help_text=_("Keep it the same for every file of that system: with it and its number a "
                    "report is known again."),
        validators=[RegexValidator(r"^[\w .-]+\Z", _("Letters and digits only."))],
    )  # fmt: skip
    fallback = forms.ChoiceField(label=_("Kind for rows without one"), required=False)
    publish = forms.BooleanField(
        label=_("Everybody may see them"), required=False,
        help_text=_("Reports whose kind is secret, rejected ones and those not verified yet stay "
                    "private. Make sure that no text names a person."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: list[Any] = [("", gettext("None: such rows are mistakes"))]
        offered += [
            (group.category.label, [(item.slug, item.label) for item in group.choices])
            for group in categories.groups(active_only=False)
        ]
        fallback: Any = self.fields["fallback"]
        fallback.choices = offered

    def clean_system(self) -> str:
        """Return the name as it stands before every old number."""
        return " ".join(self.cleaned_data["system"].casefold().split())
