"""What everybody reads: money in words and exactly, drill-down, changes, search, other states."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from balai import memo
from balai.outbox.models import Event
from modules.budget import money, search
from modules.budget.models import Heading, Snapshot
from modules.budget.selectors import finding, overview
from modules.budget.services import publishing
from modules.budget.states import Kind, Side

from .conftest import DPUPR, LINES, MILLION, OCTOBER, own_queries

pytestmark = pytest.mark.django_db
DISDIK_KEY, DPUPR_KEY = "1.01.0.00.0.00.01.0000", DPUPR.split()[0]
PAGES = (
    "/budget/", "/budget/?by=programme", "/budget/?by=account", "/budget/?side=revenue",
    "/budget/changes/", "/budget/changes/?by=agency", "/budget/search/?q=jalan",
    f"/budget/agencies/{DISDIK_KEY}/", f"/budget/agencies/{DISDIK_KEY}/?side=revenue",
    f"/budget/agencies/{DISDIK_KEY}/1.01.02.2.01/", "/budget/programmes/1.03.10/",
    "/budget/accounts/5/", "/budget/accounts/5.2.04/", "/budget/accounts/4.1/",
)  # fmt: skip
MOST_QUERIES = 12
BACK = '<a href="/budget/">'
"""From an earlier state to the newest one."""


@pytest.mark.parametrize(
    ("amount", "words", "figure"),
    [(5_250_000_000_000, "Rp5.25 trillion", "5,25"), (999_999, "Rp999,999", "999.999"),
     (-1_260_000_000, "-Rp1.3 billion", "1,3"), (0, "Rp0", "0"),
     (2_000_000, "Rp2.0 million", "2,0")],
)  # fmt: skip
def test_money_in_words(amount: int, words: str, figure: str) -> None:
    with translation.override("en"):
        assert money.short(amount) == words
    with translation.override("id"):
        assert figure in money.short(amount)


def test_before_the_first_state_every_page_says_so(region: Any, client_for: Callable) -> None:
    visitor = client_for(region)
    for path in ("/budget/", "/budget/changes/", "/budget/search/"):
        answer = visitor.get(path)
        assert answer.status_code == 200
        assert 'class="card empty"' in answer.content.decode()
    assert visitor.get(f"/budget/agencies/{DISDIK_KEY}/").status_code == 404
    assert visitor.get("/budget/?year=2026").status_code == 404


def test_where_the_money_goes(year: Snapshot, region: Any, client_for: Callable) -> None:
    page = client_for(region).get("/budget/").content.decode()
    assert "Rp2.100.000.000" in page
    assert "Rp2,1 " in page, "in words"
    assert "54,3%" in page, "1,140 of 2,100 million"
    assert "83,3%" in page, "304 of 365 days"
    assert page.index("Dinas Pekerjaan Umum") < page.index("Dinas Pendidikan")
    assert page.count("tree__tile") == 2
    parts = overview.by(year, Side.SPENDING, Kind.ACCOUNT)
    assert [(part.heading.key, part.figures.revised // MILLION) for part in parts] == [
        ("5.2.04", 1000), ("5.1.01", 600), ("5.2.03", 300), ("5.1.02", 200)
    ]  # fmt: skip
    assert parts[0].heading.name == "Belanja Modal Jalan, Jaringan, dan Irigasi"


def test_every_page_is_there_with_few_queries_at_any_size(
    year: Snapshot, state: Callable, region: Any, client_for: Callable
) -> None:
    visitor = client_for(region)

    def asked(path: str) -> int:
        """Return how many queries a page takes when nothing of it is kept."""
        cache.clear()
        memo.forget()
        with CaptureQueriesContext(connection) as seen:
            answer = visitor.get(path)
        assert answer.status_code == 200, path
        return own_queries(seen)

    counts = {path: asked(path) for path in PAGES}
    assert max(counts.values()) <= MOST_QUERIES, counts
    more = [
        (DPUPR, "1.03.10 Penyelenggaraan Jalan", f"1.03.10.2.{n:02d} Jalan {n}",
         f"5.2.04.{n:02d}", 10, 12, 1, 2)
        for n in range(3, 20)
    ]  # fmt: skip
    state(OCTOBER.replace(month=11, day=20), (*LINES, *more))
    for path, count in counts.items():
        assert asked(path) <= count, path


def test_drilling_down_to_the_lines(year: Snapshot, region: Any, client_for: Callable) -> None:
    visitor = client_for(region)
    agency = visitor.get(f"/budget/agencies/{DISDIK_KEY}/").content.decode()
    assert "Rehabilitasi Ruang Kelas" in agency
    assert "Rp360.000.000" in agency
    activity = visitor.get(f"/budget/agencies/{DISDIK_KEY}/1.01.02.2.01/").content.decode()
    assert "Rp240.000.000" in activity
    assert "120,0%" in activity, "above the budget is not hidden"
    accounts = visitor.get("/budget/accounts/5.2/").content.decode()
    assert "/budget/accounts/5.2.04/" in accounts
    assert DPUPR_KEY in accounts
    assert visitor.get("/budget/accounts/9.9/").status_code == 404
    assert visitor.get("/budget/agencies/%00/").status_code == 404


def test_changes_by_the_revision(year: Snapshot, region: Any, client_for: Callable) -> None:
    found = overview.changes(year, Side.SPENDING, Kind.ACTIVITY, 10)
    assert [(part.heading.label, part.figures.change // MILLION) for part in found] == [
        ("Pembangunan Jalan", 200), ("Rehabilitasi Ruang Kelas", -100)
    ]  # fmt: skip
    assert overview.movers(year, Side.SPENDING) == {"more": 200 * MILLION, "less": -100 * MILLION}
    page = client_for(region).get("/budget/changes/").content.decode()
    assert "Rp200,0 " in page
    assert "25,0%" in page


def test_search_by_words_and_by_code(year: Snapshot, region: Any, client_for: Callable) -> None:
    assert {part.heading.label for part in finding.find(year, "ruang kelas")} == {
        "Rehabilitasi Ruang Kelas"
    }
    assert {part.kind for part in finding.find(year, "1.03")} == {
        Kind.AGENCY, Kind.PROGRAMME, Kind.ACTIVITY
    }  # fmt: skip
    assert finding.find(year, "x") == []
    visitor = client_for(region)
    assert 'class="card empty"' in visitor.get("/budget/search/?q=kapal+selam").content.decode()
    hits = list(search.search("jalan", None, 5))
    assert hits[0].url.endswith("/programmes/1.03.10/")
    assert "Rp" in hits[0].text
    assert "Pembangunan Jalan" in visitor.get("/search/?q=pembangunan").content.decode()


def test_an_earlier_state_is_marked_and_carried_along(
    year: Snapshot, region: Any, client_for: Callable
) -> None:
    visitor = client_for(region)
    page = visitor.get("/budget/?year=2026&date=2026-09-30").content.decode()
    assert BACK in page
    assert f"/budget/agencies/{DPUPR_KEY}/?year=2026&amp;date=2026-09-30" in page
    assert BACK not in visitor.get("/budget/?year=2026").content.decode()
    for wrong in ("year=1999", "year=zwei", "date=2026-02-31", "year=20265"):
        assert visitor.get(f"/budget/?{wrong}").status_code == 404, wrong
    steps = overview.course(year, Side.SPENDING)
    assert [step.figures.realised // MILLION for step in steps] == [670, 1140]


def test_a_withdrawn_state_is_gone_for_everybody(
    year: Snapshot, region: Any, client_for: Callable, make_user: Callable
) -> None:
    publishing.move(snapshot=year, name="withdraw", by=make_user("admin"))
    page = client_for(region).get("/budget/").content.decode()
    assert "30 September 2026" in page
    assert "31 Oktober" not in page
    assert Event.objects.filter(topic="budget.withdraw").count() == 1
    assert Heading.objects.filter(kind=Kind.AGENCY).count() == 2
