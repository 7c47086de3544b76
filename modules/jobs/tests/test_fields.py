"""What people type into the fields of the labour market."""

import pytest
from django.core.exceptions import ValidationError

from modules.jobs.fields import RupiahField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("Rp 4.500.000", 4_500_000), ("4500000,00", 4_500_000), ("4,500,000", 4_500_000),
     ("Rp. 5.000.000,-", 5_000_000), ("175000", 175_000), ("1,5", None), ("4.5 juta", None),
     ("4.500.00", None), ("-5", None)],
)  # fmt: skip
def test_rupiah_as_people_write_them(typed: str, amount: int | None) -> None:
    """A wage is read right or refused, never taken for another one."""
    field = RupiahField()
    if amount is None:
        with pytest.raises(ValidationError):
            field.clean(typed)
    else:
        assert field.clean(typed) == amount
