"""What people write about their data, and what officers answer."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.privacy import law, registry, subjects
from balai.privacy.models import Breach


class TicketForm(forms.Form):
    """The number and the secret of something that was sent without an account."""

    part = forms.ChoiceField(label=_("What you sent"))
    number = forms.CharField(label=_("Number"), max_length=40)
    code = forms.CharField(
        label=_("Secret"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["part"]
        field.choices = subjects.tickets()


class CorrectionForm(forms.Form):
    """What is wrong, and what is right."""

    part = forms.ChoiceField(label=_("Where it stands"))
    wrong = forms.CharField(
        label=_("What is wrong"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    right = forms.CharField(
        label=_("What is right"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["part"]
        field.choices = sorted(subjects.titles().items(), key=lambda pair: pair[1])


class RestrictionForm(forms.Form):
    """Why processing should rest."""

    reason = forms.CharField(
        label=_("What should rest, and why"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """An officer's answer: done, or refused on a ground that the law gives."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("fulfil", _("Done as asked")), ("refuse", _("Refused"))],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(label=_("Ground in law (when refused)"), required=False)
    answer = forms.CharField(
        label=_("Answer to the person"), max_length=2000,
        help_text=_("In plain words: what was done, or why it cannot be done."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ground"]
        grounds = [(g.key, f"{g.label} ({g.article})") for g in law.grounds_of(kind)]
        field.choices = [("", "—"), *grounds]

    def clean(self) -> dict[str, Any]:
        """A refusal needs its ground (articles 15, 33 and 41 (2))."""
        told = super().clean() or {}
        if told.get("outcome") == "refuse" and not told.get("ground"):
            self.add_error("ground", _("Choose the ground in law for the refusal."))
        return told


class HoldForm(forms.Form):
    """Which record stays, and for which procedure."""

    part = forms.ChoiceField(
        label=_("Kind of record"),
        choices=[("complaints", pgettext_lazy("record", "Report")), ("emergency", _("Emergency"))],
    )
    reference = forms.CharField(label=_("Its number"), max_length=40)
    reason = forms.CharField(label=_("Which procedure"), max_length=255)


class BreachForm(forms.ModelForm):
    """What happened, as far as it is known; it can be changed until people were told."""

    purposes = forms.MultipleChoiceField(
        label=_("Whose data: purposes"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Breach
        fields = ["title", "noticed_at", "since", "until", "purposes", "how", "measures", "contact"]
        widgets = {
            **{
                name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
                for name in ("noticed_at", "since", "until")
            },
            "how": forms.Textarea(attrs={"rows": 4}),
            "measures": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["purposes"]
        field.choices = [(one.slug, one.label) for one in registry.purposes()]

    def clean(self) -> dict[str, Any]:
        """The period ends after it begins; nothing is noticed in the future."""
        told: dict[str, Any] = super().clean() or {}
        since, until, noticed = (told.get(name) for name in ("since", "until", "noticed_at"))
        if since and until and until < since:
            self.add_error("until", _("It cannot end before it began."))
        if noticed and noticed > timezone.now():
            self.add_error("noticed_at", _("It cannot be noticed in the future."))
        return told
