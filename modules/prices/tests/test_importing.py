"""Tables of older systems: messy cells, two shapes, a dry run, and days that go out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from balai.importing import Invalid
from balai.importing.models import ImportRun
from balai.importing.tests.conftest import table, work, workbook
from balai.outbox import delivery
from balai.outbox.models import Event
from modules.prices.entry_form import EntryForm
from modules.prices.legacy import cells
from modules.prices.models import Ceiling, DayPrice, Publication, Quote, Round, Trader
from modules.prices.selectors import panel
from modules.prices.services import taking_in
from modules.prices.states import Reason, Seen, State

from .conftest import TODAY

pytestmark = pytest.mark.django_db
HEAD = ["Tanggal", "Nama Pasar", "Komoditas", "Satuan", "Harga (Rp)"]


def deliver(topic: str) -> int:
    """Deliver what waits under a topic, also what it brings about; return how many there were."""
    count = 0
    while event := Event.objects.filter(topic=topic, done_at=None).order_by("id").first():
        assert delivery.deliver(event.pk), Event.objects.get(pk=event.pk).last_error
        count += 1
    return count


@pytest.fixture
def send(clock: Any, region: Any, make_user: Callable, client_for: Callable) -> Callable:
    """Return a function that uploads a table, tries it and, unless told not to, runs it."""
    client = client_for(region, make_user("admin"))

    def upload(file: object, *, run_it: bool = True, **options: object) -> ImportRun:
        client.post("/console/import/new/prices.quotes/", {"file": file})
        run = ImportRun.objects.latest("id")
        chosen = {f"column_{name}": place for name, place in run.mapping.items()}
        answer = client.post(
            f"/console/import/{run.uuid}/columns/",
            {**chosen, "source": "SILO Pangan", "publish": "on", **options},
        )
        assert answer.status_code == 302, answer.content.decode()
        work()
        if run_it:
            client.post(f"/console/import/{run.uuid}/start/")
            work()
            deliver("importing.ended")
        run.refresh_from_db()
        return run

    return upload


@pytest.mark.parametrize(
    ("text", "price"),
    [("13.500", 13_500), ("13,500", 13_500), ("Rp 13.500,00", 13_500), ("Rp. 13500", 13_500),
     ("13500.5", 13_501), ("1.234.567", 1_234_567), ("13500,-", 13_500), ("0", 0), ("-", 0),
     ("Rp -", 0), ("0,00", 0), ("N/A", 0), ("tidak ada", 0)],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, price: int) -> None:
    assert cells.rupiah(text) == price


@pytest.mark.parametrize("text", ["13.5", "mahal", "13.50.000", "99", "-500", "12/kg"])
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        cells.rupiah(text)


@pytest.mark.parametrize("text", ["Rp./Kg", "Rp/kg", "kg", "Kilogram", "/Kg", "per kg", "1 KG"])
def test_one_unit_in_seven_spellings(text: str) -> None:
    assert cells.unit(text) == "kg"
    with pytest.raises(Invalid):
        cells.unit("Rp/10 kg")


def test_a_messy_long_table_is_tried_then_taken_in_and_published(
    send: Callable, markets: list, goods: list
) -> None:
    file = [
        ["Laporan harga", "", "", "", ""],
        HEAD,
        ["23/11/2026", "PASAR ANYAR", "Beras Kualitas Medium I", "Rp./Kg", "Rp 13.500"],
        ["2026-11-23", "anyar", "cabai merah keriting", "/Kg", "0"],
        ["23 Nopember 2026", "Pasar Anyar", "Minyak Goreng Curah", "Liter", "18,000"],
        ["24 November 2026", "Poris", "beras-medium-1", "Kilogram", "13,600"],
        ["46350", "Poris", "Cabai Merah Keriting", "", "-"],
        ["23/11/2026", "Anyar", "Beras medium 1", "kg", "13.600"],
        ["31/02/2026", "Anyar", "Beras medium 1", "kg", "13.600"],
        ["23/11/2027", "Anyar", "Beras medium 1", "kg", "13.600"],
        ["23/11/2026", "Pasar Lama", "Beras medium 1", "kg", "13.600"],
        ["23/11/2026", "Poris", "Garam", "kg", "13.600"],
        ["23/11/2026", "Poris", "Cabai merah keriting", "ikat", "5.000"],
        ["23/11/2026", "Poris", "Beras medium 1", "karung", "600.000"],
        ["23/11/2026", "Poris", "Beras medium 1", "kg", "13,6"],
    ]
    tried = send(table(file, delimiter=";"), run_it=False)
    assert (tried.total, tried.failed) == (13, 8)
    assert [(error.row, error.column) for error in tried.row_errors.all()] == [
        (8, "commodity"), (9, "date"), (10, "date"), (11, "market"), (12, "commodity"),
        (13, "unit"), (14, "unit"), (15, "price"),
    ]  # fmt: skip
    assert tried.unknown == {"market": {"Pasar Lama": 1}, "commodity": {"Garam": 1},
                             "unit": {"karung": 1}}  # fmt: skip
    assert not Round.objects.exists(), "a trial writes nothing"

    run = send(table(file, delimiter=";"))
    assert (run.state, run.created, run.failed) == ("done", 5, 8)
    rice, chili, oil = goods
    first = {quote.variety_id: quote for quote in Quote.objects.filter(round__market=markets[0])}
    assert first[rice.pk].price == 13_500
    assert (first[chili.pk].seen, first[chili.pk].price) == (Seen.MISSING, None)
    assert first[chili.pk].reason == Reason.UNKNOWN
    assert first[oil.pk].price == 20_000, "18,000 a litre of 0.9 kg"
    assert {(one.state, one.source) for one in Round.objects.all()} == {
        (State.PUBLISHED, "SILO Pangan")
    }
    assert list(Publication.objects.values_list("date", "revision")) == [
        (date(2026, 11, 24), 1), (date(2026, 11, 23), 1)
    ]  # fmt: skip
    later = DayPrice.objects.get(date=date(2026, 11, 24), variety=rice)
    assert later.markets == {str(markets[0].pk): [13_500, 1], str(markets[1].pk): [13_600, 0]}


def test_a_workbook_with_a_column_for_each_market_and_the_same_file_twice(
    send: Callable, markets: list, goods: list
) -> None:
    sheet = [
        ["Harga rata-rata", None, None, None, None],
        ["No", "Komoditas", "Satuan", "Harga (Rp)", None],  # merged over the markets
        [None, None, None, "Anyar", "Pasar Poris"],
        ["I", "Beras", None, None, None],
        [1, "Beras kualitas medium I", "kg", 13500, 13400.0],
        [2, "Cabai merah keriting", "Rp/kg", 0, 61000],
    ]
    wide = {"day": "2026-11-24", "market": ""}
    run = send(workbook(sheet), **wide)
    assert (run.state, run.created, run.failed) == ("done", 4, 0)
    assert Quote.objects.filter(seen=Seen.MISSING).count() == 1
    again = send(workbook(sheet), **wide)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 4)
    assert Publication.objects.count() == 1

    round_ = Round.objects.get(market=markets[0])
    Ceiling.objects.create(variety=goods[0], starts=date(2026, 11, 1), high=12_000)
    Trader.objects.create(market=markets[0], name="Toko Baru")
    shown = panel.sheet(markets[0], round_.date)
    assert [entry.trader for entry in shown.entries if entry.quote] == [None, None]
    assert {entry.trader for entry in shown.entries} == {None}, "nobody was asked that day"
    rice, chili = f"{goods[0].pk}_0", f"{goods[1].pk}_0"
    told = {f"had_{rice}": "13500", f"price_{rice}": "13500", f"had_{chili}": ""}
    form = EntryForm(shown, told | {f"price_{chili}": "61000"})
    assert form.is_valid(), "what was imported above the ceiling needs no reason now"

    sheet[5][4] = 60_000
    third = send(workbook(sheet), **wide)
    assert (third.updated, third.unchanged) == (1, 3)
    last = Publication.objects.get(revision=2)
    assert "SILO Pangan" in last.reason
    assert DayPrice.objects.get(publication=last, variety=goods[1]).mean == 60_000


def test_what_our_own_people_asked_is_left_alone_and_today_waits(
    send: Callable, publish: Callable, markets: list, goods: list, days: Callable
) -> None:
    publish(markets[0], day=days(1), beras_medium_1=13_000)
    rows = [HEAD, [days(1), "Anyar", "Beras medium 1", "kg", 99_000],
            [TODAY, "Poris", "Beras medium 1", "kg", 13_100]]  # fmt: skip
    run = send(table(rows))
    assert (run.created, run.failed) == (1, 1)
    assert Round.objects.get(date=TODAY).state == State.VERIFIED, "the day's hour publishes it"
    assert not Publication.objects.filter(date=TODAY).exists()


def test_many_days_go_out_in_parts_and_only_by_who_may_publish(
    clock: Any, markets: list, goods: list, make_user: Callable, monkeypatch: Any, days: Callable
) -> None:
    monkeypatch.setattr(taking_in, "DAYS_AT_ONCE", 2)
    told = [taking_in.OldPrice(days(n), markets[0].pk, goods[0].pk, 13_000) for n in range(1, 6)]
    taking_in.take_in(told, source="lama")
    assert taking_in.publish_taken(source="lama", by=make_user("enumerator")) == 0
    assert taking_in.publish_taken(source="lama", by=make_user("admin")) == 2
    assert deliver("prices.taken_in") == 2
    assert Publication.objects.count() == 5
