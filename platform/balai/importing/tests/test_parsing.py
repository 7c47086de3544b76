"""Dates as people write them, numbers, yes and no."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from balai.importing import Invalid, parsing
from balai.importing.heading import find, mapping
from tests.dummy.specimen.importers import Notes

WIB = ZoneInfo("Asia/Jakarta")
DAY = datetime(2019, 8, 5, tzinfo=WIB)
MINUTE = datetime(2019, 8, 5, 14, 3, tzinfo=WIB)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05/08/2019", DAY),
        ("5-8-2019", DAY),
        ("5 Agustus 2019", DAY),
        ("Senin, 5 Agt 2019", DAY),
        ("05 August 2019", DAY),
        ("2019-08-05", DAY),
        ("2019-08-05 14:03", MINUTE),
        ("2019-08-05T14:03:00", MINUTE),
        ("2019-08-05T07:03:00Z", MINUTE),
        ("2019-08-05T14:03:00+07:00", MINUTE),
        ("05/08/2019 14.03", MINUTE),
        ("5 Agustus 2019 pukul 14.03 WIB", MINUTE),
        ("43682", DAY),
        ("43682.585416666669", MINUTE),
        ("43682,585416666669", MINUTE),
    ],
)
def test_dates_are_understood(in_region, text: str, expected: datetime) -> None:
    assert parsing.moment(text) == expected


@pytest.mark.parametrize(
    "text", ["", "kemarin", "31/02/2019", "08/25/2019", "5 Agustusan 2019", "99999", "2019",
             "05/08/2019 25:00", "05/08/2019 siang"],
)  # fmt: skip
def test_what_is_no_date_is_said(in_region, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        parsing.moment(text)
    assert refused.value.message % refused.value.details


def test_the_clock_is_the_regions(in_region, other_region) -> None:
    from dataclasses import replace

    from balai.context import region_context

    with region_context(replace(other_region, timezone="Asia/Jayapura")):
        assert parsing.moment("2019-08-05 14:03").utcoffset().total_seconds() == 9 * 3600


def test_numbers_and_answers() -> None:
    assert parsing.number("-6,178") == -6.178
    assert parsing.number("106.63") == 106.63
    with pytest.raises(Invalid):
        parsing.number("1.234,5")
    assert parsing.yes_no("Ya") is True
    assert parsing.yes_no("tidak") is False
    with pytest.raises(Invalid):
        parsing.yes_no("mungkin")


def test_the_heading_is_found_under_a_title_and_its_columns_by_alias() -> None:
    rows = [(1, ["Laporan Dinas", "2019"]), (2, ["", "dicetak"]), (4, ["No.", "ISI", "Gema_"])]
    at = find(rows, Notes.columns)
    assert at == 2
    assert mapping(rows[at][1], Notes.columns) == {"text": 1, "echoes": 2}


def test_a_heading_nobody_knows_is_the_first_row_with_two_cells() -> None:
    assert find([(1, ["Rekap"]), (2, ["x", "y"]), (3, ["1", "2"])], Notes.columns) == 1
