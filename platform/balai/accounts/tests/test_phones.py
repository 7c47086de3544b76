"""Numbers as Indonesians type them."""

import pytest
from django.core.exceptions import ValidationError

from balai.accounts import phones


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("0062 812 3456 7890", "+6281234567890"),
        ("(021) 555-0123", "+62215550123"),
        ("+60 12-345 6789", "+60123456789"),
    ],
)
def test_spellings(typed: str, kept: str) -> None:
    assert phones.normalise(typed) == kept


@pytest.mark.parametrize("typed", ["", "halo", "0812", "+6281234567890123", "112", "0812x3456789"])
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(ValidationError):
        phones.normalise(typed)
    assert phones.normalise_or_none(typed) is None
