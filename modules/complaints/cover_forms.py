"""Boxes over a photo, as numbers: what a hand draws, and what can be typed without a script."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from modules.complaints.services.blurring import MAX_BOXES, Box


def _percent(label: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label, required=False, min_value=0, max_value=100,
        widget=forms.NumberInput({"step": "0.1", "inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


class BoxForm(forms.Form):
    """One box in percent of the photo's width and height; an empty row is no box."""

    left = _percent(_("From the left, %"))
    top = _percent(_("From the top, %"))
    width = _percent(_("Width, %"))
    height = _percent(_("Height, %"))

    def clean(self) -> dict[str, Any]:
        """Refuse half a box."""
        data = super().clean() or {}
        sides = [data.get(name) for name in ("left", "top", "width", "height")]
        if any(side is not None for side in sides) and not all(sides[2:]):
            raise forms.ValidationError(_("Give each box a width and a height."))
        return data

    def box(self) -> Box | None:
        """Return the box, or None for an empty row."""
        data = self.cleaned_data
        if not data.get("width") or not data.get("height"):
            return None
        sides = (data.get(name) or 0 for name in ("left", "top", "width", "height"))
        return Box(*(side / 100 for side in sides))


BoxesForm: Any = forms.formset_factory(BoxForm, extra=MAX_BOXES, max_num=MAX_BOXES)
