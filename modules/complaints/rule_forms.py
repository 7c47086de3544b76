"""The admins' form of one routing rule."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Agency, Area
from modules.complaints import stems
from modules.complaints.models import Category
from modules.complaints.selectors.rules import Rule


class _Place(forms.ModelChoiceField):  # type: ignore[type-arg]  # no generic at run time
    def label_from_instance(self, obj: Any) -> str:
        return obj.label if obj.parent_id is None else f"{obj.parent.name}: {obj.label}"


class _Kind(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    def label_from_instance(self, obj: Any) -> str:
        return obj.label if obj.parent_id is None else f"{obj.parent.label}: {obj.label}"


class RuleForm(forms.Form):
    """Kind x area x words -> agency; what stays empty means any."""

    name = forms.CharField(
        label=_("Name of the rule"), max_length=80,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Officers see it beside the suggestion; citizens do not."),
    )  # fmt: skip
    category = _Kind(
        Category.objects.none(), label=_("Kind of problem"), required=False,
        empty_label=_("Any kind"), help_text=_("A group stands for all of its kinds."),
    )  # fmt: skip
    area = _Place(
        Area.objects.none(), label=_("Area"), required=False, empty_label=_("Everywhere"),
        help_text=_("A kecamatan stands for all of its kelurahan."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Words to look for"), max_length=300, required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "Words or phrases with commas between; one is enough. Endings and capitals do not "
            "matter: “lubang” also finds “berlubang”."
        ),
    )  # fmt: skip
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Agency"), required=False,
        empty_label=_("The coordinator decides"),
    )  # fmt: skip
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, rule: Rule | None = None, **kwargs: Any) -> None:
        if rule is not None:
            told = ("name", "category", "area", "words", "agency", "active")
            kwargs["initial"] = {name: getattr(rule, name) for name in told}
        super().__init__(*args, **kwargs)
        places = Area.objects.select_related("parent").defer("boundary", "parent__boundary")
        rows = {
            "category": Category.objects.select_related("parent").order_by("position", "id"),
            "area": places.order_by("code"),
            "agency": Agency.objects.filter(active=True).order_by("-kind", "name"),
        }
        for name, found in rows.items():
            field: Any = self.fields[name]
            field.queryset = found

    def clean_words(self) -> str:
        """Refuse a list of signs without a word: the rule would fit every report."""
        told = str(self.cleaned_data["words"])
        if told.strip() and not stems.phrases(told):
            raise forms.ValidationError(_("Write words, with commas between."))
        return told

    def clean(self) -> dict[str, Any]:
        """Refuse a rule that would fit every report without anybody having said so."""
        data = super().clean() or {}
        if not self.errors and not (data.get("category") or data.get("area") or data.get("words")):
            self.add_error(None, _("Choose a kind, an area or words; else it fits every report."))
        return data

    def rule(self, uuid: UUID | None = None) -> Rule:
        """Return what was filled in, under the name of an existing rule if one is given."""
        data = self.cleaned_data
        ids: dict[str, Any] = {
            name: data[name].pk if data[name] else None for name in ("category", "area", "agency")
        }
        told = {name: data[name] for name in ("name", "words", "active")}
        return Rule(uuid=uuid or uuid4(), **told, **ids)
