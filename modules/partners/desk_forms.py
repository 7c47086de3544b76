"""Forms of the desk, on the city's side and on the partner's."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modules.partners.models import Cooperation, Partner
from modules.partners.sources import Source
from modules.partners.states import Outcome


def words(label: Any, *, hint: Any = "", required: bool = True) -> forms.CharField:
    """Return a field for some lines of text."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=3000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write a word about it.")},
    )  # fmt: skip


class ShareForm(forms.Form):
    """With whom, which fields, and why."""

    cooperation = forms.ChoiceField(
        label=_("With whom"), widget=forms.RadioSelect,
        error_messages={"required": _("Choose a partner.")},
    )  # fmt: skip
    fields_told = forms.MultipleChoiceField(
        label=_("What may be read"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose as little as they need. Kind, place and time are always told."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"), max_length=255,
        help_text=_("It stands in the log. Write no names."),
        error_messages={"required": _("Say why the case is shared.")},
    )  # fmt: skip

    def __init__(
        self, data: Any, *, source: Source, papers: Sequence[Cooperation], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.papers = {str(row.uuid): row for row in papers}
        asks: Any = self.fields["cooperation"]
        asks.choices = [
            (key, f"{row.partner.short_name}, {row.number}") for key, row in self.papers.items()
        ]
        agreed = {key for row in papers for key in row.fields.get(source.slug, [])}
        told: Any = self.fields["fields_told"]
        told.choices = [
            (key, label) for key, label in source.contract.CASE_FIELDS.items() if key in agreed
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse fields that the chosen paper does not allow."""
        told = super().clean() or self.cleaned_data
        paper = self.papers.get(told.get("cooperation", ""))
        if paper is not None:
            told["paper"] = paper
        return told


class AcknowledgeForm(forms.Form):
    """The case's number at the partner's."""

    reference = forms.CharField(
        label=_("Your own number for it"), max_length=60, required=False,
        help_text=_("Such as the number of the police report. It helps when one of us calls."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """What became of it."""

    outcome = forms.ChoiceField(
        label=_("What became of it"), choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it.")},
    )  # fmt: skip
    text = words(_("Answer to the city"), hint=_("It goes into the history of the case."))
    for_reporter = forms.BooleanField(
        label=_("Who reported it may read this answer"), required=False
    )


class SealedAnswerForm(AnswerForm):
    """The same without a word to the reporter: what is sealed stays among officers."""

    for_reporter = None  # type: ignore[assignment]  # Django's way to drop an inherited field


class AskAgainForm(forms.Form):
    """What the answer left open."""

    text = words(_("What is still open?"), hint=_("The partner reads it."))


class WithdrawForm(forms.Form):
    """Why the partner shall know no more of it."""

    text = words(_("Why"), hint=_("The partner sees the case no more. The reason is in the log."))


class MessageForm(forms.Form):
    """A word to the other side."""

    text = words(_("Message"))


class LinkForm(forms.Form):
    """Who gets a link."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Whoever has the letter can open this one case and answer it."),
        error_messages={"required": _("Write the address of who shall open it.")},
    )  # fmt: skip


class LogForm(forms.Form):
    """Which days, and which partner."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Until"), widget=forms.DateInput({"type": "date"}))
    partner = forms.ChoiceField(label=_("Partner"), required=False)

    def __init__(self, data: Any) -> None:
        today = timezone.localdate()
        given = {name: data[name] for name in ("first", "last", "partner") if data.get(name)}
        start = {"first": str(today - timedelta(days=30)), "last": str(today)}
        super().__init__({**start, **given})
        rows = Partner.objects.values_list("slug", "short_name")
        asks: Any = self.fields["partner"]
        asks.choices = [("", _("All")), *rows]

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        told = super().clean() or self.cleaned_data
        first: date | None = told.get("first")
        last: date | None = told.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        return told
