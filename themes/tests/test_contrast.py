"""No region can save colours that cannot be read; every suggestion can be saved."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import balai.ui
from themes import colour, surfaces
from themes.brand import computed, from_preset
from themes.contrast import NAMES, judge
from themes.presets import NEUTRAL, PRESETS, preset_for

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
brands = st.fixed_dictionaries({name: colours for name in NAMES})
CORE = Path(balai.ui.__file__).parent / "static/balai/css/core.css"


@settings(max_examples=60, deadline=None)
@given(brands)
def test_taking_the_suggestions_always_passes(brand):
    verdict = judge(brand)
    mended = {**brand, **verdict.suggestions}
    assert judge(mended).passes


@settings(max_examples=60, deadline=None)
@given(brands)
def test_a_suggestion_keeps_the_hue(brand):
    for field, suggestion in judge(brand).suggestions.items():
        before, after = colour.to_lch(brand[field]), colour.to_lch(suggestion)
        if min(before.chroma, after.chroma) > 0.04:
            turn = abs(before.hue - after.hue)
            assert min(turn, 6.2832 - turn) < 0.35


@settings(max_examples=60, deadline=None)
@given(brands)
def test_the_dark_scheme_reads_for_any_brand(brand):
    values = computed(brand)
    for ground in (surfaces.DARK["color-surface"], surfaces.DARK_SUNKEN, values["tint-dark"]):
        assert colour.ratio(values["primary-dark"], ground) >= 4.5
    assert colour.ratio(values["primary-dark"], values["on-primary-dark"]) >= 4.5
    assert colour.ratio(values["tint-dark"], surfaces.DARK_TEXT) >= 7
    assert colour.ratio(values["tint-dark"], surfaces.DARK_MUTED) >= 4.5


@pytest.mark.parametrize("key", PRESETS)
def test_every_palette_in_stock_passes(key):
    verdict = judge(from_preset(PRESETS[key], name="Kota").colours)
    assert [check for check in verdict.checks if not check.passes] == []


@pytest.mark.parametrize(
    ("field", "value"), [("primary", "#ffd24a"), ("deep", "#8a8a8a"), ("tint", "#404040")]
)
def test_a_colour_too_weak_is_named_with_a_better_one(field, value):
    brand = from_preset(PRESETS["tangerang"], name="Kota").colours | {field: value}
    verdict = judge(brand)
    assert not verdict.passes
    assert field in verdict.suggestions
    assert verdict.weakest(field).ratio < verdict.weakest(field).least


def test_the_grounds_are_those_of_the_style_sheet():
    css = CORE.read_text(encoding="utf-8").partition("@media print")[0]
    light = dict(re.findall(r"--balai-color-(paper|surface|sunken|text|text-muted): (#\w+);", css))
    assert light == {
        "paper": surfaces.PAPER,
        "surface": "#fff",
        "sunken": surfaces.SUNKEN,
        "text": surfaces.INK,
        "text-muted": surfaces.MUTED,
    }


def test_status_colours_read_on_their_tints_in_the_dark():
    for name in ("red", "amber", "green", "blue", "grey"):
        tint = surfaces.DARK[f"color-{name}-tint"]
        assert colour.ratio(surfaces.DARK[f"color-{name}"], tint) >= 4.5


def test_a_new_region_gets_the_same_palette_every_time():
    assert preset_for("serang", "36.73") == preset_for("elsewhere", "36.73")
    assert preset_for("tangerang", "36.71").key == "tangerang"
    assert {preset_for("x", f"{n:02}.01").key for n in range(60)} == set(NEUTRAL)


def test_two_brands_have_two_digests():
    one = from_preset(PRESETS["balai"], name="A")
    assert one.digest() != replace(one, motto="x").digest()
