"""Filters of the inbox: what they find, that they survive an address, and those that are kept."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from modules.complaints import response, services
from modules.complaints.models import Complaint, HoldRequest, SavedFilter
from modules.complaints.selectors.desk_filters import Filters, parse_query, to_query
from modules.complaints.services import handover, saved_filters
from modules.complaints.tests.conftest import own_queries
from modules.complaints.workflow import NotAllowed

DESK = "/desk/complaints/"
SAVED = f"{DESK}saved/"


def found(client: object, query: str) -> set[int]:
    """Return the keys of the reports that the inbox shows."""
    return {row.pk for row in client.get(f"{DESK}?{query}").context["page"].object_list}


def test_every_filter_survives_an_address() -> None:
    filters = Filters(
        tab="open", state="received", agency=3, district=4, category=5, assignee="none",
        source="import", level=2, period="7", since=date(2026, 1, 2), until=date(2026, 2, 3),
        box=(106.5, -6.25, 106.75, -6.0), query="lampu & kabel", sort="response",
    )  # fmt: skip
    assert parse_query(to_query(filters)) == filters
    assert parse_query(to_query(Filters())) == Filters()


@pytest.mark.parametrize(
    "query",
    ["agency=x", "agency=²", "since=2026-13-40", "since=0001-01-01", "until=9999-12-31",
     "level=99", "assignee=siapa", "source=fax", "period=8", "box=1,2", "box=nan,1,2,3"],
)  # fmt: skip
def test_nonsense_counts_as_not_asked_for(query: str) -> None:
    assert parse_query(query) == Filters()


def test_the_new_filters_find_what_they_say(
    routed: Callable, make_report: Callable, coordinator: object, officer: object,
    make_user: Callable, agency: object, at: Callable,
) -> None:  # fmt: skip
    colleague = make_user("officer", agency)
    old = make_report(now=timezone.now() - timedelta(days=40))
    mine, theirs = routed(), routed()
    handover.take(complaint=mine, by=officer)
    handover.hand_over(complaint=theirs, to=colleague, by=officer)
    Complaint.objects.filter(pk=theirs.pk).update(level=2, source="import")
    desk, field = at(coordinator), at(officer)
    assert found(field, "tab=cases") == {mine.pk}
    assert found(field, "tab=all&assignee=me") == {mine.pk}
    assert found(desk, f"tab=all&assignee={colleague.uuid}") == {theirs.pk}
    assert found(desk, "tab=all&assignee=none") == {old.pk}
    assert found(desk, "tab=all&source=import") == {theirs.pk}
    assert found(desk, "tab=all&level=2") == {theirs.pk}
    assert found(desk, "tab=all&level=3") == set()
    assert found(desk, "tab=all&period=30") == {mine.pk, theirs.pk}
    day = timezone.localdate(old.created_at)
    assert found(desk, f"tab=all&since={day}&until={day}") == {old.pk}
    assert at(officer).get(DESK).context["counts"]["cases"] == 1


def test_the_longest_wait_for_an_answer_comes_first(
    routed: Callable, make_report: Callable, coordinator: object, at: Callable
) -> None:
    now = timezone.now()
    young, old = make_report(), make_report(now=now - timedelta(days=3))
    quick, slow = routed(), routed()
    Complaint.objects.filter(pk=slow.pk).update(created_at=now - timedelta(days=9))
    page = at(coordinator).get(f"{DESK}?tab=all&sort=response").context["page"]
    assert list(page.object_list) == [old, young, slow, quick]


def test_response_time_is_working_time_until_the_first_answer(
    make_report: Callable, coordinator: object
) -> None:
    monday = timezone.make_aware(timezone.datetime(2026, 7, 6, 9, 0))
    report = make_report(now=monday)
    services.message(complaint=report, text="Catatan.", internal=True, by=coordinator,
                     now=monday + timedelta(hours=1))  # fmt: skip
    report.refresh_from_db()
    assert report.answered_at is None, "the reporter hears nothing of an internal note"
    waiting = response.of(report, monday + timedelta(hours=2))
    assert waiting is not None
    assert (waiting.words, waiting.waiting) == ("2 jam", True)
    services.message(complaint=report, text="Kami periksa.", by=coordinator,
                     now=monday + timedelta(minutes=30))  # fmt: skip
    services.message(complaint=report, text="Masih.", by=coordinator,
                     now=monday + timedelta(days=3))  # fmt: skip
    report.refresh_from_db()
    answered = response.of(report, monday + timedelta(days=9))
    assert answered is not None
    assert (answered.words, answered.waiting) == ("30 menit", False)
    assert response.span(monday, monday + timedelta(days=4)) == "4 hari"


def test_a_filter_is_kept_renamed_deleted_and_taken_back(
    routed: Callable, officer: object, at: Callable
) -> None:
    routed(title="Kabel menjuntai")
    client = at(officer)
    assert client.post(f"{SAVED}?tab=all&q=kabel&page=3", {"name": ""}).status_code == 422
    kept = client.post(f"{SAVED}?tab=all&q=kabel&page=3", {"name": "Kabel"})
    assert kept["Location"] == f"{DESK}?tab=all&q=kabel"
    shown = client.get(kept["Location"]).context
    assert [(row.name, count) for row, count in shown["saved"]] == [("Kabel", 1)]
    one = SavedFilter.objects.get()
    client.post(f"{SAVED}{one.uuid}/", {"do": "rename", "name": "Kabel putus"})
    gone = client.post(f"{SAVED}{one.uuid}/", {"do": "delete"})
    page = client.get(gone["Location"])
    assert page.context["saved"] == []
    assert "Kabel putus" in page.content.decode(), "what is deleted can be taken back"
    client.post(f"{SAVED}{one.uuid}/", {"do": "restore"})
    assert [row.name for row, _ in client.get(SAVED).context["saved"]] == ["Kabel putus"]
    saved_filters.delete_filter(saved=one)
    assert saved_filters.forget_filters(now=timezone.now() + timedelta(days=2)) == 1


def test_a_saved_filter_of_the_same_name_is_replaced_and_there_are_not_many(
    officer: object,
) -> None:
    for query in ("lampu", "kabel"):
        saved_filters.save_filter(name="Cari", filters=Filters(query=query), by=officer)
    assert "kabel" in SavedFilter.objects.get().query
    for at in range(saved_filters.MOST - 1):
        saved_filters.save_filter(name=f"Nomor {at}", filters=Filters(), by=officer)
    with pytest.raises(NotAllowed):
        saved_filters.save_filter(name="Satu lagi", filters=Filters(), by=officer)
    one, other = SavedFilter.objects.filter(name__startswith="Nomor")[:2]
    with pytest.raises(NotAllowed):
        saved_filters.rename_filter(saved=one, name=other.name.upper())


def test_i02_a_saved_filter_is_its_owners_alone_and_counts_only_their_reach(
    routed: Callable, officer: object, stranger: object, at: Callable
) -> None:
    report = routed()
    filters = Filters(tab="all", agency=report.agency_id)
    own = saved_filters.save_filter(name="Lampu", filters=filters, by=officer)
    theirs = saved_filters.save_filter(name="Intip", filters=filters, by=stranger)
    client = at(stranger)
    assert [count for _, count in client.get(DESK).context["saved"]] == [0]
    for do in ("rename", "delete", "restore"):
        answer = client.post(f"{SAVED}{own.uuid}/", {"do": do, "name": "Curi"})
        assert answer.status_code == 404, do
    assert client.post(f"{SAVED}{theirs.uuid}/", {"do": "bogus"}).status_code == 404
    own.refresh_from_db()
    assert (own.name, own.deleted_at) == ("Lampu", None)


def test_the_inbox_with_everything_costs_the_same_at_1_and_3_rows(
    routed: Callable, officer: object, at: Callable
) -> None:
    for name in ("Satu", "Dua"):
        saved_filters.save_filter(name=name, filters=Filters(tab="all", query=name), by=officer)
    client, counts = at(officer), []
    for more in (1, 2):
        for _ in range(more):
            handover.take(complaint=routed(), by=officer)
        client.get(f"{DESK}?tab=all")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{DESK}?tab=all").status_code == 200
        counts.append(own_queries(seen))
    assert counts[0] == counts[1], [query["sql"] for query in seen]
    assert counts[0] <= 16


def test_my_turn_are_cases_whose_day_has_come_and_rests_that_are_asked_for(
    routed: Callable, officer: object, make_user: Callable, agency: object, at: Callable
) -> None:
    today = timezone.localdate()
    head = make_user("agency_head", agency)
    due, later, rests, asked = routed(), routed(), routed(), routed()
    for report, fields in (
        (due, {"state": "planned", "planned_for": today}),
        (later, {"state": "planned", "planned_for": today + timedelta(days=2)}),
        (rests, {"state": "on_hold", "hold_until": today + timedelta(days=2)}),
        (asked, {"state": "resolution_submitted"}),
    ):
        Complaint.objects.filter(pk=report.pk).update(**fields)
    HoldRequest.objects.create(complaint=asked, reason="Menunggu bahan.", until=today)
    assert found(at(officer), "tab=mine") == {due.pk}
    assert found(at(head), "tab=mine") == {due.pk, asked.pk}
    assert at(head).get(DESK).context["counts"]["mine"] == 2
    assert "Menunggu bahan." in at(head).get(f"{DESK}{asked.uuid}/").content.decode()
