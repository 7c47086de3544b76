"""The generated style sheets."""

import re

import pytest

from themes import css, patterns
from themes.brand import from_preset, merged
from themes.presets import PRESETS

SPEC = from_preset(PRESETS["tangerang"], name="Kota Tangerang")


def test_a_theme_carries_the_brand_and_the_dark_scheme_for_device_and_choice():
    text = css.theme(SPEC)
    assert "--balai-color-brand-primary:#00687a" in text
    assert text.count("{color-scheme:dark") + text.count(";color-scheme:dark") == 2
    assert "@media screen and (prefers-color-scheme:dark)" in text
    assert text.count("{") == text.count("}")


def test_no_value_can_leave_its_declaration():
    evil = merged(SPEC, {"name": "};body{display:none}", "motto": "</style><script>"})
    assert "script" not in css.theme(evil)
    assert "display" not in css.theme(evil)


@pytest.mark.parametrize("name", patterns.NAMES)
def test_patterns_are_quoted_data_urls_that_ask_nobody(name):
    url = css.brand_tokens(merged(SPEC, {"pattern": name}))["brand-pattern"]
    assert re.fullmatch(r'url\("data:image/svg\+xml,[^"<>]+"\)', url)


def test_an_unknown_pattern_falls_back():
    assert patterns.css_url("nope") == patterns.css_url(patterns.CEPLOK)


def test_the_stock_sheet_has_every_palette_and_pattern():
    text = css.stock()
    assert all(f'[data-region="{key}"]' in text for key in PRESETS)
    assert all(f".motif--{key}" in text for key in patterns.NAMES)


def test_a_theme_is_small():
    assert len(css.theme(SPEC)) < 4500
