"""What a bulk action asks before it begins. ``values()`` is what the service keeps, as JSON."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, ngettext

from balai.directory.models import Agency
from modules.complaints.colleague_forms import offer, officer_field
from modules.complaints.forms import text_field
from modules.complaints.selectors import colleagues


class BulkForm(forms.Form):
    """Where ``confirms`` is set, more than one report needs a tick of its own."""

    confirms = False
    question: Any = ""

    def __init__(self, *args: Any, user: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.confirms and count > 1:
            words = ngettext(
                "I have looked at them: %(n)s report.",
                "I have looked at them: %(n)s reports.",
                count,
            )
            self.fields["confirm"] = forms.BooleanField(
                label=words % {"n": count}, help_text=self.question,
                error_messages={"required": _("Tick this if you mean all of them.")},
            )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """Return the answers as JSON."""
        return {name: value for name, value in self.cleaned_data.items() if name != "confirm"}


class BulkVerifyForm(BulkForm):
    """One agency for all, or each to the agency of its own kind."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Agency"), required=False,
        empty_label=_("Each to the agency that rules and kind suggest"),
        help_text=_("Kinds, headings and secrecy stay as they are. Photos stay hidden until "
                    "somebody has looked at them."),
    )  # fmt: skip
    text = text_field(_("Note for everybody"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.filter(active=True).order_by("-kind", "name")

    def values(self) -> dict[str, Any]:
        """Return the agency by its key."""
        agency = self.cleaned_data["agency"]
        return {**super().values(), "agency": agency.pk if agency else None}


class BulkHandOverForm(BulkForm):
    """One colleague for all."""

    officer = officer_field(_("Officer"), empty_label=_("Choose a colleague"))
    text = text_field(_("Note"), required=False, rows=2)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        offer(self, "officer", colleagues.within(user))

    def values(self) -> dict[str, Any]:
        """Return the officer by their key."""
        return {**super().values(), "officer": self.cleaned_data["officer"].pk}


class BulkNoteForm(BulkForm):
    """The same note on each."""

    text = text_field(_("Note"), help_text=_("Only officers read it."))


class BulkMessageForm(BulkForm):
    """The same message to each reporter."""

    canned = True
    text = text_field(
        _("Message"), rows=5,
        help_text=_("{number}, {agency} and {due} become each report's own."),
    )  # fmt: skip


class BulkRejectForm(BulkForm):
    """The same reason to each reporter, and a second look."""

    canned = True
    confirms = True
    question = _("Each reporter is told the reason. Only their appeal can open a report again.")
    text = text_field(
        _("Reason"), rows=5, help_text=_("{number}, {agency} and {due} become each report's own.")
    )


class BulkSecretForm(BulkForm):
    """Nothing to ask but whether it is meant."""

    confirms = True
    question = _("They disappear from public pages for good. This cannot be taken back later.")
