"""The inbox in pages: every report once in each order, from where one stood, counted so far."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from modules.complaints.models import Complaint, HoldRequest
from modules.complaints.selectors import desk_counts, desk_pages
from modules.complaints.selectors.desk_filters import SORTS, Filters
from modules.complaints.templatetags.complaints import counted
from modules.complaints.tests.crowd import many

DESK = "/desk/complaints/"


def crowd(report: Complaint) -> None:
    """Store reports that tie in each order's keys, with and without a deadline and an answer."""
    moment = timezone.now() - timedelta(days=9)
    states = ("received", "dispositioned", "resolved", "closed")
    many(report, (
        {
            "state": states[n % 4],
            "created_at": moment + timedelta(hours=n // 8),
            "due_at": moment + timedelta(days=n % 3) if n % 5 else None,
            "answered_at": moment + timedelta(days=n % 2 + 4) if n % 3 else None,
        }
        for n in range(39)
    ))  # fmt: skip


def plainly(sort: str) -> list[int]:
    """Return all reports in an order, as one would sort a short list."""
    rows = list(Complaint.objects.all())
    far = timezone.now() + timedelta(days=9999)
    ended = ("resolved", "closed")
    keys: dict[str, Callable[[Complaint], tuple[object, ...]]] = {
        "newest": lambda row: (-row.created_at.timestamp(), -row.pk),
        "oldest": lambda row: (row.created_at, row.pk),
        "urgent": lambda row: (
            row.state in ended, row.due_at or far, -row.created_at.timestamp(), -row.pk
        ),
        "response": lambda row: (
            not (row.answered_at is None and row.state == "received"), row.answered_at is None,
            row.created_at - row.answered_at if row.answered_at else None, row.created_at, row.pk,
        ),
    }  # fmt: skip
    return [row.pk for row in sorted(rows, key=keys[sort])]


@pytest.mark.parametrize("sort", SORTS)
def test_pages_show_every_report_once_and_lead_back(
    sort: str, routed: Callable, coordinator: object, at: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_pages, "SIZE", 7)
    crowd(routed())
    rows, filters = Complaint.objects.all(), Filters(tab="all", sort=sort)
    pages, page = [], desk_pages.page(rows, filters)
    assert page.newer == ""
    while True:
        pages.append(page.object_list)
        if not page.older:
            break
        page = desk_pages.page(rows, filters, after=page.older)
    assert [row.pk for part in pages for row in part] == plainly(sort)
    for before in reversed(pages[:-1]):
        page = desk_pages.page(rows, filters, before=page.newer)
        assert page.object_list == before
    assert (page.newer, bool(page.older)) == ("", True)
    first = [row.pk for row in desk_pages.first(rows, filters, 20)]
    assert first == plainly(sort)[:20]
    shown = at(coordinator).get(f"{DESK}?tab=all&sort={sort}").context["page"]
    assert [row.pk for row in shown.object_list] == plainly(sort)[:7]


def test_the_next_page_begins_where_a_row_stood_that_moved_on(
    routed: Callable, coordinator: object, at: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_pages, "SIZE", 2)
    rows = [routed() for _ in range(4)]
    for days, row in enumerate(rows):
        due = timezone.now() + timedelta(days=days + 1)
        Complaint.objects.filter(pk=row.pk).update(due_at=due)
    client = at(coordinator)
    page = client.get(f"{DESK}?tab=all").context["page"]
    assert page.object_list == rows[:2]
    Complaint.objects.filter(pk=rows[1].pk).update(state="closed", due_at=None)
    second = client.get(f"{DESK}?tab=all&after={page.older}")
    assert second.context["page"].object_list == rows[2:]
    assert f"after={page.older}" in second.context["kept"], "a case keeps the inbox as it was"
    older = second.context["page"].older
    assert f"?tab=all&amp;after={older}" in second.content.decode()
    Complaint.objects.filter(pk=rows[1].pk).delete()
    empty = client.get(f"{DESK}?tab=all&after={older}").context["page"]
    assert empty.object_list == [rows[0], rows[2]], "nothing is left there: the first page"


@pytest.mark.parametrize("text", ["x", "0", "9.1.2.3", "0.1", "0.1.2.3.4", "0.1.2." + "9" * 30,
                                  "0.-1.2.3;drop", "٠.1.2.3"])  # fmt: skip
def test_a_place_that_is_none_leads_to_the_first_page(text: str, db: None) -> None:
    assert desk_pages.parse(text, desk_pages.ORDERS["urgent"]) is None


def test_counts_go_as_far_as_a_page_tells(
    routed: Callable, coordinator: object, at: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (counted(999), counted(1_001)) == ("999", "1.000+")
    monkeypatch.setattr(desk_counts, "MOST", 2)
    monkeypatch.setattr(desk_pages, "SIZE", 1)
    for _ in range(4):
        routed()
    page = at(coordinator).get(f"{DESK}?tab=all")
    assert page.context["counts"]["all"] == page.context["found"] == 3
    assert '<span class="tag">2+</span>' in page.content.decode()


def test_a_rest_that_was_asked_for_waits_only_while_the_case_is_open(
    routed: Callable, make_user: Callable, agency: object, at: Callable
) -> None:
    report, head = routed(), make_user("agency_head", agency)
    Complaint.objects.filter(pk=report.pk).update(state="resolution_submitted")
    HoldRequest.objects.create(complaint=report, reason="Bahan.", until=timezone.localdate())
    assert at(head).get(DESK).context["counts"]["mine"] == 1
    Complaint.objects.filter(pk=report.pk).update(state="closed")
    assert at(head).get(DESK).context["counts"]["mine"] == 0
