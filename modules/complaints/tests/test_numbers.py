"""Tracking numbers survive phones, paper and slips."""

from hypothesis import given, strategies as st

from balai.context import Region
from modules.complaints import numbers
from modules.complaints.models import Counter
from modules.complaints.services.numbering import next_number

serials = st.integers(min_value=1, max_value=9_999_999)
years = st.integers(min_value=2020, max_value=2099)


@given(years, serials)
def test_what_is_made_can_be_read(year: int, serial: int) -> None:
    number = numbers.make("TNG", year, serial)
    assert numbers.parse(number) == number
    spoken = number.lower().replace("-", " ")
    assert numbers.parse(spoken) == number


@given(years, serials, st.data())
def test_one_wrong_digit_is_noticed(year: int, serial: int, data: st.DataObject) -> None:
    number = numbers.make("TNG", year, serial)
    places = [at for at, letter in enumerate(number) if letter.isdigit()]
    at = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != number[at]]))
    assert numbers.parse(number[:at] + wrong + number[at + 1 :]) is None


@given(years, serials)
def test_swapped_neighbours_are_noticed(year: int, serial: int) -> None:
    number = numbers.make("TNG", year, serial)
    digits = number.rpartition("-")[2]
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            assert numbers.parse(number[: -len(digits)] + swapped) is None


def test_shape() -> None:
    assert numbers.make("TNG", 2026, 421).startswith("TNG-26-00421")
    assert [numbers.parse(text) for text in ("", "TNG", "TNG-26-abc", "'; DROP", "1" * 30)] == [
        None, None, None, None, None,
    ]  # fmt: skip


def test_numbers_count_up_by_year(in_region: Region) -> None:
    Counter.objects.filter(year__in=(2031, 2032)).delete()
    first = [next_number(prefix="TNG", year=2031) for _ in range(3)]
    assert [number[:12] for number in first] == ["TNG-31-00001", "TNG-31-00002", "TNG-31-00003"]
    assert next_number(prefix="TNG", year=2032).startswith("TNG-32-00001")
