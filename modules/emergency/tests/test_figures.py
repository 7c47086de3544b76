"""Figures: emergencies and noise apart, true times, the region's clock, nothing small in public."""

import io
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from balai import memo
from balai.context import Region
from modules.emergency.models import Category, Incident, Outcome, Unit
from modules.emergency.selectors import monthly, periods, public_figures, response, volume
from modules.emergency.services.dispatching import correct, send, step
from modules.emergency.services.ending import close, merge
from modules.emergency.services.intake import Told, take
from modules.emergency.states import CallType

WIB = ZoneInfo("Asia/Jakarta")
JANUARY = periods.Period(periods.MONTH, date(2026, 1, 1), date(2026, 1, 31))
# 1 January 2026, 00.30 in Tangerang; in UTC it is still last year.
MIDNIGHT = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)
DANGEROUS = '=HYPERLINK("http://x")'
Ride = Callable[..., Incident]


@pytest.fixture
def noise(taker: object) -> Callable[..., None]:
    """Return a function that takes calls about nothing."""

    def ring(kind: str, at: datetime, times: int = 1) -> None:
        for _ in range(times):
            told = Told(key=uuid.uuid4(), kind=kind, answered_at=at)
            take(told=told, taker=taker, now=at + timedelta(seconds=8))

    return ring


@pytest.fixture
def ride(told: Callable[..., Told], taker, dispatcher, engine: Unit, outcome: Outcome) -> Ride:
    """Return a function that plays an incident: queued after 40 s, sent 30 s later, then there."""

    def play(at: datetime, *, there: int, category: Category | None = None) -> Incident:
        more = {"category": category} if category else {}
        call = take(told=told(answered_at=at, **more), taker=taker, now=_s(at, 40))
        leg = send(unit=engine, incident=call.incident, by=dispatcher, now=_s(at, 70))
        for name, when in (("depart", 120), ("arrive", there), ("clear", there + 600)):
            step(leg=leg, name=name, by=dispatcher, now=_s(at, when))
        return close(
            incident=call.incident, outcome=outcome, by=dispatcher, now=_s(at, there + 700)
        )

    return play


def _s(at: datetime, seconds: int) -> datetime:
    return at + timedelta(seconds=seconds)


def test_calls_are_counted_by_the_regions_clock_with_noise_apart(
    ride: Ride, noise: Callable
) -> None:
    ride(MIDNIGHT, there=300)
    noise(CallType.PRANK, _s(MIDNIGHT, 3600), times=3)
    noise(CallType.GHOST, MIDNIGHT - timedelta(hours=1), times=2)  # still December there
    found = volume.volume(JANUARY)
    assert (found.real, found.noise, found.total) == (1, 3, 4)
    assert found.real_share == 0.25
    clock = volume.clock(JANUARY)
    assert clock.real == {(4, 0): 1}, "a Thursday, half past midnight"
    assert clock.noise == {(4, 1): 3}
    assert volume.course(JANUARY)[date(2026, 1, 1)] == (1, 3)
    assert volume.volume(JANUARY.earlier()).noise == 2
    times = response.response(JANUARY)
    assert set(times.hours) == {0}


def test_times_are_told_from_five_on_and_corrected_ones_count(
    ride: Ride, dispatcher, fire: Category
) -> None:
    seconds = [300, 360, 420, 480]
    for at, there in enumerate(seconds):
        ride(MIDNIGHT + timedelta(days=at), there=there)
    few = response.response(JANUARY).overall
    assert (few.incidents, few.on_scene.n, few.on_scene.p50) == (4, 4, None)
    last = ride(MIDNIGHT + timedelta(days=5), there=6000)
    wrong = last.stamps.get(what="arrive")
    once = correct(stamp=wrong, at=_s(wrong.at, -60), reason="Radio", by=dispatcher)
    # The correction was wrong as well: the last word counts, not the earliest time.
    correct(stamp=once, at=_s(MIDNIGHT + timedelta(days=5), 540), reason="Lagi", by=dispatcher)
    found = response.response(JANUARY)
    assert found.overall.on_scene == response.Spread(5, 420.0, pytest.approx(516.0))
    assert found.overall.answer == response.Spread(5, 40.0, 40.0)
    assert found.overall.dispatch == response.Spread(5, 30.0, 30.0)
    assert found.hours[0] == found.overall
    assert (found.overall.met, found.overall.met_share) == (4, 0.8), "8 minutes are the target"
    assert found.categories[fire.pk] == found.overall
    assert found.agencies[fire.agency_id] == found.overall


def test_nobody_there_is_not_there_at_once(
    ride: Ride, told: Callable, taker, dispatcher, engine: Unit
) -> None:
    ride(MIDNIGHT, there=300)
    waits = take(told=told(answered_at=MIDNIGHT), taker=taker, now=_s(MIDNIGHT, 40)).incident
    take(told=told(answered_at=MIDNIGHT), taker=taker, now=_s(MIDNIGHT, 40))
    send(unit=engine, incident=waits, by=dispatcher, now=_s(MIDNIGHT, 4000))
    found = response.response(JANUARY).overall
    assert (found.incidents, found.dispatch.n, found.on_scene.n) == (3, 2, 1)
    assert (found.unreached, found.met, found.met_share) == (2, 1, 1.0)


def test_merged_incidents_are_one_from_the_first_call(
    told: Callable, taker, dispatcher, engine: Unit
) -> None:
    first = take(told=told(answered_at=MIDNIGHT), taker=taker, now=_s(MIDNIGHT, 40)).incident
    second = take(told=told(answered_at=_s(MIDNIGHT, 60)), taker=taker, now=_s(MIDNIGHT, 90))
    leg = send(unit=engine, incident=first, by=dispatcher, now=_s(MIDNIGHT, 100))
    main = second.incident
    merge(incident=first, into=main, by=dispatcher, now=_s(MIDNIGHT, 120))
    leg.refresh_from_db()
    step(leg=leg, name="arrive", by=dispatcher, now=_s(MIDNIGHT, 400))
    with connection.cursor() as cursor:
        zone = {"start": JANUARY.start, "end": JANUARY.end, "zone": "Asia/Jakarta"}
        cursor.execute(f"{response.FACTS} SELECT id, answer, dispatch, on_scene FROM fact", zone)
        facts = [(row[0], *map(float, row[1:])) for row in cursor.fetchall()]
    assert facts == [(main.pk, 40.0, 60.0, 400.0)]


def test_periods_and_what_they_are_compared_with(in_region: Region) -> None:
    now = datetime(2026, 3, 10, 12, 0, tzinfo=WIB)
    running = periods.parse({}, now)
    before = running.compared(now)
    assert (running.first, before.first) == (date(2026, 3, 1), date(2026, 2, 1))
    assert before.end - before.start == now - running.start
    over = periods.parse({"span": "week", "day": "2026-01-07"}, now)
    assert (over.first, over.last) == (date(2026, 1, 5), date(2026, 1, 11))
    assert over.compared(now) == over.earlier()
    chosen = periods.parse({"span": "chosen", "day": "2026-01-10", "until": "2026-01-12"}, now)
    assert (chosen.earlier().first, chosen.earlier().last) == (
        date(2026, 1, 7), date(2026, 1, 9),
    )  # fmt: skip
    for odd in ({"span": "x"}, {"day": "0001-01-01"}, {"day": "'"}):
        assert periods.parse(odd, now) == running
    leap = periods.parse({"span": "year", "day": "2024-02-29"}, now)
    assert (len(leap.days), leap.later().first) == (366, date(2025, 1, 1))


def test_the_page_is_for_those_who_answer_for_the_centre(
    ride: Ride, noise: Callable, client_for: Callable, make_user: Callable, region: Region
) -> None:
    ride(MIDNIGHT, there=300)
    noise(CallType.PRANK, MIDNIGHT, times=2)
    address = "/desk/emergency/statistics/?span=month&day=2026-01-09"
    for role in (None, "call_taker", "crew", "officer"):
        assert client_for(region, make_user(role)).get(address).status_code == 403, role
    auditor = client_for(region, make_user("auditor"))
    with CaptureQueriesContext(connection) as one:
        page = auditor.get(address).content.decode()
    assert "Kebakaran" in page
    assert "33,3%" in page
    assert 'value="2026-01-01"' in page, "a browser shows no day in another spelling"
    noise(CallType.TEST, MIDNIGHT, times=3)
    for day in (2, 3):
        ride(MIDNIGHT + timedelta(days=day), there=400)
    with CaptureQueriesContext(connection) as three:
        auditor.get(address)
    assert _own(three) == _own(one)
    empty = auditor.get("/desk/emergency/statistics/?span=day&day=2001-01-01").content.decode()
    assert "em-tiles" not in empty


def test_everybody_sees_whole_months_and_no_small_number(
    ride: Ride, noise: Callable, client_for: Callable, region: Region
) -> None:
    ride(MIDNIGHT, there=300)
    noise(CallType.PRANK, MIDNIGHT, times=7)
    noise(CallType.PRANK, datetime(2026, 2, 3, tzinfo=UTC))
    memo.forget()
    (month,) = public_figures.last_year(datetime(2026, 2, 20, tzinfo=UTC))
    assert (month.first, month.real, month.noise, month.on_scene) == (
        date(2026, 1, 1), None, 7, None,
    )  # fmt: skip
    assert client_for(region).get("/emergency/statistics/").status_code == 200


def test_the_monthly_report_is_counts_in_a_safe_file(
    ride: Ride, noise: Callable, client_for: Callable, make_user: Callable, region: Region,
    engine: Unit,
) -> None:  # fmt: skip
    evil = Category.objects.create(
        slug="uji-x", label_id=DANGEROUS, label_en=DANGEROUS, agency=engine.agency
    )
    ride(MIDNIGHT, there=300, category=evil)
    noise(CallType.PRANK, MIDNIGHT, times=2)
    client = client_for(region, make_user("emergency_supervisor"))
    months = {"since": "2025-12", "until": "2026-01"}
    answer = client.post("/desk/emergency/statistics/export/", {**months, "kind": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["2025-12", "2026-01"]
    rows = list(book["2026-01"].iter_rows(values_only=True))
    cells = {str(row[0]): row[1] for row in rows}
    assert (cells["00.00–00.59"], cells[engine.agency.name]) == (1, 1)
    assert [row[4] for row in rows if row[0] == "00.00–00.59"] == [None], "too few for a median"
    assert cells[f"'{DANGEROUS}"] == 1
    assert cells[str(CallType.PRANK.label)] == 2
    answer = client.post("/desk/emergency/statistics/export/", {**months, "kind": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert f"2026-01,{_title(1)},\"'=HYPERLINK" in text
    for wrong in ({"until": "2029-01"}, {"since": "2020-01"}, {"since": "x"}):
        form = {**months, "kind": "csv", **wrong}
        assert client.post("/desk/emergency/statistics/export/", form).status_code == 422
    taker = client_for(region, make_user("call_taker"))
    assert taker.get("/desk/emergency/statistics/export/").status_code == 403


def _own(seen: CaptureQueriesContext) -> list[str]:
    """Return the statements for the region; finding the region is cached for a while."""
    return [query["sql"][:60] for query in seen.captured_queries if '"shared"' not in query["sql"]]


def _title(at: int) -> str:
    from django.utils.translation import override

    with override("id"):
        return monthly.tables(date(2026, 1, 1))[at].title


def test_the_log_is_read_by_auditors_and_pages_without_counting(
    incident: Incident, client_for: Callable, make_user: Callable, region: Region, monkeypatch
) -> None:
    from balai import audit
    from modules.emergency.selectors import log

    monkeypatch.setattr(log, "PAGE", 2)
    for number in range(4):
        audit.record(action="emergency.sealed_read", target=f"112-SEGEL-{number}")
    audit.record(action="brand.changed", target="KANARI")
    address = "/desk/emergency/log/"
    for role in ("leader", "dispatcher", None):
        assert client_for(region, make_user(role)).get(address).status_code == 403, role
    client = client_for(region, make_user("auditor"))
    page = client.get(address, {"what": "reads"})
    assert [row.target for row in page.context["entries"]] == ["112-SEGEL-3", "112-SEGEL-2"]
    page = client.get(f"{address}?{page.context['following']}")
    assert [row.target for row in page.context["entries"]] == ["112-SEGEL-1", "112-SEGEL-0"]
    assert not page.context["following"]
    everything = client.get(address, {"q": incident.number}).content.decode()
    assert incident.number in everything
    assert "KANARI" not in client.get(address).content.decode()
