"""The public list: orders, pages by the last row seen, counts, and what never gets there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai import memo
from balai.context import Region
from balai.notify.models import Subscription
from modules.complaints import services
from modules.complaints.models import Complaint
from modules.complaints.selectors import facets as facets_module, paging, public
from modules.complaints.selectors.public_filters import Filters, parse, to_query
from modules.complaints.services import following, indexing
from modules.complaints.tests.conftest import own_queries, photo
from modules.complaints.tests.crowd import clones, many

CANARY = "Kenariputih"


def listed(visitor: Callable, query: str = "") -> list[Complaint]:
    """Return the rows of the first page."""
    response = visitor.get(f"/complaints/?{query}")
    assert response.status_code == 200, query
    return response.context["page"].object_list


def test_more_filters(routed: Callable, visitor: Callable, other_agency: object) -> None:
    here = routed(pin=(-6.2, 106.6))
    now = timezone.now()
    old, other = many(
        here,
        [
            {"created_at": now - timedelta(days=40), "latitude": -6.4, "longitude": 106.7},
            {"agency": other_agency, "latitude": None, "longitude": None},
        ],
    )
    cases = {
        "period=30": {here, other},
        "period=365": {here, old, other},
        "period=31": {here, old, other},
        f"agency={here.agency_id}": {here, old},
        f"agency={other_agency.pk}": {other},
        "box=106.5,-6.3,106.65,-6.1": {here},
        "box=106.5,-6.5,106.8,-6.1": {here, old},
        "box=106.8,-6.5,106.5,-6.1": {here, old, other},
        "box=nan,0,1,1&sort=bogus&after=bogus": {here, old, other},
    }
    for query, expected in cases.items():
        assert set(listed(visitor, query)) == expected, query


def test_filters_come_back_from_their_address() -> None:
    asked = Filters(
        status="waiting", category=3, district=4, agency=5, period=30, sort="followed",
        box=(106.123457, -6.2, 106.7, -6.1), query="lampu & jalan",
    )  # fmt: skip
    assert parse(QueryDict(to_query(asked))) == asked
    assert parse({}) == Filters()
    assert to_query(Filters()) == ""


def test_orders(routed: Callable, visitor: Callable, coordinator: object, officer: object) -> None:
    first, second, third = routed(), routed(), routed()
    services.accept(complaint=second, by=officer)
    done = services.resolve(
        complaint=second, text="Sudah.", photos=[photo()], by=officer
    )  # fmt: skip
    Complaint.objects.filter(pk=first.pk).update(followers=2)
    assert listed(visitor) == [third, second, first]
    assert listed(visitor, "sort=followed") == [first, third, second]
    assert listed(visitor, "sort=waiting") == [first, third], "a done report waits no longer"
    assert listed(visitor, "sort=waiting&status=done") == [done]
    page = visitor.get("/complaints/?sort=waiting")
    assert page.context["total"] == 2


@pytest.mark.parametrize("sort", ["newest", "followed", "waiting"])
def test_pages_show_every_report_once_and_lead_back(sort: str, routed: Callable) -> None:
    report = routed()
    moment = timezone.now() - timedelta(days=1)
    many(report, ({"created_at": moment, "followers": n % 3} for n in range(12)))
    clones(report, 12, followers=1)
    filters = Filters(sort=sort)
    rows = public.reports(filters)
    expected, seen, page = list(rows), [], paging.page(rows, sort, size=7)
    assert len(expected) == 25
    assert page.newer is None
    pages = []
    while True:
        pages.append(page.object_list)
        seen += page.object_list
        if page.older is None:
            break
        page = paging.page(rows, sort, after=page.older, size=7)
    assert seen == expected
    for before in reversed(pages[:-1]):
        page = paging.page(rows, sort, before=page.newer, size=7)
        assert page.object_list == before
    assert page.newer is None
    assert page.older is not None


def test_next_and_previous_keep_the_filters(routed: Callable, visitor: Callable) -> None:
    clones(routed(title="Lampu padam"), 24)
    page = visitor.get("/complaints/?q=lampu")
    assert len(page.context["page"].object_list) == paging.SIZE
    older = page.context["page"].older
    link = f'href="?q=lampu&amp;after={older}#list"'
    assert link in page.content.decode()
    second = visitor.get(f"/complaints/?q=lampu&after={older}")
    assert len(second.context["page"].object_list) == 5
    newer = second.context["page"].newer
    assert f'href="?q=lampu&amp;before={newer}#list"' in second.content.decode()
    gone = visitor.get("/complaints/?after=7f1e4d6e-58f4-4f7c-9a3f-0a4d9a1f5a11")
    assert len(gone.context["page"].object_list) == paging.SIZE


def test_a_tab_tells_what_it_would_show(
    routed: Callable, resolved: Callable, visitor: Callable
) -> None:
    waiting, done = routed(title="Lampu mati"), resolved(title="Lampu nyala siang")
    page = visitor.get(f"/complaints/?status=done&district={waiting.district_id}")
    assert page.context["totals"] == {"": 2, "waiting": 1, "handled": 0, "done": 1}
    assert (page.context["total"], page.context["counts"]) == (1, {done.district_id: 1})
    assert visitor.get("/complaints/?q=siang").context["totals"][""] == 1


def test_many_counts_are_kept_for_a_minute_and_words_stop_at_a_limit(
    routed: Callable, visitor: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    memo.forget()
    clones(routed(title="Lampu padam"), 5)
    monkeypatch.setattr(facets_module, "MANY", 3)
    monkeypatch.setattr(facets_module, "MOST_HITS", 4)
    query = Filters(agency=987_654_321)  # a key of its own: the cache outlives the test
    monkeypatch.setattr(facets_module.public, "listed", lambda _filters: public.visible())
    assert facets_module.facets(query).total == 6
    with CaptureQueriesContext(connection) as seen:
        assert facets_module.facets(query).total == 6
    assert own_queries(seen) == 0
    monkeypatch.undo()
    monkeypatch.setattr(facets_module, "MOST_HITS", 4)
    page = visitor.get("/complaints/?q=lampu")
    assert page.context["capped"]
    assert "1.000" in page.content.decode() or "1,000" in page.content.decode()
    memo.forget()


@pytest.mark.parametrize(
    "path",
    [
        "/complaints/", "/complaints/?q=lampu&sort=followed&period=30", "/complaints/feed.atom",
        "/complaints/feed.rss", "/complaints/reports.geojson", "/complaints/statistics/",
        "/complaints/statistics.csv", "/complaints/map-data/?bbox=106,-7,107,-6&zoom=9",
    ],
)  # fmt: skip
def test_statements_do_not_grow_with_rows(path: str, routed: Callable, visitor: Callable) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            routed(pin=(-6.2, 106.6))
        b"".join(visitor.get(path))
        with CaptureQueriesContext(connection) as seen:
            b"".join(visitor.get(path))
        counts.append(own_queries(seen))
    assert counts[0] == counts[1], [query["sql"] for query in seen.captured_queries]
    most = 12 if "statistics" in path else 8
    assert 0 < counts[0] <= most


def test_nothing_secret_unverified_or_personal_gets_out(
    routed: Callable, make_report: Callable, make_user: Callable, visitor: Callable,
    coordinator: object, agency: object, in_region: Region,
) -> None:  # fmt: skip
    """With a canary in each hidden report and in each reporter's name; a shown one as control."""
    pin, person = (-6.2, 106.6), make_user(name=f"{CANARY}nama")
    shown = routed(title="Lampu terlihat", pin=pin, reporter=person, identity="named",
                   name=f"{CANARY}nama", email="kenariputih@contoh.test")  # fmt: skip
    anonymous = routed(
        title="Lampu anonim", pin=pin, reporter=person, identity="anonymous", name=f"{CANARY}nama"
    )
    routed(title=f"{CANARY}rahasia", pin=pin, secret=True)
    routed(title=f"{CANARY}pelapor", pin=pin, kind="whistle")
    make_report(title=f"{CANARY}baru", text=f"{CANARY} belum diperiksa koordinator.", pin=pin)
    rejected = routed(title=f"{CANARY}tolak", pin=pin)
    Complaint.objects.filter(pk=rejected.pk).update(state="received")
    services.reject(complaint=rejected, reason=f"{CANARY}alasan", by=coordinator)
    duplicate = routed(title=f"{CANARY}ganda", pin=pin)
    Complaint.objects.filter(pk=duplicate.pk).update(state="duplicate", merged_into=shown)
    pages = (
        "/complaints/", "/complaints/?sort=followed", "/complaints/?sort=waiting",
        "/complaints/feed.atom", "/complaints/feed.rss", "/complaints/reports.geojson",
        "/complaints/map-data/?bbox=106,-7,107,-6&zoom=3", "/complaints/statistics/",
        "/complaints/statistics.csv", "/search/?q=lampu", f"/complaints/?q={CANARY}",
        f"/search/?q={CANARY}",
    )  # fmt: skip
    for path in pages:
        response = visitor.get(path)
        assert response.status_code == 200, path
        body = b"".join(response).decode()
        for part in ("rahasia", "pelapor", "baru", "tolak", "alasan", "ganda", "nama"):
            assert f"{CANARY}{part}" not in body, path
        assert "kenariputih@" not in body, path
    assert set(listed(visitor)) == {shown, anonymous}
    assert public.search(f"{CANARY}rahasia", 5) == []
    mapped = visitor.get("/complaints/map-data/?bbox=106,-7,107,-6&zoom=3").json()
    assert [feature["properties"]["count"] for feature in mapped["features"]] == [2]
    figures = visitor.get("/complaints/statistics/").context["figures"]
    assert figures.total == 2


def test_a_new_title_is_found_and_the_old_one_no_longer(
    make_report: Callable, coordinator: object, agency: object
) -> None:
    report = make_report(title="Lampu padam", landmark="Dekat Masjid Agung")
    assert Complaint.objects.filter(public.words("padam masjid")).get() == report
    ruling = services.Ruling(agency=agency, category=report.category, title="Tiang roboh")
    services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    assert Complaint.objects.filter(public.words("padam")).count() == 0
    assert Complaint.objects.filter(public.words("tiang masjid")).get() == report
    for asked in (
        report.number,
        report.number.lower(),
        report.number[-6:],
        report.place.split(",")[0],
    ):
        assert Complaint.objects.filter(public.words(asked)).get() == report, asked


def test_rows_from_elsewhere_are_indexed_in_batches(routed: Callable) -> None:
    report = routed(title="Lampu padam")
    clones(report, 4)
    Complaint.objects.update(search=None)
    erased = Complaint.objects.exclude(pk=report.pk).first()
    Complaint.objects.filter(pk=erased.pk).update(erased_at=timezone.now())
    assert (indexing.index_missing(3), indexing.index_missing(3)) == (3, 1)
    assert Complaint.objects.filter(public.words("padam")).count() == 4
    assert indexing.index_missing() == 0


def test_followers_are_counted(routed: Callable) -> None:
    followed, left, other = routed(), routed(), routed()
    subject = f"complaints.report:{followed.uuid}"
    for at in range(3):
        Subscription.objects.create(
            subject=subject, email=f"pengikut{at}@contoh.test",
            confirmed_at=timezone.now() if at else None,
        )  # fmt: skip
    Complaint.objects.filter(pk=other.pk).update(merged_into=followed, state="duplicate")
    Complaint.objects.filter(pk=left.pk).update(followers=7)
    assert following.recount() == 2
    numbers = dict(Complaint.objects.values_list("pk", "followers"))
    assert numbers == {followed.pk: 3, left.pk: 0, other.pk: 0}
    assert following.recount() == 0
