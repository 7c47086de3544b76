"""The page of figures: right, fair, and silent where numbers are small."""

import csv
import io
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from balai import workcal
from balai.context import Region
from modules.complaints.models import Category, Complaint
from modules.complaints.selectors import periods, public
from modules.complaints.selectors.in_time import in_time
from modules.complaints.selectors.statistics import statistics
from modules.complaints.tests.crowd import clones, many

NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)  # Wednesday noon in Jakarta


@pytest.fixture
def wednesday(time_machine) -> None:
    """Stop the clock."""
    time_machine.move_to(NOW, tick=False)


def finished(report: Complaint, days: list[float], **fields: object) -> list[Complaint]:
    """Store closed copies that took these days, all resolved an hour ago."""
    ended = timezone.now() - timedelta(hours=1)
    rows = (
        {
            "created_at": ended - timedelta(days=spent), "resolved_at": ended,
            "state": "closed", **fields,
        }
        for spent in days
    )  # fmt: skip
    return many(report, rows)


@pytest.mark.parametrize(
    ("name", "start", "end", "months"),
    [
        ("", date(2025, 12, 1), date(2026, 11, 26), 12),
        ("bogus", date(2025, 12, 1), date(2026, 11, 26), 12),
        ("month", date(2026, 10, 27), date(2026, 11, 26), 2),
        ("quarter", date(2026, 8, 28), date(2026, 11, 26), 4),
        ("this-year", date(2026, 1, 1), date(2026, 11, 26), 11),
        ("last-year", date(2025, 1, 1), date(2026, 1, 1), 12),
    ],
)
def test_periods(name: str, start: date, end: date, months: int, in_region: Region) -> None:
    found = periods.parse(name, NOW)
    assert (found.start.date(), found.end.date(), len(found.months)) == (start, end, months)
    assert found.start.hour == found.end.hour == 0


def test_twelve_months_begin_right_in_each_month(in_region: Region) -> None:
    for month in range(1, 13):
        found = periods.parse("year", NOW.replace(month=month, day=28))
        assert len(found.months) == 12
        assert found.months[-1] == date(2026, month, 1)


def test_median_and_p90_from_twenty_on(routed: Callable, wednesday: None) -> None:
    report = routed()
    finished(report, [float(day) for day in range(1, 20)])
    period = periods.parse("year")
    few = statistics(period).overall
    assert (few.finished, few.median, few.p90, few.reopened_share) == (19, None, None, None)
    finished(report, [20.0], reopenings=1)
    enough = statistics(period).overall
    assert (enough.finished, enough.median, enough.p90) == (20, 10.5, 18.1)
    assert enough.reopened_share == 0.05
    assert statistics(period).agencies[report.agency_id].median == 10.5
    assert statistics(period).classes["light"].p90 == 18.1


def test_a_reopened_report_counts_with_all_it_took(routed: Callable, wednesday: None) -> None:
    """Opened again and not yet mended: part of the share, but no time of it is told."""
    report = routed()
    finished(report, [2.0] * 20)
    finished(report, [50.0], state="reopened", reopenings=1)
    overall = statistics(periods.parse("year")).overall
    assert (overall.finished, overall.reopened, overall.median) == (21, 1, 2.0)


def test_months_and_states(routed: Callable, wednesday: None) -> None:
    report = routed()
    finished(report, [1.0, 40.0])
    found = statistics(periods.parse("quarter"))
    assert list(found.received.values()) == [0, 0, 1, 2]
    assert list(found.resolved.values()) == [0, 0, 0, 2]
    assert (found.total, found.open) == (3, 1)


def test_too_few_are_never_ranked(
    routed: Callable, visitor: Callable, other_agency: object, wednesday: None
) -> None:
    report = routed()
    finished(report, [3.0] * 20)
    finished(report, [1.0] * 19, agency=other_agency)
    page = visitor.get("/complaints/statistics/")
    assert [score.name for score in page.context["fair"]] == [report.agency.name]
    assert [score.name for score in page.context["few"]] == [other_agency.name]
    download = visitor.get("/complaints/statistics.csv").getvalue().decode()
    rows = csv.reader(io.StringIO(download))
    resolved, *times = [row[3] for row in rows if row[1] == other_agency.name]
    assert resolved == "19"
    assert len(times) == 4
    assert not any(value[:1].isdecimal() for value in times), times


def test_small_counts_are_kept_back(
    routed: Callable, visitor: Callable, lamps: Category, village: object, wednesday: None
) -> None:
    """One report of a kind in a kecamatan: neither its cell nor what tells it is shown."""
    report = routed()
    road = Category.objects.get(slug="jalan-rusak")
    clones(report, 30)
    other = type(village).objects.filter(kind="district").exclude(pk=report.district_id)[0]
    many(report, ({"created_at": timezone.now(), "district": other} for _ in range(30)))
    many(report, [{"created_at": timezone.now(), "category": road}])
    many(
        report,
        ({"created_at": timezone.now(), "category": road, "district": other} for _ in range(9)),
    )
    crossed = visitor.get("/complaints/statistics/").context["figures"].crossed
    assert road.parent_id != lamps.parent_id
    assert crossed.cells[report.district_id, road.parent_id] is None
    assert crossed.cells[other.pk, road.parent_id] is None, "it would tell the other"


def test_in_time_counts_open_ones_whose_days_are_over(routed: Callable, wednesday: None) -> None:
    report = routed()  # today, two working days: not due yet
    finished(report, [1.0, 30.0])
    many(
        report, [{"created_at": NOW - timedelta(days=30)}, {"created_at": NOW - timedelta(days=1)}]
    )
    kept = in_time(public.listed(), periods.parse("year"))
    share = kept.by_class["light"]
    assert (share.kept, share.due, share.share) == (1, 3, None)
    assert kept.by_agency == {report.agency_id: share}


def test_in_time_agrees_with_the_calendar(routed: Callable, lamps: Category) -> None:
    """The statement counts working days as workcal does, over weekends and holidays."""
    chance = random.Random(20261125)
    now, report = timezone.now(), routed()
    for _ in range(15):
        rows = []
        for _ in range(40):
            created = now - timedelta(days=31, minutes=chance.randrange(250 * 24 * 60))
            resolved = created + timedelta(minutes=chance.randrange(8 * 24 * 60))
            rows.append({"created_at": created, "resolved_at": resolved, "state": "closed"})
        made = many(report, rows)
        kept = in_time(public.listed(), periods.parse("year")).by_class["light"]
        expected = sum(
            workcal.working_days_between(row["created_at"], row["resolved_at"]) <= lamps.days
            for row in rows
        )
        assert (kept.kept, kept.due) == (expected, 40)
        assert 0 < expected < 40
        Complaint.objects.filter(pk__in=[row.pk for row in made]).delete()


def test_an_empty_region_and_a_closed_list_say_so(
    visitor: Callable, with_settings: Callable, in_region: Region
) -> None:
    page = visitor.get("/complaints/statistics/")
    assert page.context["figures"].total == 0
    assert 'class="card empty"' in page.content.decode()
    with_settings(public_list=False)
    page = visitor.get("/complaints/statistics/")
    assert "figures" not in page.context
    assert visitor.get("/complaints/statistics.csv").status_code == 404
