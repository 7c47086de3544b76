"""Dates, money and numbers in both languages and in three time zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from balai.context import region_context
from balai.ui import formats
from balai.ui.tests.conftest import CITY

MOMENT = datetime(2026, 12, 4, 9, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("id", "Jumat, 4 Desember 2026, 16.20 WIB"), ("en", "Friday, 4 December 2026, 16:20 WIB")],
)
def test_a_moment_in_words(city, language, expected):
    with translation.override(language):
        assert formats.moment(MOMENT) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "16.20 WIB"),
        ("Asia/Makassar", "17.20 WITA"),
        ("Asia/Jayapura", "18.20 WIT"),
    ],
)
def test_the_clock_is_the_regions(zone, expected):
    with region_context(replace(CITY, timezone=zone)), translation.override("id"):
        assert formats.clock(MOMENT) == expected


def test_the_date_turns_at_the_regions_midnight(city):
    late = datetime(2026, 12, 3, 17, 30, tzinfo=UTC)
    with translation.override("id"):
        assert formats.long_date(late) == "Jumat, 4 Desember 2026"
        assert formats.long_date(date(2026, 12, 3)) == "Kamis, 3 Desember 2026"


def test_short_dates_name_another_year(city):
    with translation.override("id"):
        assert formats.short_date(date(2019, 8, 5)) == "5 Ags 2019" or formats.short_date(
            date(2019, 8, 5)
        ).endswith("2019")
        assert not formats.short_date(datetime.now(UTC)).endswith(str(datetime.now(UTC).year))


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (13500, "Rp13.500", "Rp13,500"),
        (0, "Rp0", "Rp0"),
        (-1250000, "-Rp1.250.000", "-Rp1,250,000"),
        (Decimal("13499.6"), "Rp13.500", "Rp13,500"),
    ],
)
def test_rupiah(amount, indonesian, english):
    with translation.override("id"):
        assert formats.rupiah(amount) == indonesian
    with translation.override("en"):
        assert formats.rupiah(amount) == english


def test_numbers_and_shares():
    with translation.override("id"):
        assert formats.number(1234567) == "1.234.567"
        assert formats.number(1234.56, 1) == "1.234,6"
        assert formats.percent(0.623) == "62%"
        assert formats.percent(0.6234, 1) == "62,3%"


@pytest.mark.parametrize(
    ("past", "indonesian", "english"),
    [
        (timedelta(seconds=-30), "baru saja", "just now"),
        (timedelta(seconds=59), "baru saja", "just now"),
        (timedelta(minutes=1), "1 menit lalu", "1 minute ago"),
        (timedelta(minutes=59), "59 menit lalu", "59 minutes ago"),
        (timedelta(hours=1), "1 jam lalu", "1 hour ago"),
        (timedelta(hours=23, minutes=59), "23 jam lalu", "23 hours ago"),
        (timedelta(days=7), "7 hari lalu", "7 days ago"),
    ],
)
def test_ago(city, past, indonesian, english):
    with translation.override("id"):
        assert formats.ago(MOMENT - past, MOMENT) == indonesian
    with translation.override("en"):
        assert formats.ago(MOMENT - past, MOMENT) == english


def test_long_ago_is_a_date(city):
    with translation.override("en"):
        assert formats.ago(datetime(2019, 8, 5, tzinfo=UTC), MOMENT) == "5 Aug 2019"


def test_a_moment_without_a_zone_is_refused(city):
    with pytest.raises(ValueError):
        formats.moment(datetime(2026, 1, 1))
