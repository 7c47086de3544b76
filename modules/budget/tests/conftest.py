"""A small budget: two agencies, a revision, two states of a year that stop at 25 November."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test.utils import CaptureQueriesContext

from balai.context import Region
from modules.budget.codes import account, named
from modules.budget.models import Snapshot
from modules.budget.services import publishing, taking_in
from modules.budget.services.taking_in import Told

TODAY = date(2026, 11, 25)
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
DISDIK = "1.01.0.00.0.00.01.0000 Dinas Pendidikan"
DPUPR = "1.03.0.00.0.00.02.0000 Dinas Pekerjaan Umum dan Penataan Ruang"
SCHOOLS, ROADS = "1.01.02 Pengelolaan Pendidikan", "1.03.10 Penyelenggaraan Jalan"
CLASSROOMS = "1.01.02.2.01 Rehabilitasi Ruang Kelas"
TEACHERS = "1.01.02.2.02 Gaji Guru"
PAVING = "1.03.10.2.01 Pembangunan Jalan"
MILLION = 10**6
# agency, programme, activity, account, first budget, revised, realised in September and October
LINES = (
    (DISDIK, SCHOOLS, TEACHERS, "5.1.01.01 Gaji ASN", 600, 600, 450, 500),
    (DISDIK, SCHOOLS, CLASSROOMS, "5.2.03.01 Bangunan Gedung", 400, 300, 10, 240),
    (DISDIK, SCHOOLS, CLASSROOMS, "5.1.02.01 Belanja Barang", 100, 100, 60, 120),
    (DPUPR, ROADS, PAVING, "5.2.04.01.01.0001 Jalan Kota", 800, 1000, 100, 200),
    (DPUPR, ROADS, "Survei Lalu Lintas", "5.1.02.02", 100, 100, 50, 80),
    (DISDIK, "0.00 Non Program", "0.00.0 Non Kegiatan", "4.1.04.05", 50, 50, 30, 40),
)  # fmt: skip


def own_queries(seen: CaptureQueriesContext) -> int:
    """Return how many queries went to the region; finding the region is cached for a while."""
    return sum('"shared"' not in query["sql"] for query in seen.captured_queries)


def told(as_of: date, lines: Any = LINES, year: int = 2026) -> list[Told]:
    """Return rows as of a day; amounts are millions."""
    at = 7 if as_of > SEPTEMBER else 6
    return [
        Told(
            year, as_of, named(line[0]), named(line[1]), named(line[2]), account(line[3]),
            line[4] * MILLION, line[5] * MILLION, line[at] * MILLION,
        )
        for line in lines
    ]  # fmt: skip


@pytest.fixture
def clock(in_region: Region) -> Any:
    """Stop the clock at 9.00 of TODAY."""
    moment = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=in_region.zone)
    with time_machine.travel(moment, tick=False) as traveller:
        yield traveller


@pytest.fixture
def state(clock: Any) -> Callable[..., Snapshot]:
    """Return a function that takes a state in, counts it and publishes it."""

    def make(as_of: date = OCTOBER, lines: Any = LINES, *, publish: bool = True) -> Snapshot:
        run = int(as_of.strftime("%Y%m%d"))
        taking_in.take_in(told(as_of, lines, as_of.year), run=run, source="uji.csv")
        (found,) = taking_in.finish(run=run, whole=True)
        if publish:
            publishing.move(snapshot=found, name="publish", by=None)
        return found

    return make


@pytest.fixture
def year(state: Callable[..., Snapshot]) -> Snapshot:
    """September and October of 2026, published; returns October."""
    state(SEPTEMBER)
    return state(OCTOBER)
