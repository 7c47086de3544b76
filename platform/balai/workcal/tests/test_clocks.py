"""Clocks run, rest, tell each thing once and in order, and follow the calendar."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from balai import context, workcal
from balai.context import Region
from balai.outbox.models import Event
from balai.workcal import Calendar, add_working_days, clock_times, clocks, services, tasks
from balai.workcal.models import Clock
from tests.support.committed import Cities

WIB = ZoneInfo("Asia/Jakarta")
KIND = "specimen.turn"
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.fixture
def run(in_region: Region) -> Callable[..., UUID]:
    def start(days: int = 5, **options: object) -> UUID:
        subject = uuid4()
        options.setdefault("now", MONDAY)
        clocks.start(kind=KIND, subject=subject, days=days, **options)
        return subject

    return start


def told(subject: UUID) -> list[tuple[str, int]]:
    events = Event.objects.filter(key=str(subject)).order_by("id")
    return [(event.topic.removeprefix(f"{KIND}_"), event.payload["level"]) for event in events]


def test_it_gives_working_days_and_tells_half_due_and_each_rung_once(run: Callable) -> None:
    subject = run(days=5, climb=(0, 3, 6))
    clock = clocks.of(KIND, subject)
    assert clock.due_at == at("2026-11-09T16:00")
    assert MONDAY < clock.half_at < clock.due_at
    moments = [
        (clock.half_at, [("half", 0)]),
        (at("2026-11-09T16:00"), [("due", 0), ("climbed", 1)]),
        (at("2026-11-12T16:00"), [("climbed", 2)]),
        (at("2026-11-17T16:00"), [("climbed", 3)]),
        (at("2027-03-01T16:00"), []),
    ]
    expected: list[tuple[str, int]] = []
    for moment, new in moments:
        clocks.sweep(now=moment - timedelta(seconds=1))
        assert told(subject) == expected
        expected += new
        for _again in range(2):
            clocks.sweep(now=moment)
        assert told(subject) == expected
    assert clocks.of(KIND, subject).next_at is None


def test_half_is_half_of_the_working_time(run: Callable) -> None:
    clock = clocks.of(KIND, run(days=1, now=at("2026-11-02T16:00")))
    assert (clock.due_at, clock.half_at) == (at("2026-11-03T16:00"), at("2026-11-03T11:45"))


def test_after_ten_days_down_each_thing_is_told_once_and_in_order(run: Callable) -> None:
    subjects = [run(days=2, climb=(0, 3)) for _ in range(3)]
    later = MONDAY + timedelta(days=14)
    assert clocks.sweep(now=later)["told"] == 4 * 3
    assert clocks.sweep(now=later)["told"] == 0
    for subject in subjects:
        assert told(subject) == [("half", 0), ("due", 0), ("climbed", 1), ("climbed", 2)]


def test_more_clocks_than_one_batch_are_all_told(run: Callable, monkeypatch) -> None:
    monkeypatch.setattr(clocks, "BATCH", 2)
    for _ in range(5):
        run(days=1)
    assert clocks.sweep(now=MONDAY + timedelta(days=30))["told"] == 10


def test_a_pause_keeps_the_days_that_are_left_and_tells_nothing(run: Callable) -> None:
    subject = run(days=5)
    rested = clocks.pause(kind=KIND, subject=subject, now=at("2026-11-04T10:00"))
    assert (rested.days_left, rested.next_at) == (3, None)
    clocks.sweep(now=at("2026-12-01T10:00"))
    assert told(subject) == []
    clock = clocks.resume(kind=KIND, subject=subject, now=at("2026-12-01T10:00"))
    assert clock.due_at == at("2026-12-04T16:30")  # a Friday
    assert at("2026-12-01T10:00") < clock.half_at < clock.due_at


def test_half_of_a_rested_clock_counts_what_was_used_before(run: Callable) -> None:
    subject = run(days=2, now=at("2026-11-02T16:00"))  # Tuesday and Wednesday, 17 hours
    clocks.pause(kind=KIND, subject=subject, now=at("2026-11-03T11:45"))  # a quarter has gone
    assert clocks.of(KIND, subject).used == pytest.approx(0.25)
    clock = clocks.resume(kind=KIND, subject=subject, now=at("2026-11-09T16:00"))
    # one day, Tuesday the 10th, holds the other three quarters: half is a third of it
    assert clock.due_at == at("2026-11-10T16:00")
    assert clock.half_at == at("2026-11-10T07:30") + timedelta(hours=8.5) / 3


def test_a_late_clock_that_rested_has_a_day_and_is_not_told_due_again(run: Callable) -> None:
    subject = run(days=1, climb=(0, 2))
    clocks.sweep(now=at("2026-11-03T17:00"))
    clocks.pause(kind=KIND, subject=subject, now=at("2026-11-05T10:00"))
    clock = clocks.resume(kind=KIND, subject=subject, now=at("2026-11-16T10:00"))
    assert (clock.days, clock.due_at) == (1, at("2026-11-17T16:00"))
    clocks.sweep(now=at("2026-12-16T10:00"))
    assert told(subject) == [("half", 0), ("due", 0), ("climbed", 1), ("climbed", 2)]


def test_stopped_is_silent_and_a_new_start_tells_anew(run: Callable) -> None:
    subject = run(days=1)
    assert clocks.stop(kind=KIND, subject=subject, now=MONDAY)
    assert not clocks.stop(kind=KIND, subject=subject, now=MONDAY)
    assert clocks.pause(kind=KIND, subject=subject, now=MONDAY) is None
    assert clocks.resume(kind=KIND, subject=subject, now=MONDAY) is None
    clocks.sweep(now=MONDAY + timedelta(days=30))
    assert told(subject) == []
    clocks.start(kind=KIND, subject=subject, days=1, now=MONDAY)
    clocks.sweep(now=MONDAY + timedelta(days=30))
    assert told(subject) == [("half", 0), ("due", 0)]
    assert Clock.objects.filter(subject=subject).count() == 1


def test_events_name_the_run_of_the_clock(run: Callable) -> None:
    subject = run(days=1)
    clocks.sweep(now=MONDAY + timedelta(days=30))
    started = int(MONDAY.timestamp() * 1_000_000)
    payloads = [event.payload for event in Event.objects.filter(key=str(subject))]
    assert payloads == [{"level": 0, "started": started}] * 2


def test_plain_days_ignore_the_calendar(run: Callable) -> None:
    subject = run(days=60, plain_days=True)
    clock = clocks.of(KIND, subject)
    assert clock.due_at == MONDAY + timedelta(days=60)
    assert clock.half_at == MONDAY + timedelta(days=30)
    services.add_holiday(day=date(2026, 11, 10), name="Hari Jadi")
    assert clocks.sweep(now=MONDAY)["moved"] == 0
    clocks.pause(kind=KIND, subject=subject, now=MONDAY + timedelta(days=15, hours=1))
    rested = clocks.of(KIND, subject)
    assert (rested.days_left, round(rested.used, 2)) == (45, 0.25)


def test_a_holiday_added_later_moves_running_deadlines_once(run: Callable) -> None:
    running, resting, stopped = run(days=5), run(days=5), run(days=5)
    clocks.pause(kind=KIND, subject=resting, now=MONDAY)
    clocks.stop(kind=KIND, subject=stopped, now=MONDAY)
    holiday = services.add_holiday(day=date(2026, 11, 9), name="Hari Jadi")
    assert clocks.sweep(now=MONDAY)["moved"] == 1
    assert clocks.sweep(now=MONDAY)["moved"] == 0
    assert clocks.of(KIND, running).due_at == at("2026-11-10T16:00")
    assert clocks.of(KIND, stopped).due_at == at("2026-11-09T16:00")
    assert told(running) == [("moved", 0)]
    clock = clocks.resume(kind=KIND, subject=resting, now=MONDAY)
    assert clock.due_at == at("2026-11-10T16:00")
    services.remove_holiday(holiday_id=holiday.pk)
    assert clocks.sweep(now=MONDAY)["moved"] == 2
    assert clocks.of(KIND, running).due_at == at("2026-11-09T16:00")


def test_a_renamed_holiday_moves_nothing(run: Callable) -> None:
    holiday = services.add_holiday(day=date(2026, 11, 5), name="Hari Jadi")
    subject = run(days=5)
    services.change_holiday(holiday_id=holiday.pk, day=date(2026, 11, 5), name="Hari Jadi Kota")
    assert clocks.sweep(now=MONDAY)["moved"] == 0
    assert told(subject) == []


def test_national_holidays_of_both_years_stop_the_clock(run: Callable) -> None:
    services.load_national_holidays()
    christmas = clocks.of(KIND, run(days=3, now=at("2026-12-22T09:00")))
    assert christmas.due_at == at("2026-12-29T16:00")  # the 24th and 25th are off
    eid = clocks.of(KIND, run(days=1, now=at("2027-03-05T09:00")))
    assert eid.due_at == at("2027-03-16T16:00")  # Nyepi and Idulfitri, 8 to 15 March


@pytest.mark.parametrize(
    ("zone", "hours"), [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)]
)
def test_a_clock_ends_when_the_offices_of_its_zone_close(zone: str, hours: int) -> None:
    calendar = Calendar(ZoneInfo(zone))
    clock = Clock(counted_from=MONDAY, started_at=MONDAY, days=1, climb=[])
    clock_times.wind(clock, calendar)
    due = clock.due_at.astimezone(ZoneInfo("UTC"))
    assert (due.hour, due.minute) == (16 - hours, 0)
    assert clock.due_at.astimezone(ZoneInfo(zone)).date() == date(2026, 11, 3)


def test_a_clock_started_before_midnight_in_the_east_is_a_day_ahead() -> None:
    moment = datetime(2026, 11, 2, 22, 30, tzinfo=WIB)  # half past midnight in Jayapura
    days = {}
    for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"):
        days[zone] = add_working_days(moment, 1, Calendar(ZoneInfo(zone))).day
    assert days == {"Asia/Jakarta": 3, "Asia/Makassar": 3, "Asia/Jayapura": 4}


@pytest.mark.parametrize("wrong", [{"days": -1}, {"days": 1, "climb": (3, 1)},
                                   {"days": 1, "climb": (-1,)}])  # fmt: skip
def test_a_clock_runs_forwards(wrong: dict, in_region: Region) -> None:
    with pytest.raises(ValueError, match="forwards"):
        clocks.start(kind=KIND, subject=uuid4(), now=MONDAY, **wrong)


def test_two_clocks_start_with_one_statement(
    in_region: Region, django_assert_num_queries: Callable
) -> None:
    workcal.calendar()  # its days are known from here on; which version it is costs a query
    one, two = uuid4(), uuid4()
    with django_assert_num_queries(1 + 1):
        clocks.start_all(
            clocks.Start(kind=KIND, subject=subject, days=2, now=MONDAY) for subject in (one, two)
        )
    assert clocks.of(KIND, two).due_at == at("2026-11-04T16:00")


def test_the_task_sweeps(run: Callable) -> None:
    subject = run(days=1, now=datetime(2026, 1, 5, 9, 0, tzinfo=WIB))
    tasks.sweep()
    assert told(subject) == [("half", 0), ("due", 0)]


def test_two_sweeps_at_once_tell_each_thing_once(cities: Cities) -> None:
    subject, later, counts = uuid4(), MONDAY + timedelta(days=30), []

    def other() -> None:
        with context.region_context(cities.here):
            counts.append(clocks.sweep(now=later)["told"])
        connection.close()

    with context.region_context(cities.here):
        clocks.start(kind=KIND, subject=subject, days=1, now=MONDAY)
        try:
            with transaction.atomic():
                Clock.objects.select_for_update().get(subject=subject)
                thread = threading.Thread(target=other)
                thread.start()
                thread.join(20)
            assert counts == [0]  # it passed over the one that somebody else was telling
            assert clocks.sweep(now=later)["told"] == 2
        finally:
            Clock.objects.filter(subject=subject).delete()
