"""Phone numbers: kept as E.164, typed as Indonesians type them."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

E164: Final = RegexValidator(
    r"^\+[1-9][0-9]{7,14}\Z", _("Write a phone number such as 0812 3456 7890.")
)


def normalise(typed: str) -> str:
    """Return the E.164 form of ``typed`` ("0812-3456-7890" becomes "+6281234567890").

    Raises:
        ValidationError: when it is no phone number.
    """
    digits = re.sub(r"[\s().-]", "", typed)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith(("62", "8")):
        digits = "+" + (digits if digits.startswith("62") else "62" + digits)
    E164(digits)
    return digits


def normalise_or_none(typed: str) -> str | None:
    """Return the E.164 form, or None for what is no phone number."""
    try:
        return normalise(typed)
    except ValidationError:
        return None
