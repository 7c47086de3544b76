"""Form fields of the labour market: an amount of rupiah, a number on paper, a kecamatan."""

import re
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from balai.directory.models import Area
from balai.directory.selectors import areas_for_select
from balai.words import word

PHONE: Final = RegexValidator(
    r"^\+?[0-9 ()\-]{8,20}\Z", _("Write a phone number, such as 0812 3456 7890.")
)
MOST_RUPIAH: Final = 1_000_000_000


WHOLE: Final = re.compile(r"(\d+|\d{1,3}([.,])\d{3}(?:\2\d{3})*)(?:,-|(?!\2)[.,]00?)?")
"""An amount, plain or in groups of three, and no sen behind a mark that is not the groups'."""


class RupiahField(forms.IntegerField):
    """Whole rupiah, however people write them: "Rp 4.500.000", "4500000,00", "4,500,000".

    What may be meant in two ways is refused: "1,5" is neither one rupiah nor fifteen.
    """

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_RUPIAH, **options)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        """Return the amount without currency, separators and sen."""
        if isinstance(value, str):
            bare = "".join(value.lower().split()).removeprefix("rp").lstrip(".")
            found = WHOLE.fullmatch(bare)
            value = re.sub(r"[.,]", "", found[1]) if found else bare
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount with the separators of Indonesia."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class DigitsField(forms.CharField):
    """A number of some lengths, such as NIB or NPWP; dots, dashes and spaces are left out."""

    def __init__(self, *, lengths: tuple[int, ...], wrong: Any, **options: Any) -> None:
        self.lengths, self.wrong = lengths, wrong
        super().__init__(max_length=30, **options)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        """Return the digits; raises ValidationError for another count of them."""
        text = super().clean(value)
        digits = "".join(letter for letter in text if letter not in " .-")
        if not digits and not self.required:
            return ""
        if not (digits.isascii() and digits.isdecimal() and len(digits) in self.lengths):
            raise forms.ValidationError(self.wrong, code="digits")
        return digits


class AreaField(forms.ChoiceField):
    """A kecamatan, or with ``villages`` a kelurahan or desa inside one; cleans to the area."""

    def __init__(self, *, villages: bool = False, **options: Any) -> None:
        self.villages = villages
        super().__init__(**options)

    def offer(self) -> None:
        """Read the choices of the active region; a form calls it when it is made."""
        first = [("", _("Choose"))]
        if self.villages:
            self.choices = [*first, *areas_for_select(with_districts=True)]
            return
        self.label = self.label or str(word("district", _("Kecamatan")))
        rows = Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("name")
        self.choices = [*first, *((str(pk), name) for pk, name in rows.values_list("pk", "name"))]

    def clean(self, value: Any) -> Any:
        """Return the area or None; raises ValidationError for one that is not offered."""
        key = super().clean(value)
        if not key:
            return None
        return Area.objects.select_related("parent").defer("boundary", "parent__boundary").get(
            pk=key
        )  # fmt: skip


def offer_areas(form: forms.BaseForm) -> None:
    """Fill every :class:`AreaField` of a form."""
    for field in form.fields.values():
        if isinstance(field, AreaField):
            field.offer()


def phone_field(**options: Any) -> forms.CharField:
    """Return a field for a telephone number as people write it."""
    return forms.CharField(
        max_length=20,
        validators=[PHONE],
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        **options,
    )


def text_field(label: Any, *, rows: int = 3, most: int = 1000, **options: Any) -> forms.CharField:
    """Return a text area."""
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **options
    )
