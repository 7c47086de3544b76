"""Tables as regions keep them: codes and names in one cell or two, rupiah in every spelling."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from balai.importing import Invalid
from balai.importing.models import ImportRun
from balai.importing.tests.conftest import Rows, table, work, workbook
from balai.outbox import delivery
from balai.outbox.models import Event
from modules.budget import cells, codes
from modules.budget.models import Heading, Line, Snapshot, Total
from modules.budget.selectors.shown import choose
from modules.budget.states import Kind, State

from .conftest import OCTOBER

pytestmark = pytest.mark.django_db
HEAD = ["Tahun", "Kode SKPD", "Nama SKPD", "Program", "Kegiatan", "Kode Rekening", "Nama Rekening",
        "Anggaran", "Perubahan", "Realisasi", "Tanggal"]  # fmt: skip
SCHOOL = [2026, "1.01.01", "Dinas Pendidikan", "1.01.02 Pengelolaan Pendidikan", "Sekolah Dasar"]
ROAD = [2026, "1.03.02", "Dinas Bina Marga", "1.03.10 Jalan", "1.03.10.2.01 Pembangunan Jalan"]


def deliver() -> None:
    """Deliver what the end of an import brings about."""
    for event in Event.objects.filter(topic="importing.ended", done_at=None):
        assert delivery.deliver(event.pk), Event.objects.get(pk=event.pk).last_error


@pytest.fixture
def send(clock: Any, region: Any, make_user: Callable, client_for: Callable) -> Callable:
    """Return a function that uploads a table, tries it and, unless told not to, runs it."""
    client = client_for(region, make_user("admin"))

    def upload(file: object, *, run_it: bool = True, **options: object) -> ImportRun:
        client.post("/console/import/new/budget.lines/", {"file": file})
        run = ImportRun.objects.latest("id")
        chosen = {f"column_{name}": place for name, place in run.mapping.items()}
        told = {"whole": "on", "publish": "on", **options}
        answer = client.post(
            f"/console/import/{run.uuid}/columns/",
            {**chosen, **{name: value for name, value in told.items() if value}},
        )
        assert answer.status_code == 302, answer.content.decode()
        work()
        if run_it:
            client.post(f"/console/import/{run.uuid}/start/")
            work()
            deliver()
        run.refresh_from_db()
        return run

    return upload


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1.234.567,50", 1_234_568), ("1,234,567.49", 1_234_567), ("Rp 1.234.567", 1_234_567),
     ("Rp. 5.000,-", 5_000), ("1234567", 1_234_567), ("1234567.0", 1_234_567), ("-", 0),
     ("Rp -", 0), ("0", 0), ("(1.500.000)", -1_500_000), ("-1500000", -1_500_000),
     ("1.500", 1_500), ("12.5", 13)],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: int) -> None:
    assert cells.realised(text) == amount


@pytest.mark.parametrize("text", ["banyak", "1.23.456", "1.234.56", "12/5", "9" * 17, "1 juta"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        cells.realised(text)
    with pytest.raises(Invalid):
        cells.budgeted("-5")


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [("5.1.2.1", "5.1.02.01", ""), ("5.1.02.01.01.0001 Alat Tulis", "5.1.02.01.01.0001",
     "Alat Tulis"), ("4.1.01 - Pajak", "4.1.01", "Pajak"), ("6.2.2.", "6.2.02", "")],
)  # fmt: skip
def test_accounts_get_every_part_in_full(text: str, code: str, name: str) -> None:
    assert codes.account(text) == (code, code, name)


@pytest.mark.parametrize("text", ["5.1", "7.1.02.01", "Belanja Barang", "5.1.002.01", "1.1.1.1.1"])
def test_what_is_no_account_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        codes.account(text)


def test_headings_without_codes_are_known_by_their_names() -> None:
    assert codes.named("PROGRAM  Jalan.").key == codes.named("Program jalan").key
    assert codes.named("1.01.02 Jalan") == ("1.01.02", "1.01.02", "Jalan")
    assert codes.named("DPUPR-01") == ("dpupr-01", "DPUPR-01", "")
    assert cells.year("TA 2026") == cells.year("2026.0") == 2026
    with pytest.raises(Invalid):
        cells.year("26")


def test_a_messy_table_is_tried_then_taken_in_counted_and_published(send: Callable) -> None:
    day = "31/10/2026"
    file: Rows = [
        ["Laporan Realisasi Anggaran"], HEAD,
        [*SCHOOL, "5.1.01.01", "Gaji", "1.000.000.000", "", "Rp 700.000.000,00", day],
        [*SCHOOL, "5.1.2.1", "Barang", "200.000.000", "250.000.000", "-", "2026-10-31"],
        [*ROAD, "5.2.04.01.01.0001", "Jalan Kota", "900.000.000", "0", "0", "31 Oktober 2026"],
        [*ROAD, "5.2.04.01.01.0001", "Jalan Kota", "100.000.000", "0", "0", day],
        [*ROAD, "5.2", "Belanja Modal", "900.000.000", "", "", day],
        [*ROAD, "5.2.04.01", "Jalan", "sembilan", "", "", day],
        [*ROAD, "5.2.04.01", "Jalan", "-900", "", "", day],
        [*ROAD, "5.2.04.01", "Jalan", "900", "", "", "31/10/2027"],
        [*ROAD, "5.2.04.01", "Jalan", "900", "", "", ""],
        ["26", *ROAD[1:], "5.2.04.01", "Jalan", "900", "", "", day],
    ]  # fmt: skip
    tried = send(table(file, delimiter=";"), run_it=False)
    assert (tried.total, tried.failed) == (10, 6)
    assert [(error.row, error.column) for error in tried.row_errors.all()] == [
        (7, "account"), (8, "budget"), (9, "budget"), (10, "as_of"), (11, "as_of"), (12, "year"),
    ]  # fmt: skip
    assert not Snapshot.objects.exists(), "a trial writes nothing"

    run = send(table(file, delimiter=";"))
    assert (run.state, run.created, run.updated, run.failed) == ("done", 3, 1, 6)
    shown = choose()
    assert shown is not None
    state = shown.snapshot
    assert (state.year, state.as_of, state.lines, state.left_out, state.revised) == (
        2026, OCTOBER, 3, 6, True
    )  # fmt: skip
    road = Line.objects.get(account__key="5.2.04.01.01.0001")
    assert (road.budget, road.revised) == (1_000_000_000, 0), "rows of one line add up"
    goods = Line.objects.get(account__key="5.1.02.01")
    assert (goods.revised, goods.realised) == (250_000_000, 0)
    assert Line.objects.get(account__key="5.1.01.01").revised == 1_000_000_000
    total = Total.objects.get(snapshot=state, kind=Kind.ACCOUNT, heading__key="5.1")
    assert (total.level, total.revised, total.lines) == (2, 1_250_000_000, 2)
    agency = Heading.objects.get(kind=Kind.AGENCY, key="1.01.01")
    assert agency.agency is not None, "known in the directory by its name"
    assert agency.agency.code == "disdik"


def test_the_same_file_again_changes_nothing_and_a_whole_one_replaces(send: Callable) -> None:
    rows: Any = [[*SCHOOL, "5.1.01.01", "Gaji", 100, None, 50, date(2026, 10, 31)],
                 [*ROAD, "5.2.04.01", "Jalan", 300, 200, 10, date(2026, 10, 31)]]  # fmt: skip
    first = send(workbook([HEAD, *rows]))
    assert (first.state, first.created) == ("done", 2)
    again = send(workbook([HEAD, *rows]))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    state = Snapshot.objects.get()
    assert state.state == State.PUBLISHED

    only = [[*SCHOOL, "5.1.01.01", "Gaji", 100, 110, 60, date(2026, 10, 31)]]
    part = send(workbook([HEAD, *only]), whole="")
    assert (part.updated, Line.objects.count()) == (1, 2)
    send(workbook([HEAD, *only]))
    line = Line.objects.get()
    assert (line.revised, line.realised) == (110, 60), "one run's rows are not added to another's"
    assert Total.objects.get(kind=Kind.AGENCY).revised == 110


def test_a_table_without_year_and_day_asks_for_them_and_waits_unpublished(send: Callable) -> None:
    head = [name for name in HEAD if name not in ("Tahun", "Tanggal")]
    row = [*SCHOOL[1:], "5.1.01.01", "Gaji", "100", "", "50"]
    assert send(table([head, row]), run_it=False).failed == 1
    run = send(table([head, row]), year="2026", as_of="2026-09-30", publish="")
    assert (run.state, run.created) == ("done", 1)
    state = Snapshot.objects.get()
    assert (state.year, state.as_of, state.state) == (2026, date(2026, 9, 30), State.READY)
    assert choose() is None
