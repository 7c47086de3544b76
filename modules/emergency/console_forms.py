"""The admins' forms: categories with their questions, outcomes, units."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Agency
from balai.ui.fields import RichLabel
from balai.ui.forms import PinField
from modules.emergency import scripts
from modules.emergency.models import Category, Outcome, Unit

ICONS: Final = (
    "flame", "ambulance", "baby", "car", "shield-alert", "heart-handshake", "waves-horizontal",
    "life-buoy", "paw-print", "trees", "zap", "hand-heart", "siren", "house", "mountain", "wind",
    "bug", "construction", "ship", "plane", "train-front", "biohazard", "bomb",
    "circle-question-mark",
)  # fmt: skip
UNITS_EACH: Final = 3
MOST_QUESTIONS: Final = 15


class CategoryForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """Names, urgency, who goes there, how soon, and whether what is told is sealed."""

    icon = forms.ChoiceField(label=_("Picture"), widget=forms.RadioSelect)
    target_minutes = forms.IntegerField(
        label=_("Minutes until on scene"), min_value=1, max_value=240, initial=15,
        help_text=_("Later than that the clock turns red."),
    )  # fmt: skip

    class Meta:
        model = Category
        fields = (
            "label_id", "label_en", "icon", "urgency", "target_minutes", "agency", "sealed",
            "active",
        )  # fmt: skip
        help_texts = {
            "agency": _("Its liaison follows these incidents; empty for none."),
            "sealed": _(
                "What is told is closed to all but the call taker, the crews that go there and who"
                " is let in by a second person. It holds for new incidents."
            ),
            "active": _("A category that is not offered keeps its old incidents."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.filter(active=True).order_by("name")
        icon: Any = self.fields["icon"]
        names = dict.fromkeys((*ICONS, *filter(None, [self.instance.icon])))
        icon.choices = [(name, RichLabel(name, "", name)) for name in names]
        kept = [*self.instance.units, *[""] * UNITS_EACH][:UNITS_EACH]
        labels = (_("First choice of unit"), _("Second choice"), _("Third choice"))
        for at, label in enumerate(labels):
            self.fields[f"unit_{at}"] = forms.ChoiceField(
                label=label, required=False, initial=kept[at],
                choices=[("", _("None")), *Unit.Kind.choices],
            )  # fmt: skip

    def save(self, commit: bool = True) -> Category:
        """Put the kinds of units into the category, each once, the best first."""
        chosen = (self.cleaned_data[f"unit_{at}"] for at in range(UNITS_EACH))
        self.instance.units = list(dict.fromkeys(kind for kind in chosen if kind))
        row: Category = super().save(commit)
        return row


class QuestionForm(forms.Form):
    """One question of a category's script; one without words is left out."""

    key = forms.SlugField(required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(label=_("Order"), min_value=1, max_value=99, required=False)
    id = forms.CharField(label=_("In Indonesian"), max_length=160, required=False)
    en = forms.CharField(label=_("In English"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("Answer"), choices=scripts.KINDS)

    def clean(self) -> dict[str, Any]:
        """Ask for the Indonesian words, which stand in where the English ones are missing."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("en") and not data.get("id"):
            self.add_error("id", _("Write the question in Indonesian, too."))
        return data


class Questions(BaseFormSet):  # type: ignore[type-arg]  # no generic at run time
    """The script: in the order of the numbers beside the questions."""

    def script(self) -> list[dict[str, str]]:
        """Return the questions as they are stored; only of a valid formset."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("id")]
        rows.sort(key=lambda row: row.get("place") or MOST_QUESTIONS + 1)
        return [
            {"key": key, "id": row["id"], "en": row["en"] or row["id"], "kind": row["kind"]}
            for key, row in _keyed(rows)
        ]


QuestionSet: Any = formset_factory(
    QuestionForm, formset=Questions, extra=3, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS
)


def questions_of(category: Category | None, data: Any = None) -> Questions:
    """Return the formset of a category's script, with three lines for new questions."""
    script = category.script if category else []
    rows = [{**row, "place": at} for at, row in enumerate(script, 1)]
    made: Questions = QuestionSet(data, initial=rows, prefix="questions")
    return made


def _keyed(rows: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every question under its key: the one it has, for answers of old incidents name it."""
    taken = {row["key"] for row in rows if row["key"]}
    for row in rows:
        key, number = row["key"], 1
        base = slugify(row["en"] or row["id"])[:30] or "question"
        while not key:
            wanted = base if number == 1 else f"{base}-{number}"
            key, number = ("" if wanted in taken else wanted), number + 1
        taken.add(key)
        yield key, row


class OutcomeForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """How an incident can end."""

    class Meta:
        model = Outcome
        fields = ("label_id", "label_en", "real", "active")
        help_texts = {
            "real": _("Figures count the others apart: false alarms, nobody there."),
            "active": _("One that is not offered stays on old incidents."),
        }


class UnitForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic at run time
    """A unit and where its post is."""

    post = PinField(label=_("Its post"), required=False)

    class Meta:
        model = Unit
        fields = ("callsign", "kind", "agency", "active")
        help_texts = {
            "callsign": _("As it is called on the radio."),
            "active": _("A unit that is not in use is not on the board."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.filter(active=True).order_by("name")
        if self.instance.base_latitude is not None:
            post = (self.instance.base_latitude, self.instance.base_longitude)
            self.fields["post"].initial = post

    def save(self, commit: bool = True) -> Unit:
        """Put the post into the unit."""
        post = self.cleaned_data["post"] or (None, None)
        self.instance.base_latitude, self.instance.base_longitude = post
        row: Unit = super().save(commit)
        return row
