"""Officers: who is too slow, what is too much, what comes at the year's end; states; links."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from modules.budget import conf
from modules.budget.models import Heading, Snapshot
from modules.budget.selectors import watch
from modules.budget.states import Kind, State

from .conftest import DPUPR, LINES, MILLION, OCTOBER, SEPTEMBER, own_queries

pytestmark = pytest.mark.django_db
DPUPR_KEY = DPUPR.split()[0]


@pytest.fixture
def officer(year: Snapshot, region: Any, make_user: Callable, client_for: Callable) -> Any:
    """A coordinator's browser."""
    return client_for(region, make_user("coordinator"))


def test_who_lies_behind_the_year(year: Snapshot) -> None:
    slow = list(watch.behind(year, Kind.AGENCY, points=15, least=0))
    assert [(row.agency.key, round(row.gap / MILLION)) for row in slow] == [(DPUPR_KEY, 636)]
    activities = watch.behind(year, Kind.ACTIVITY, points=3, least=200 * MILLION)
    assert [str(row.heading) for row in activities] == ["Pembangunan Jalan"]
    assert not watch.behind(Snapshot(pk=year.pk, year=2026, as_of=OCTOBER.replace(month=1, day=9)),
                            Kind.AGENCY, points=1, least=0)  # fmt: skip


def test_what_is_too_much_and_what_comes_late(year: Snapshot) -> None:
    (line,) = watch.over(year)
    assert (line.account.key, line.excess) == ("5.1.02.01", 20 * MILLION)
    start = watch.before_rush(year)
    assert start is not None
    assert start.as_of == SEPTEMBER
    (late,) = watch.rushed(year, start, percent=60, least=100 * MILLION)
    assert (str(late.heading), late.late // MILLION) == ("Rehabilitasi Ruang Kelas", 290)
    assert not watch.rushed(year, start, percent=60, least=400 * MILLION)
    assert watch.before_rush(start) is None, "in September nothing is late"


def test_the_lists_filter_and_keep_their_queries_few(
    officer: Any, year: Snapshot, state: Callable
) -> None:
    page = officer.get("/desk/budget/").content.decode()
    assert "Dinas Pekerjaan Umum" in page
    assert "Rp636" in page
    assert "card empty" in officer.get("/desk/budget/?points=80").content.decode()
    wrong = officer.get("/desk/budget/?points=viel&level=x&agency=nobody&state=old&page=99")
    assert "Rp636" in wrong.content.decode(), "what makes no sense counts as not given"
    other = officer.get("/desk/budget/over/?agency=" + DPUPR_KEY).content.decode()
    assert "card empty" in other
    assert "Rp20.000.000" in officer.get("/desk/budget/over/").content.decode()
    assert "Rehabilitasi Ruang Kelas" in officer.get("/desk/budget/late/").content.decode()
    september = Snapshot.objects.get(as_of=SEPTEMBER)
    early = officer.get(f"/desk/budget/late/?state={september.uuid}").content.decode()
    assert "card empty" in early

    january = state(OCTOBER.replace(month=1, day=9))
    early = officer.get(f"/desk/budget/?state={january.uuid}").content.decode()
    assert "card empty" in early, "nobody is behind in the year's first days"

    counts = {}
    paths = ("/desk/budget/?level=activity", "/desk/budget/over/", "/desk/budget/states/")
    for path in paths:
        with CaptureQueriesContext(connection) as seen:
            officer.get(path)
        counts[path] = own_queries(seen)
    more = [(DPUPR, "1.03.10", f"1.03.10.2.{n:02d}", f"5.2.04.{n:02d}", 900, 900, 1, 950)
            for n in range(3, 9)]  # fmt: skip
    state(OCTOBER.replace(month=11, day=20), (*LINES, *more))
    for path, count in counts.items():
        with CaptureQueriesContext(connection) as seen:
            officer.get(path)
        assert own_queries(seen) <= count, path


def test_lists_are_taken_along(officer: Any) -> None:
    answer = officer.get("/desk/budget/over.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][-3:] == ["100000000", "120000000", "20000000"]
    book = load_workbook(io.BytesIO(officer.get("/desk/budget/behind.xlsx").getvalue()))
    cells = [[cell.value for cell in row] for row in book.active]
    assert cells[1][4:6] == [1100 * MILLION, 280 * MILLION], "numbers, not texts"
    assert officer.get("/desk/budget/late.csv").status_code == 200
    assert officer.get("/desk/budget/over.pdf").status_code == 404
    assert officer.get("/desk/budget/all.csv").status_code == 404


def test_states_are_taken_back_published_and_deleted(
    officer: Any, year: Snapshot, region: Any, make_user: Callable, client_for: Callable
) -> None:
    at = f"/desk/budget/states/{year.uuid}"
    assert officer.get(f"{at}/withdraw/").status_code == 200
    year.refresh_from_db()
    assert year.state == State.PUBLISHED, "asking changes nothing"
    assert officer.post(f"{at}/withdraw/").status_code == 302
    year.refresh_from_db()
    assert year.state == State.READY
    assert officer.post(f"{at}/burn/").status_code == 404
    leader = client_for(region, make_user("leader"))
    assert f"{at}/publish/" not in leader.get("/desk/budget/states/").content.decode()
    assert leader.post(f"{at}/publish/").status_code == 403
    officer.post(f"{at}/publish/")
    officer.post(f"{at}/delete/")
    assert Snapshot.objects.filter(pk=year.pk).exists(), "what is published is not deleted"
    officer.post(f"{at}/withdraw/")
    officer.post(f"{at}/delete/")
    assert not Snapshot.objects.filter(pk=year.pk).exists()


def test_before_the_first_budget_the_desk_says_what_to_do(
    in_region: Any, region: Any, make_user: Callable, client_for: Callable
) -> None:
    admin = client_for(region, make_user("admin"))
    for path in ("/desk/budget/", "/desk/budget/over/", "/desk/budget/states/", "/console/budget/"):
        assert "/console/import/new/budget.lines/" in admin.get(path).content.decode()
    assert admin.get("/desk/budget/over.csv").status_code == 200


def test_admins_link_agencies_and_set_thresholds(
    year: Snapshot, region: Any, make_user: Callable, client_for: Callable
) -> None:
    admin = client_for(region, make_user("admin"))
    heading = Heading.objects.get(kind=Kind.AGENCY, key=DPUPR_KEY)
    assert heading.agency is not None
    assert heading.agency.code == "dpupr", "linked by its name"
    name = f"agency-{DPUPR_KEY}"
    admin.post("/console/budget/", {name: ""})
    heading.refresh_from_db()
    assert heading.agency is None
    assert "note--amber" in admin.get("/console/budget/").content.decode()
    admin.post("/console/budget/", {name: "nowhere"})
    admin.post("/console/budget/", {name: "perkim"})
    heading.refresh_from_db()
    assert heading.agency is not None
    assert heading.agency.code == "perkim"
    assert client_for(region, make_user("leader")).post("/console/budget/").status_code == 403
    assert conf.current() == conf.Settings()
