from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from balai.workcal import Calendar, Pause, add_working_days, due_at, share_used

WIB = ZoneInfo("Asia/Jakarta")
CALENDAR = Calendar(WIB)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


START, NOW = at("2026-11-02T09:00"), at("2026-11-12T09:00")
moments = st.datetimes(datetime(2026, 11, 2), datetime(2026, 12, 20), timezones=st.just(WIB))


def due(pauses, days=5):
    return due_at(START, days, pauses, now=NOW, calendar=CALENDAR)


def test_without_a_pause_it_is_the_plain_deadline():
    assert due([]) == add_working_days(START, 5, CALENDAR) == at("2026-11-09T16:00")


def test_a_pause_over_a_weekend_puts_off_by_its_working_days():
    # Asked on Thursday, answered on Tuesday: Friday, Monday and Tuesday did not count.
    assert due([Pause(at("2026-11-05T10:00"), at("2026-11-10T10:00"))]) == at("2026-11-12T16:00")


def test_while_it_is_paused_the_deadline_moves_along():
    pause = Pause(at("2026-11-05T10:00"))
    assert due([pause]) == at("2026-11-16T16:00")
    later = due_at(START, 5, [pause], now=at("2026-11-13T09:00"), calendar=CALENDAR)
    assert later == at("2026-11-17T16:00")


def test_overlapping_pauses_count_once_and_earlier_ones_not_at_all():
    one = Pause(at("2026-11-03T10:00"), at("2026-11-05T10:00"))
    two = Pause(at("2026-11-04T10:00"), at("2026-11-06T10:00"))
    both = Pause(at("2026-11-03T10:00"), at("2026-11-06T10:00"))
    assert due([one, two]) == due([two, one]) == due([both])
    assert due([Pause(at("2026-10-01T10:00"), at("2026-10-20T10:00"))]) == due([])


@settings(deadline=None)
@given(st.lists(st.tuples(moments, moments), max_size=4))
def test_a_pause_never_brings_a_deadline_forward(spans):
    pauses = [Pause(*span) for span in spans]
    assert due(pauses) >= due([])


def test_half_of_the_working_time():
    end = add_working_days(at("2026-11-02T07:00"), 1, CALENDAR)
    assert share_used(at("2026-11-02T07:00"), end, at("2026-11-02T16:00"), CALENDAR) == 0.5
    assert share_used(at("2026-11-02T07:00"), end, at("2026-11-02T05:00"), CALENDAR) == 0
    assert share_used(at("2026-11-02T07:00"), end, at("2026-11-04T16:00"), CALENDAR) == 1.5


@pytest.mark.parametrize(("now", "share"), [("2026-11-07T09:00", 0.0), ("2026-11-07T12:00", 1.0)])
def test_a_deadline_without_working_time_is_either_past_or_not(now, share):
    assert share_used(at("2026-11-07T09:00"), at("2026-11-07T11:00"), at(now), CALENDAR) == share
