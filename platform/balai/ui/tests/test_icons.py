"""Inline icons."""

import logging
import re
from pathlib import Path

from balai.ui import icons


def test_an_icon_is_decoration_unless_it_has_a_name():
    assert 'aria-hidden="true"' in icons.icon("phone")
    named = icons.icon("phone", "icon--lg", 'Call "112"')
    assert 'role="img" aria-label="Call &quot;112&quot;"' in named
    assert 'class="icon icon--lg"' in named
    assert "aria-hidden" not in named


def test_an_unknown_icon_is_a_square_and_a_warning(caplog):
    icons.shapes.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert icons.shapes("no-such-icon") == icons.shapes("square")
    assert "no-such-icon" in caplog.text


def test_a_class_cannot_break_out():
    assert "<script" not in icons.icon("phone", '"><script>')


def test_every_icon_that_templates_and_manifests_name_exists(caplog):
    roots = [
        Path(__file__).parents[3],
        *(
            Path(__file__).parents[4] / name
            for name in ("modules", "tenants", "themes", "provisioning")
        ),
    ]
    named = re.compile(
        r"""{% icon ["']([^"']+)|\bicon=["']([a-z0-9-]+)["']|^\s+icon = "([a-z0-9-]+)\"""", re.M
    )
    found = {
        name
        for root in roots
        for path in root.rglob("*")
        if path.suffix in {".html", ".py"} and "tests" not in path.parts
        for groups in named.findall(path.read_text(encoding="utf-8"))
        for name in groups
        if name
    }
    assert len(found) > 50
    icons.shapes.cache_clear()
    with caplog.at_level(logging.WARNING):
        unknown = [
            name
            for name in sorted(found)
            if icons.shapes(name) == icons.shapes("square") != "" and name != "square"
        ]
    assert unknown == []
