"""Inline icons."""

import logging

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
