from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from balai.workcal import (
    Calendar,
    add_working_days,
    add_working_time,
    is_working_day,
    next_working_day,
    working_days_between,
    working_time_between,
)
from balai.workcal.data import days

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
PLAIN = Calendar(WIB)
REAL = Calendar(WIB, {day.date: day.name for year in (2026, 2027) for day in days(year)})


def at(text: str, zone: ZoneInfo = WIB) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


moments = st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.sampled_from([UTC, WIB, WIT])
)  # fmt: skip
week = st.lists(
    st.one_of(st.none(), st.just((time(8), time(15)))), min_size=7, max_size=7
).filter(any)  # fmt: skip
calendars = st.builds(
    Calendar,
    st.sampled_from([WIB, WIT]),
    st.dictionaries(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.just("off"), max_size=60),
    week.map(tuple),
)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23T09:00", 1, "2026-11-24T16:00"),
        ("2026-11-23T23:59", 1, "2026-11-24T16:00"),
        ("2026-11-23T09:00", 4, "2026-11-27T16:30"),  # a Friday closes half an hour later
        ("2026-11-23T09:00", 5, "2026-11-30T16:00"),  # over the weekend
        ("2026-11-28T12:00", 1, "2026-11-30T16:00"),  # a Saturday's report
        ("2026-03-17T10:00", 1, "2026-03-25T16:00"),  # Nyepi and Idulfitri with joint leave
        ("2026-12-23T10:00", 3, "2026-12-30T16:00"),  # Christmas
    ],
)
def test_deadlines_around_real_holidays(start, days, due):
    assert add_working_days(at(start), days, REAL) == at(due)


def test_sixty_working_days_over_new_year():
    due = add_working_days(at("2026-11-23T09:00"), 60, REAL)
    assert due == at("2027-02-22T16:00")


def test_nothing_to_wait_for_means_by_closing_time():
    assert add_working_days(at("2026-11-23T09:00"), 0, REAL) == at("2026-11-23T16:00")
    assert add_working_days(at("2026-11-23T16:00"), 0, REAL) == at("2026-11-24T16:00")
    assert add_working_days(at("2026-11-28T09:00"), 0, REAL) == at("2026-11-30T16:00")


def test_today_is_the_regions_own_day():
    # 23.30 on Monday in Jakarta is already Tuesday in Jayapura.
    moment = at("2026-11-23T23:30")
    assert add_working_days(moment, 1, Calendar(WIB)) == at("2026-11-24T16:00")
    assert add_working_days(moment, 1, Calendar(WIT)) == at("2026-11-25T16:00", WIT)
    assert is_working_day(at("2026-11-27T23:30"), Calendar(WIB))
    assert not is_working_day(at("2026-11-27T23:30"), Calendar(WIT))


def test_what_is_not_a_deadline_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        add_working_days(datetime(2026, 11, 23), 1, PLAIN)  # naive on purpose
    with pytest.raises(ValueError, match="ahead"):
        add_working_days(at("2026-11-23T09:00"), -1, PLAIN)
    with pytest.raises(ValueError, match="backwards"):
        add_working_time(at("2026-11-23T09:00"), timedelta(-1), PLAIN)


def test_a_calendar_without_a_working_day_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        Calendar(WIB, {}, (None,) * 7)
    with pytest.raises(ValueError, match="closes after"):
        Calendar(WIB, {}, ((time(16), time(8)), *[None] * 6))
    with pytest.raises(ValueError, match="no working day"):
        PLAIN.closing(date(2026, 11, 28))


def test_next_working_day_jumps_over_holidays():
    assert next_working_day(date(2026, 12, 31), REAL) == date(2027, 1, 4)


@settings(deadline=None)
@given(moments, st.integers(1, 60), calendars)
def test_counting_undoes_adding(start, days, calendar):
    due = add_working_days(start, days, calendar)
    assert working_days_between(start, due, calendar) == days


@settings(deadline=None)
@given(moments, st.integers(0, 60), calendars)
def test_a_deadline_lies_ahead_on_a_working_day_at_closing_time(start, days, calendar):
    due = add_working_days(start, days, calendar)
    assert due > start
    assert calendar.is_working_day(due.date())
    assert due == calendar.closing(due.date())


@settings(deadline=None)
@given(moments, st.integers(1, 30), st.integers(1, 30), calendars)
def test_adding_in_two_steps_is_adding_once(start, first, second, calendar):
    once = add_working_days(start, first + second, calendar)
    assert add_working_days(add_working_days(start, first, calendar), second, calendar) == once


@settings(deadline=None)
@given(moments, moments, moments, calendars)
def test_days_between_add_up_and_turn_round(a, b, c, calendar):
    def between(x, y):
        return working_days_between(x, y, calendar)

    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@settings(deadline=None)
@given(moments, st.integers(1, 20), st.integers(0, 5), calendars)
def test_a_later_report_is_never_due_earlier(start, days, later, calendar):
    again = add_working_days(start + timedelta(hours=7 * later), days, calendar)
    assert again >= add_working_days(start, days, calendar)


@settings(deadline=None)
@given(moments, st.integers(0, 200), calendars)
def test_working_time_undoes_itself(start, hours, calendar):
    amount = timedelta(hours=hours, minutes=17)
    end = add_working_time(start, amount, calendar)
    assert working_time_between(start, end, calendar) == amount
    assert calendar.is_working_day(calendar.day_of(end))


@settings(deadline=None)
@given(moments, moments, calendars)
def test_working_time_never_exceeds_the_time_that_passed(a, b, calendar):
    start, end = sorted((a, b))
    assert timedelta() <= working_time_between(start, end, calendar) <= end - start
    assert working_time_between(end, start, calendar) == timedelta()


def test_working_time_skips_nights_and_weekends():
    friday, monday = at("2026-11-27T15:30"), at("2026-11-30T08:30")
    assert working_time_between(friday, monday, PLAIN) == timedelta(hours=2)
    assert add_working_time(friday, timedelta(hours=2), PLAIN) == monday
