"""Colour arithmetic against known values and for any colour."""

import pytest
from hypothesis import given, strategies as st

from themes import colour

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_of_known_pairs(one, other, expected):
    assert colour.ratio(one, other) == pytest.approx(expected, abs=0.005)


@given(colours, colours)
def test_contrast_is_symmetric_and_bounded(one, other):
    assert colour.ratio(one, other) == colour.ratio(other, one)
    assert 1 <= colour.ratio(one, other) <= 21


@given(colours)
def test_oklch_and_back_gives_the_same_colour(value):
    again = colour.from_lch(colour.to_lch(value))
    for at in (1, 3, 5):
        assert abs(int(again[at : at + 2], 16) - int(value[at : at + 2], 16)) <= 1


@given(colours, st.floats(0.1, 1))
def test_shifting_always_gives_a_colour_of_a_screen(value, lightness):
    shifted = colour.shifted(value, lightness=lightness)
    assert colour.parse(shifted) == shifted
    assert colour.to_lch(shifted).lightness == pytest.approx(lightness, abs=0.04)


@pytest.mark.parametrize(
    "text", ["", "red", "#12345", "#1234567", "00687a", "#00687g", "url(x)", "#fff;}"]
)
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(colour.ColourError):
        colour.parse(text)


def test_short_and_upper_case_are_read():
    assert colour.parse(" #0AF ") == "#00aaff"
