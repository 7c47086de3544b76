"""Following what changes: a stable mark, no hole whichever transaction commits first."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from balai.context import region_context
from balai.workcal.models import Clock
from modules.complaints import services
from modules.complaints.models import Category, Complaint
from modules.complaints.selectors import changes
from modules.complaints.tests.conftest import own_queries
from tests.support.committed import cities

__all__ = ["cities"]
URL = "/api/v1/complaints/updates"


def ask(client, cursor=""):
    answer = client.get(URL, {"cursor": cursor})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_each_change_is_told_once_and_as_it_is_now(visitor, routed, officer):
    start = ask(visitor, "now")
    assert start["updates"] == []
    report = routed()
    services.accept(complaint=report, by=officer)
    page = ask(visitor, start["cursor"])
    [update] = page["updates"]
    assert (update["uuid"], update["removed"]) == (str(report.uuid), False)
    assert update["report"]["state"] == "in_progress"
    assert not page["more"]
    again = ask(visitor, page["cursor"])
    assert (again["updates"], again["cursor"]) == ([], page["cursor"])
    assert ask(visitor, start["cursor"])["cursor"] == page["cursor"], "a mark stays what it was"


def test_what_is_not_public_is_not_told(visitor, make_report, routed):
    start = ask(visitor, "now")["cursor"]
    waiting, whistle = make_report(), routed(kind="whistle")
    told = ask(visitor, start)
    assert told["updates"] == []
    assert waiting.number not in str(told)
    assert whistle.number not in str(told)


def test_what_is_public_no_more_is_told_by_its_reference_alone(visitor, routed, coordinator):
    report = routed()
    start = ask(visitor, "now")["cursor"]
    services.make_secret(complaint=report, by=coordinator)
    told = ask(visitor, start)
    [update] = told["updates"]
    assert (update["uuid"], update["removed"], update["report"]) == (str(report.uuid), True, None)
    assert report.number not in str(told)


def test_a_long_log_comes_in_pages_and_nothing_is_left_out(visitor, routed, monkeypatch):
    monkeypatch.setattr(changes, "AT_ONCE", 3)
    start = ask(visitor, "now")["cursor"]
    wanted = {str(routed().uuid) for _ in range(4)}
    seen, cursor, more = set(), start, True
    while more:
        page = ask(visitor, cursor)
        seen |= {update["uuid"] for update in page["updates"]}
        cursor, more = page["cursor"], page["more"]
    assert seen == wanted


@pytest.mark.parametrize("cursor", ["x", "AAAAAAAAAAAAAAAAAAA", "ü", "=" * 8, "A" * 81, "%00"])
def test_a_cursor_we_did_not_give_is_refused(visitor, cursor):
    assert visitor.get(URL, {"cursor": cursor}).status_code == 422


def test_i09_a_cursor_of_one_city_is_not_of_another(visitor, other_region, client_for):
    cursor = ask(visitor, "now")["cursor"]
    assert client_for(other_region).get(URL, {"cursor": cursor}).status_code == 422
    assert visitor.get(URL, {"cursor": cursor}).status_code == 200, "control"


def test_three_changes_cost_as_much_as_one(visitor, routed):
    counts = []
    for number in (1, 3):
        start = ask(visitor, "now")["cursor"]
        for _ in range(number):
            routed()
        with CaptureQueriesContext(connection) as seen:
            ask(visitor, start)
        counts.append(own_queries(seen))
    assert counts[0] == counts[1] <= 3


@pytest.fixture
def two_reports(cities):
    """Two public reports that are committed, and taken away afterwards."""
    with region_context(cities.here):
        lamps = Category.objects.get(slug="lampu-jalan")
        made = [_public(lamps), _public(lamps)]
    yield made
    with region_context(cities.here):
        Clock.objects.filter(subject__in=[str(report.uuid) for report in made]).delete()
        Complaint.objects.filter(pk__in=[report.pk for report in made]).delete()


def test_a_change_that_commits_late_is_not_missed(cities, two_reports):
    """One writer has changed its report and waits; another comes after it and wants to be first."""
    slow, quick = two_reports
    with region_context(cities.here):
        start = changes.newest()
    changed, go_on = threading.Event(), threading.Event()

    def change_slowly():
        with region_context(cities.here), transaction.atomic():
            _confirm(slow)
            changed.set()
            go_on.wait(10)
        connection.close()

    def change_quickly():
        changed.wait(10)
        with region_context(cities.here):
            _confirm(quick)
        connection.close()

    workers = [threading.Thread(target=work) for work in (change_slowly, change_quickly)]
    for worker in workers:
        worker.start()
    assert changed.wait(10)
    seen, place = [], start
    with region_context(cities.here):
        for step in range(100):
            page = changes.since(place)
            seen += [change.uuid for change in page.changes]
            place = page.last
            if len(seen) == 2:
                break
            if step == 3:
                assert seen == [], "nothing that has not been committed is told"
                go_on.set()
            if step > 3:
                for worker in workers:
                    worker.join(10)
    assert sorted(seen) == sorted([slow.uuid, quick.uuid])


def _public(kind):
    report = services.report(
        draft=services.Draft(category=kind, text="Lampu mati di depan sekolah.")
    )
    rows = Complaint.objects.filter(pk=report.complaint.pk)
    rows.update(state="resolved", published_at=report.complaint.created_at)
    return rows.get()


def _confirm(report):
    services.confirm(complaint=report)
