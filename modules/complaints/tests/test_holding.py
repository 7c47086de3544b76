"""A case is planned and rests: only with consent, twice, with its clock still, then goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from balai.context import Region
from balai.workcal import clocks
from modules.complaints import deadline, services, turn
from modules.complaints.models import Complaint, Entry, HoldRequest
from modules.complaints.services import clocking
from modules.complaints.states import State
from modules.complaints.workflow import NotAllowed

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 10, 5, 9, 0, tzinfo=WIB)
UNTIL = (NOW + timedelta(days=10)).date()


@pytest.fixture
def head(agency: object, make_user: Callable) -> object:
    return make_user("agency_head", agency)


@pytest.fixture
def begun(make_report: Callable, coordinator: object, officer: object, agency: object) -> Complaint:
    report = make_report(now=NOW)
    ruling = services.Ruling(agency=agency, category=report.category, title=report.title)
    services.verify_and_route(complaint=report, ruling=ruling, by=coordinator, now=NOW)
    return services.accept(complaint=report, by=officer, now=NOW)


def test_a_planned_day_is_told_and_the_deadline_stays(begun: Complaint, officer: object) -> None:
    due = begun.due_at
    planned = services.plan(complaint=begun, day=UNTIL, note="Alat dipesan.", by=officer, now=NOW)
    assert (planned.state, planned.planned_for, planned.due_at) == (State.PLANNED, UNTIL, due)
    line = Entry.objects.get(complaint=begun, move="plan")
    assert line.audience == Entry.Audience.PUBLIC
    assert "15 Oktober 2026" in line.text
    assert "Alat dipesan." in line.text
    other = UNTIL + timedelta(days=3)
    again = services.plan(complaint=planned, day=other, by=officer, now=NOW)
    assert again.planned_for == other


@pytest.mark.parametrize("days", [-1, 366])
def test_a_day_that_cannot_be_meant_is_refused(
    begun: Complaint, officer: object, days: int
) -> None:
    with pytest.raises(NotAllowed):
        services.plan(
            complaint=begun, day=NOW.date() + timedelta(days=days), by=officer, now=NOW
        )  # fmt: skip


def test_an_officer_asks_a_supervisor_consents_and_the_clock_stands_still(
    begun: Complaint, officer: object, head: object
) -> None:
    with pytest.raises(PermissionDenied):
        services.hold(complaint=begun, reason="Hujan.", until=UNTIL, by=officer, now=NOW)
    services.ask_hold(complaint=begun, reason="Hujan.", until=UNTIL, by=officer, now=NOW)
    asked = Entry.objects.get(complaint=begun, move="hold_asked")
    assert asked.audience == Entry.Audience.INTERNAL
    with pytest.raises(NotAllowed):
        services.ask_hold(complaint=begun, reason="Lagi.", until=UNTIL, by=officer, now=NOW)
    with pytest.raises(PermissionDenied):
        services.grant_hold(complaint=begun, by=officer, now=NOW)
    rests = services.grant_hold(complaint=begun, by=head, now=NOW)
    assert (rests.state, rests.holds, rests.hold_until) == (State.ON_HOLD, 1, UNTIL)
    assert rests.due_at.astimezone(WIB) == datetime(2026, 10, 16, 0, 0, tzinfo=WIB)
    assert deadline.of(rests, NOW).words == "jeda"
    assert str(turn.of(rests, NOW).words)
    assert clocks.of(clocking.TURN_CLOCK, rests.uuid).paused_at == NOW
    assert clocks.sweep(now=NOW + timedelta(days=9))["told"] == 0
    decided = HoldRequest.objects.get(complaint=begun)
    assert (decided.granted, decided.decided_by) == (True, head)


def test_it_goes_on_by_itself_with_the_days_it_had_left(begun: Complaint, head: object) -> None:
    days = clocks.of(clocking.TURN_CLOCK, begun.uuid).days
    rests = services.hold(complaint=begun, reason="Hujan.", until=UNTIL, by=head, now=NOW)
    assert services.sweep(now=rests.due_at - timedelta(seconds=1))["resume"] == 0
    moment = rests.due_at + timedelta(minutes=5)
    assert [services.sweep(now=moment)["resume"] for _again in range(2)] == [1, 0]
    begun.refresh_from_db()
    assert (begun.state, begun.hold_until, begun.days_left) == (State.IN_PROGRESS, None, None)
    clock = clocks.of(clocking.TURN_CLOCK, begun.uuid)
    assert (clock.days, clock.due_at) == (days, begun.due_at)
    assert Entry.objects.get(complaint=begun, move="resume").author == Entry.Author.SYSTEM


def test_by_hand_it_goes_on_earlier(begun: Complaint, head: object, officer: object) -> None:
    services.hold(complaint=begun, reason="Hujan.", until=UNTIL, by=head, now=NOW)
    later = NOW + timedelta(days=2)
    assert services.resume(complaint=begun, by=officer, now=later).state == State.IN_PROGRESS


def test_twice_at_most(begun: Complaint, head: object) -> None:
    for _time in range(2):
        services.hold(complaint=begun, reason="Hujan.", until=UNTIL, by=head, now=NOW)
        services.resume(complaint=begun, by=head, now=NOW)
    with pytest.raises(NotAllowed):
        services.hold(complaint=begun, reason="Hujan.", until=UNTIL, by=head, now=NOW)


def test_a_refused_wish_stays_inside_and_work_goes_on(
    begun: Complaint, officer: object, head: object
) -> None:
    services.ask_hold(complaint=begun, reason="Hujan.", until=UNTIL, by=officer, now=NOW)
    same = services.deny_hold(complaint=begun, reason="Pakai tenda.", by=head, now=NOW)
    assert same.state == State.IN_PROGRESS
    assert Entry.objects.get(complaint=begun, move="hold_denied").audience == "internal"
    with pytest.raises(NotAllowed):
        services.grant_hold(complaint=begun, by=head, now=NOW)


@pytest.mark.parametrize("days", [0, 61])
def test_a_rest_has_bounds(begun: Complaint, head: object, days: int) -> None:
    day = NOW.date() + timedelta(days=days)
    with pytest.raises(NotAllowed):
        services.hold(complaint=begun, reason="Hujan.", until=day, by=head, now=NOW)


def test_a_stranger_of_another_agency_may_not(begun: Complaint, stranger: object) -> None:
    for act in (
        lambda: services.plan(complaint=begun, day=UNTIL, by=stranger, now=NOW),
        lambda: services.ask_hold(complaint=begun, reason="x", until=UNTIL, by=stranger, now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_by_buttons_and_what_was_typed_comes_back(
    in_region: Region, client_for: Callable, routed: Callable, officer: object, head: object
) -> None:
    report = services.accept(complaint=routed(), by=officer)
    page = f"/desk/complaints/{report.uuid}/"
    desk = client_for(in_region, officer)
    form = desk.get(f"{page}?do=ask-hold").content.decode()
    assert 'type="date"' in form
    assert " min=" in form
    assert "do=hold#" not in form, "an officer only asks"
    wrong = desk.post(page, {"do": "ask-hold", "until": "2020-01-01", "text": "Hujan deras."})
    assert wrong.status_code == 422
    assert "Hujan deras." in wrong.content.decode()
    until = (datetime.now(WIB) + timedelta(days=5)).date()
    right = {"do": "ask-hold", "until": until.isoformat(), "text": "Hujan deras."}
    assert desk.post(page, right).status_code == 302
    boss = client_for(in_region, head)
    assert "grant-hold" in boss.get(page).content.decode()
    assert "grant-hold" not in desk.get(page).content.decode()
    assert boss.post(page, {"do": "grant-hold"}).status_code == 302
    report.refresh_from_db()
    assert report.state == State.ON_HOLD
    assert desk.post(page, {"do": "resume", "text": ""}).status_code == 302
    day = (datetime.now(WIB) + timedelta(days=3)).date()
    assert desk.post(page, {"do": "plan", "day": day.isoformat(), "note": ""}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.planned_for) == (State.PLANNED, day)
