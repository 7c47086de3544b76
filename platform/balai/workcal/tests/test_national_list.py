from datetime import date

import pytest

from balai.workcal import data


def test_the_decrees_days_are_all_there():
    count = {
        year: (sum(d.kind == "national" for d in data.days(year)), len(data.days(year)))
        for year in data.years()
    }
    assert count == {2026: (17, 25), 2027: (18, 26)}


def test_each_day_is_named_in_both_languages_with_its_source():
    for year in data.years():
        dates = [day.date for day in data.days(year)]
        assert dates == sorted(set(dates))
        assert all(
            d.date.year == year and d.name and d.english and d.source for d in data.days(year)
        )


def test_only_days_that_wait_for_the_moon_are_provisional():
    provisional = {day.name for year in data.years() for day in data.days(year) if day.provisional}
    assert provisional
    assert all("Idulfitri" in name or "Iduladha" in name for name in provisional)


def test_english_names():
    assert data.english(date(2026, 8, 17)) == "Independence Day"
    assert data.english(date(2026, 8, 18)) == ""
    assert data.english(date(1999, 8, 17)) == ""


def test_an_unknown_year_is_refused():
    with pytest.raises(data.UnknownYearError):
        data.days(2045)
