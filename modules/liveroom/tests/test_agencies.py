"""From the agencies to a case: fair figures, nothing secret, nothing of a module that is off."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from balai.audit.models import Entry
from balai.context import Region, platform, region_context
from balai.directory.models import Agency
from balai.modules import oversight
from modules.complaints.models import Complaint
from modules.emergency.models import Category as Kind, Incident
from modules.liveroom.selectors import scores
from modules.liveroom.tests.conftest import CANARY

PAGE = "/desk/liveroom/agencies/"


def score(agency: Agency, period: str = "month") -> scores.Score:
    """Return the agency's scorecard of reports."""
    _name, span = scores.span(period)
    part = next(p for p in scores.parts(span, agency=agency) if p.source.slug == "complaints")
    return part.scores[0]


def test_too_few_cases_say_nothing_and_twenty_do(
    agency: Agency, crowd: Callable, in_region: Region
) -> None:
    crowd(19, days=2)
    few = score(agency)
    assert (few.done.n, few.done.median, few.now.reopened.value) == (19, "", None)
    crowd(1, days=2)
    fair = score(agency)
    assert (fair.done.n, fair.now.done.median) == (20, pytest.approx(2 * 86400, abs=60))
    assert fair.answer.median
    assert (fair.now.reopened.part, fair.now.reopened.value) == (0, 0.0)
    crowd(5, days=2, reopenings=1)
    assert score(agency).now.reopened.value == pytest.approx(5 / 25)


def test_an_agency_is_compared_with_itself_before(
    agency: Agency, crowd: Callable, in_region: Region
) -> None:
    crowd(20, days=8, ago=40)
    assert score(agency).done.trend.words == "", "nothing in this period yet"
    crowd(20, days=2, ago=2)
    better = score(agency).done.trend
    assert (better.better, "75%" in better.words) == (True, True)
    crowd(100, days=30, ago=2)
    assert score(agency).done.trend.better is False


def test_breaches_are_a_share_with_the_workload_beside(
    agency: Agency, crowd: Callable, report: Complaint, client_for: Callable, leader: object,
    in_region: Region,
) -> None:  # fmt: skip
    crowd(15, days=1)
    crowd(5, days=20)
    Complaint.objects.filter(pk=report.pk).update(due_at=timezone.now() - timedelta(days=1))
    found = score(agency).now
    assert (found.open, found.late) == (1, 1)
    assert (found.breached.part, found.breached.whole) == (5, 20)
    client = client_for(in_region, leader)
    page = client.get(f"{PAGE}?period=month").content.decode()
    assert "25%" in page
    assert agency.name in page
    csv = b"".join(client.get(f"{PAGE}csv/?period=month").streaming_content).decode()
    line = next(row for row in csv.splitlines() if agency.name in row)
    assert ",0.25," in line
    assert agency.name not in client.get(f"{PAGE}?q=Kesehatan").content.decode()


def test_the_agencies_stand_by_name_and_never_by_rank(
    agency: Agency, crowd: Callable, in_region: Region
) -> None:
    crowd(20, days=9)
    crowd(20, days=1, agency_id=Agency.objects.get(code="dlh").pk)
    _name, span = scores.span("month")
    names = [row.agency.name for row in scores.parts(span)[0].scores]
    assert names == sorted(names)
    assert len(names) >= 2


def test_from_an_agency_to_a_case_and_into_the_log(
    agency: Agency, report: Complaint, client_for: Callable, leader: object, in_region: Region
) -> None:
    client = client_for(in_region, leader)
    listed = client.get(f"{PAGE}of/{agency.code}/")
    case = f"/desk/liveroom/cases/complaints/{report.uuid}/"
    assert case in listed.content.decode()
    for _again in range(2):
        page = client.get(case)
    assert "Lampu sekolah mati" in page.content.decode()
    assert CANARY not in page.content.decode()
    assert f"/complaints/{report.uuid}/" in page.content.decode(), "a leader has no desk of reports"
    seen = Entry.objects.filter(action="liveroom.case_viewed", actor_uuid=leader.uuid)
    assert [(row.target, row.after) for row in seen] == [
        (f"complaints:{report.uuid}", {"number": report.number})
    ]
    assert Entry.objects.filter(action="liveroom.agency_viewed", target=agency.code).count() == 1


def test_a_secret_report_is_counted_and_not_shown_without_the_right(
    agency: Agency, report: Complaint, client_for: Callable, leader: object, make_user: Callable,
    in_region: Region,
) -> None:  # fmt: skip
    Complaint.objects.filter(pk=report.pk).update(secret=True)
    case, listed = f"/desk/liveroom/cases/complaints/{report.uuid}/", f"{PAGE}of/{agency.code}/"
    mayor = client_for(in_region, leader)
    page = mayor.get(listed)
    assert report.number not in page.content.decode()
    assert page.context["hidden"] == 1
    assert score(agency).now.open == 1
    assert mayor.get(case).status_code == 404
    assert not Entry.objects.filter(action="liveroom.case_viewed").exists()
    assert mayor.get(f"{listed}?only=all&q={report.number}").context["page"].paginator.count == 0
    coordinator = client_for(in_region, make_user("coordinator"))
    assert coordinator.get(case).status_code == 200
    assert coordinator.get(listed).context["hidden"] == 0


def test_a_sealed_incident_and_one_without_the_right_are_not_shown(
    agency: Agency, client_for: Callable, leader: object, make_user: Callable, in_region: Region
) -> None:
    kind = Kind.objects.create(
        slug="uji-api", label_id="Kebakaran", label_en="Fire", urgency="life"
    )
    told = {"category": kind, "agency": agency, "text": CANARY, "address": CANARY}
    open_one = Incident.objects.create(number="112-UJI-1", **told)
    sealed = Incident.objects.create(number="112-UJI-2", sealed=True, **told)
    page = f"{PAGE}of/{agency.code}/?module=emergency"
    mayor = client_for(in_region, leader)
    shown = mayor.get(page)
    assert open_one.number in shown.content.decode()
    assert sealed.number not in shown.content.decode()
    assert shown.context["hidden"] == 1
    case = mayor.get(f"/desk/liveroom/cases/emergency/{open_one.uuid}/").content.decode()
    assert reverse("emergency_desk:incident", args=[open_one.uuid]) in case
    assert CANARY not in case
    assert mayor.get(f"/desk/liveroom/cases/emergency/{sealed.uuid}/").status_code == 404
    admin = client_for(in_region, make_user("admin"))
    assert admin.get(page).context["hidden"] == 2, "an admin does not see the board"
    assert admin.get(f"/desk/liveroom/cases/emergency/{open_one.uuid}/").status_code == 404


def test_lists_are_paged_sorted_searched_and_cost_the_same_for_one_and_many(
    agency: Agency, report: Complaint, crowd: Callable, client_for: Callable, leader: object,
    in_region: Region,
) -> None:  # fmt: skip
    client, counts = client_for(in_region, leader), []
    page = f"{PAGE}of/{agency.code}/"
    for more in (0, 30):
        crowd(more, days=1, state="in_progress", resolved_at=None)
        client.get(f"{page}?sort=newest")  # figures that are kept a minute
        with CaptureQueriesContext(connection) as seen:
            shown = client.get(f"{page}?sort=newest")
        counts.append(len([q for q in seen.captured_queries if '"shared"' not in q["sql"]]))
    assert counts[0] == counts[1]
    rows = list(shown.context["page"])
    assert (len(rows), shown.context["page"].paginator.count) == (25, 31)
    assert [row.since for row in rows] == sorted((row.since for row in rows), reverse=True)
    assert len(client.get(f"{page}?page=2").context["page"]) == 6
    assert client.get(f"{page}?q={report.number}").context["page"].paginator.count == 1
    Complaint.objects.filter(pk=report.pk).update(due_at=timezone.now() - timedelta(days=1))
    late = client.get(f"{page}?only=late").context["page"]
    assert [row.number for row in late] == [report.number]
    assert client.get(f"{page}?page=x&sort=x&only=x&module=x&period=x").status_code == 200
    assert client.get(f"{PAGE}of/nobody/").status_code == 404


def test_a_module_that_is_off_vanishes_from_all_of_it(
    agency: Agency, report: Complaint, client_for: Callable, make_user: Callable, region: Region
) -> None:
    from tenants import activation, directory

    with platform():
        activation.switch(directory.by_schema(region.schema), "complaints", False)
        directory.invalidate(region.schema)
        fresh = directory.by_schema(region.schema)
    with region_context(fresh):
        assert [one.slug for one in oversight.active()] == ["emergency"]
        client = client_for(fresh, make_user("leader"))
        assert client.get(f"/desk/liveroom/cases/complaints/{report.uuid}/").status_code == 404
        page = client.get(f"{PAGE}of/{agency.code}/?module=complaints").content.decode()
        assert report.number not in page
        assert "part-complaints" not in client.get(PAGE).content.decode()
        assert "part-complaints" not in client.get("/desk/liveroom/burning/").content.decode()
