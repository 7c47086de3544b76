"""The form that changes what is known of an incident; it remembers with which facts it began."""

from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _, gettext_lazy

from balai import signing
from balai.directory.locate import locate
from balai.directory.selectors import areas_for_select
from balai.ui.forms import PinField
from modules.emergency.forms import point_of
from modules.emergency.incident_forms import SceneForm
from modules.emergency.models import Category
from modules.emergency.selectors.timeline import fact_words
from modules.emergency.services import editing

SALT: Final = "emergency.facts"
SHIFT: Final = 24 * 3600
"""Seconds a form may stay open."""
ON_FORM: Final = {"category_id": "category", "area_id": "area", "latitude": "pin",
                  "longitude": "pin"}  # fmt: skip


class FactsForm(SceneForm):
    """Where it is, what happens, who is in danger."""

    began_with = forms.CharField(widget=forms.HiddenInput, required=False)
    category = forms.ModelChoiceField(
        Category.objects.none(), label=gettext_lazy("Category"), empty_label=None
    )
    text = forms.CharField(
        label=gettext_lazy("What is happening"), max_length=3000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    address = forms.CharField(label=gettext_lazy("Address"), max_length=255, required=False)
    landmark = forms.CharField(label=gettext_lazy("Landmark"), max_length=160, required=False)
    area = forms.ChoiceField(label=gettext_lazy("Kelurahan or kecamatan"), required=False)
    coordinates = forms.CharField(
        label=gettext_lazy("Coordinates"), max_length=60, required=False,
        widget=forms.TextInput({"placeholder": "-6.178, 106.630"}),
    )  # fmt: skip
    pin = PinField(label=gettext_lazy("Map"), required=False)
    casualties = forms.IntegerField(
        label=gettext_lazy("Casualties"), min_value=0, max_value=9999, required=False
    )
    hazards = forms.CharField(label=gettext_lazy("Hazards"), max_length=255, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        incident = self.scene.incident
        self.began = self._began()
        category: Any = self.fields["category"]
        category.queryset = Category.objects.filter(active=True) | Category.objects.filter(
            pk=incident.category_id
        )
        area: Any = self.fields["area"]
        area.choices = [("", _("Not known")), *areas_for_select(with_districts=True)]
        now = editing.facts(incident)
        point = (now["latitude"], now["longitude"]) if now["latitude"] is not None else None
        self.initial = {
            **{name: now[name] for name in ("text", "address", "landmark", "casualties",
                                            "hazards")},
            "category": now["category_id"], "area": str(now["area_id"] or ""), "pin": point,
            "began_with": signing.dumps(now, salt=SALT),
        }  # fmt: skip

    def clean_coordinates(self) -> tuple[float, float] | None:
        """Return (latitude, longitude) as somebody read them out."""
        typed = self.cleaned_data["coordinates"]
        if not typed.strip():
            return None
        point = point_of(typed)
        if point is None:
            raise forms.ValidationError(_("Write latitude and longitude, such as -6.178, 106.630."))
        return point

    def wanted(self) -> editing.Facts:
        """Return the facts as they were sent; only of a valid form."""
        data = self.cleaned_data
        point = data["coordinates"] or data["pin"] or (None, None)
        area = int(data["area"]) if data["area"] else None
        moved = point != (self.began["latitude"], self.began["longitude"])
        if moved and area == self.began["area_id"] and point[0] is not None:
            found = locate(*point)
            area = found.pk if found else area
        return {
            "category_id": data["category"].pk, "text": data["text"].strip(),
            "address": data["address"].strip(), "landmark": data["landmark"].strip(),
            "area_id": area, "latitude": point[0], "longitude": point[1],
            "casualties": data["casualties"] or 0, "hazards": data["hazards"].strip(),
        }  # fmt: skip

    def show_theirs(self, conflict: editing.Conflict) -> None:
        """Put beside each field what somebody else wrote there; sent again, this form wins."""
        for name, words in fact_words(conflict.theirs):
            field = ON_FORM.get(name, name)
            if field not in self.errors:
                told = _("Somebody wrote meanwhile: “%(words)s”. Save again to keep yours.")
                self.add_error(field, told % {"words": words})
        now = signing.dumps(self.began | conflict.theirs, salt=SALT)
        # As a browser sends it: each name with a list of what was typed.
        self.data = MultiValueDict({**dict(self.data.lists()), "began_with": [now]})  # type: ignore[attr-defined]  # a QueryDict

    def _began(self) -> editing.Facts:
        """Return the facts that the form began with; those of now for one that says none."""
        given = self.data.get("began_with", "")
        try:
            known: editing.Facts = signing.loads(given, salt=SALT, max_age=SHIFT)
        except signing.BadSignature:
            return editing.facts(self.scene.incident)
        return known
