"""What the clock does by itself, in working days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from balai import workcal
from modules.complaints import conf, deadline, services, tasks
from modules.complaints.models import Category, Complaint, Entry
from modules.complaints.states import State
from modules.complaints.tests.conftest import photo

WIB = ZoneInfo("Asia/Jakarta")
FRIDAY = datetime(2026, 10, 2, 14, 0, tzinfo=WIB)


def mended(report: Complaint, coordinator: object, officer: object, agency: object) -> Complaint:
    """Return the report resolved on Friday."""
    ruling = services.Ruling(agency=agency, category=report.category, title=report.title)
    services.verify_and_route(complaint=report, ruling=ruling, by=coordinator, now=FRIDAY)
    services.accept(complaint=report, by=officer, now=FRIDAY)
    return services.resolve(
        complaint=report, text="Diganti.", photos=[photo()], by=officer, now=FRIDAY
    )


def test_verification_is_due_in_three_working_days(make_report: Callable) -> None:
    report = make_report(now=FRIDAY)
    assert report.due_at.astimezone(WIB).date().isoformat() == "2026-10-07"


def test_an_unanswered_resolution_closes_by_itself(
    make_report: Callable, coordinator: object, officer: object, agency: object
) -> None:
    report = mended(make_report(now=FRIDAY), coordinator, officer, agency)
    due = workcal.add_working_days(FRIDAY, 10)
    assert report.due_at == due
    assert services.sweep(now=due - timedelta(minutes=1))["auto_close"] == 0
    assert services.sweep(now=due + timedelta(minutes=1))["auto_close"] == 1
    report.refresh_from_db()
    assert (report.state, report.closed_at) == (State.CLOSED, due + timedelta(minutes=1))


def test_the_reporter_is_reminded_once(
    make_report: Callable, coordinator: object, officer: object, agency: object
) -> None:
    report = mended(make_report(now=FRIDAY), coordinator, officer, agency)
    soon = report.due_at - timedelta(days=1)
    assert services.sweep(now=report.due_at - timedelta(days=8))["remind"] == 0
    assert [services.sweep(now=soon)["remind"] for _ in range(2)] == [1, 0]
    assert Entry.objects.filter(complaint=report, move="reminder").count() == 1


def test_an_unanswered_question_ends_the_report(make_report: Callable, coordinator: object) -> None:
    report = services.ask_info(
        complaint=make_report(now=FRIDAY), question="Di mana?", by=coordinator, now=FRIDAY
    )
    assert services.sweep(now=report.due_at + timedelta(minutes=1))["lapse"] == 1
    report.refresh_from_db()
    assert report.state == State.REJECTED


def test_the_task_runs_in_the_region(
    make_report: Callable, coordinator: object, officer: object, agency: object
) -> None:
    report = mended(make_report(now=FRIDAY), coordinator, officer, agency)
    tasks.sweep()
    report.refresh_from_db()
    assert report.state == State.CLOSED


def test_time_left_in_words(make_report: Callable, coordinator: object) -> None:
    report = make_report(now=FRIDAY)
    late = report.due_at + timedelta(days=1)
    assert deadline.of(report, FRIDAY).words == "3 hari"
    assert deadline.of(report, report.due_at - timedelta(hours=2, minutes=30)).words == "2 jam"
    assert deadline.of(report, late).words == "Lewat 1 hari"
    assert deadline.of(report, late).late
    services.ask_info(complaint=report, question="Di mana?", by=coordinator, now=FRIDAY)
    report.refresh_from_db()
    assert deadline.of(report, FRIDAY).words == "jeda"


def test_after_ten_days_down_everything_due_is_done_once(
    make_report: Callable, coordinator: object, officer: object, agency: object
) -> None:
    done = mended(make_report(now=FRIDAY), coordinator, officer, agency)
    asked = services.ask_info(
        complaint=make_report(now=FRIDAY), question="Di mana?", by=coordinator, now=FRIDAY
    )
    handover = services.Handover(receiver="Provinsi", address="p@contoh.test", note="Jalan.")
    passed = services.transfer(
        complaint=make_report(now=FRIDAY), handover=handover, by=coordinator, now=FRIDAY
    )
    ruling = services.Ruling(agency=agency, category=done.category, title=done.title)
    resting = make_report(now=FRIDAY)
    services.verify_and_route(complaint=resting, ruling=ruling, by=coordinator, now=FRIDAY)
    services.accept(complaint=resting, by=officer, now=FRIDAY)
    services.hold(
        complaint=resting, reason="Hujan.", until=(FRIDAY + timedelta(days=8)).date(),
        by=coordinator, now=FRIDAY,
    )  # fmt: skip
    up_again = FRIDAY + timedelta(days=24)
    first, second = services.sweep(now=up_again), services.sweep(now=up_again)
    assert first == {
        "adopt": 0, "auto_close": 1, "lapse": 1, "resume": 1, "take_back": 1, "remind": 0,
    }  # fmt: skip
    assert not any(second.values())
    states = [Complaint.objects.get(pk=c.pk).state for c in (done, asked, passed, resting)]
    assert states == [State.CLOSED, State.REJECTED, State.RECEIVED, State.IN_PROGRESS]


def test_a_kind_without_days_of_its_own_has_those_of_its_class(
    make_report: Callable, coordinator: object, officer: object, agency: object,
    with_settings: Callable,
) -> None:  # fmt: skip
    report = make_report(now=FRIDAY)
    report.category.days, report.category.klass = 0, "non_supervisory"
    report.category.save()
    assert report.category.time_limit == 14
    assert {klass: conf.Settings().days_of(klass) for klass in Category.Klass.values} == {
        "light": 2, "information": 5, "normative": 5, "non_supervisory": 14, "supervisory": 60,
    }  # fmt: skip
    with_settings(days_non_supervisory=20)
    ruling = services.Ruling(agency=agency, category=report.category, title=report.title)
    services.verify_and_route(complaint=report, ruling=ruling, by=coordinator, now=FRIDAY)
    begun = services.accept(complaint=report, by=officer, now=FRIDAY)
    assert begun.due_at == workcal.add_working_days(FRIDAY, 20)
