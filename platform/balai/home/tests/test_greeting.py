"""The greeting follows the region's own hour."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.utils import translation

from balai.context import region_context
from balai.home.greeting import greeting
from balai.ui.tests.conftest import CITY

SITI = SimpleNamespace(is_authenticated=True, name="Siti Aminah")
GUEST = SimpleNamespace(is_authenticated=False, name="")


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "Selamat pagi"), (10, "Selamat pagi"), (11, "Selamat siang"), (14, "Selamat siang"),
     (15, "Selamat sore"), (17, "Selamat sore"), (18, "Selamat malam"), (3, "Selamat malam")],
)  # fmt: skip
def test_words_by_the_hour(hour, words):
    now = datetime(2026, 12, 4, (hour - 7) % 24, 30, tzinfo=UTC)
    with region_context(CITY), translation.override("id"):
        assert greeting(GUEST, now) == words


def test_the_hour_is_that_of_the_region():
    now = datetime(2026, 12, 4, 3, 30, tzinfo=UTC)  # 10.30 in Jakarta, 12.30 in Jayapura
    with translation.override("id"):
        with region_context(CITY):
            assert greeting(GUEST, now) == "Selamat pagi"
        with region_context(replace(CITY, timezone="Asia/Jayapura")):
            assert greeting(GUEST, now) == "Selamat siang"


def test_who_is_signed_in_is_greeted_by_name():
    with region_context(CITY), translation.override("id"):
        assert greeting(SITI, datetime(2026, 12, 4, 0, tzinfo=UTC)) == "Selamat pagi, Siti Aminah"
