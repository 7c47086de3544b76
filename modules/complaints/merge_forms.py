"""Forms about duplicates: which case a report belongs to, and what a citizen looks for."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai.ui.fields import RichLabel
from modules.complaints import conf, numbers
from modules.complaints.models import Category, Complaint
from modules.complaints.selectors import areas, categories, similar

OFFERED = 5
WIDER = 3
"""Officers look this many times as far as citizens are shown: they know the place."""


def candidates(complaint: Complaint, limit: int) -> list[similar.Similar]:
    """Return the reports near ``complaint`` that whoever holds it may see anyway.

    A report without an agency is seen by those who see every agency's.
    """
    rows = Complaint.objects.exclude(pk=complaint.pk)
    if complaint.agency_id is not None:
        public = Q(published_at__isnull=False, secret=False)
        rows = rows.filter(public | Q(agency=complaint.agency_id))
    radius = conf.current().similar_radius * WIDER
    told, now = similar.told_by(complaint), timezone.now()
    return similar.find(rows, told, radius=radius, now=now, limit=limit)


class MergeForm(forms.Form):
    """The main case: one that lies near, or any by its number. Rights are asked by the service."""

    about_report = True

    near = forms.ChoiceField(label=_("Reports nearby"), required=False, widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Number of another report"), required=False, max_length=30,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": "TNG-26-004217"}),
    )  # fmt: skip

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(item.complaint.uuid): item for item in candidates(complaint, OFFERED)}
        near: Any = self.fields["near"]
        near.choices = [(key, self._label(item)) for key, item in self.found.items()]
        if not self.found:
            del self.fields["near"]

    def _label(self, item: similar.Similar) -> RichLabel:
        away = _("%(n)s m away") % {"n": item.metres} if item.metres is not None else ""
        facts = (item.complaint.number, away, str(item.complaint.status.label))
        return RichLabel(item.complaint.title, ", ".join(fact for fact in facts if fact))

    def clean(self) -> dict[str, Any]:
        """Find the report that is meant."""
        data = super().clean() or {}
        number = numbers.parse(data.get("number") or "")
        chosen = self.found.get(data.get("near") or "")
        data["into"] = chosen.complaint if chosen else None
        if data.get("number"):
            rows = Complaint.objects.filter(number=number) if number else Complaint.objects.none()
            data["into"] = rows.first()
            if data["into"] is None:
                self.add_error("number", _("No report has this number."))
        elif chosen is None and not self.errors:
            self.add_error(None, _("Choose a report, or write its number."))
        return data


class SimilarForm(forms.Form):
    """What somebody is about to report: enough to find others that tell the same."""

    category = forms.ChoiceField(label=_("Kind of problem"), required=False)
    text = forms.CharField(label=_("Words to look for"), required=False, max_length=3000)
    district = forms.ChoiceField(label=_("Kecamatan"), required=False)
    pin_0 = forms.FloatField(required=False, min_value=-90, max_value=90)
    pin_1 = forms.FloatField(required=False, min_value=-180, max_value=180)
    village = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = categories.groups()
        self.known = {str(item.pk): item for group in groups for item in group.choices}
        kinds = [
            (group.category.label, [(str(item.pk), item.label) for item in group.choices])
            for group in groups
        ]
        places = [(str(area.pk), area.name) for area in areas.districts()]
        self._offer("category", [("", _("Any kind")), *kinds])
        self._offer("district", [("", _("Everywhere")), *places])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def told(self) -> similar.Told:
        """Return what was told, as far as it makes sense."""
        data = self.cleaned_data
        lat, lng = data.get("pin_0"), data.get("pin_1")
        kind: Category | None = self.known.get(data.get("category") or "")
        return similar.Told(
            category=kind,
            text=data.get("text") or "",
            pin=(lat, lng) if lat is not None and lng is not None else None,
            area=data.get("village"),
        )
