"""The console's brand form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from themes import colour, patterns
from themes.brand import COLOURS, BrandSpec
from themes.presets import PRESETS


class ColourField(forms.CharField):
    """A colour as "#rrggbb", picked with the browser's own colour chooser."""

    widget = forms.TextInput(attrs={"type": "color"})

    def clean(self, value: Any) -> str:
        """Return the colour in lower case. Raises ValidationError for anything else."""
        try:
            return colour.parse(str(value or ""))
        except colour.ColourError:
            raise forms.ValidationError(_("Write a colour like #00687a."), code="invalid") from None


class BrandForm(forms.Form):
    """Name, motto, four colours, pattern, logo and photo. Contrast is checked when it is saved."""

    name = forms.CharField(label=_("Name of the region"), max_length=60)
    motto = forms.CharField(
        label=_("Motto"), max_length=60, required=False, help_text=_("Stands beneath the name.")
    )
    palette = forms.ChoiceField(
        label=_("Palette from stock"),
        required=False,
        choices=[("", _("Own colours")), *((key, preset.name) for key, preset in PRESETS.items())],
        help_text=_("Replaces the four colours and the pattern."),
    )
    primary = ColourField(label=_("Main colour"))
    deep = ColourField(label=_("Band"))
    accent = ColourField(label=_("Accent"))
    tint = ColourField(label=_("Tint"))
    pattern = forms.ChoiceField(
        label=_("Pattern"), choices=list(patterns.NAMES.items()), widget=forms.RadioSelect
    )
    logo = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG with a clear background is best."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    photo = forms.FileField(
        label=_("Photo of the city"), required=False,
        help_text=_("At least 800 pixels wide; it is cut to 16 by 9."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )  # fmt: skip
    photo_alt = forms.CharField(
        label=_("What the photo shows"), max_length=140, required=False,
        help_text=_("Read aloud to people who do not see it."),
    )  # fmt: skip
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)

    def clean(self) -> dict[str, Any]:
        """Put the chosen palette's values in place; a new photo needs its description."""
        data = super().clean() or {}
        preset = PRESETS.get(data.get("palette", ""))
        if preset:
            data |= {name: getattr(preset, name) for name in (*COLOURS, "pattern")}
        if data.get("photo") and not data.get("photo_alt"):
            self.add_error("photo_alt", _("Say in a few words what the photo shows."))
        return data

    def spec(self, now: BrandSpec) -> BrandSpec:
        """Return the brand the form describes; pictures stay those of ``now`` unless removed."""
        data = self.cleaned_data
        photo = "" if data["remove_photo"] else now.photo
        return BrandSpec(
            name=data["name"],
            motto=data["motto"],
            **{name: data[name] for name in COLOURS},
            pattern=data["pattern"],
            logo="" if data["remove_logo"] else now.logo,
            photo=photo,
            photo_alt=data["photo_alt"] if photo or data["photo"] else "",
        )
