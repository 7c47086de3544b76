"""A city's list of apps as a table: dry run, mistakes by row, a second time without doubles."""

from collections.abc import Callable

import pytest

from balai.importing import Invalid
from balai.importing.models import ImportRun
from balai.importing.tests.conftest import table, work
from modules.catalogue import importers, sample
from modules.catalogue.models import App
from modules.catalogue.states import State

pytestmark = pytest.mark.django_db
HEAD = ["Nama Aplikasi", "Kategori", "OPD", "Pengguna", "Link", "Status", "Biaya", "Mirip dengan"]


@pytest.fixture
def send(region, manager, client_for) -> Callable[[object], ImportRun]:
    """Return a function that uploads a table, tries it and runs it."""
    client = client_for(region, manager)

    def upload(file: object) -> ImportRun:
        client.post("/console/import/new/catalogue.apps/", {"file": file})
        run = ImportRun.objects.latest("id")
        chosen = {f"column_{name}": place for name, place in run.mapping.items()}
        answer = client.post(f"/console/import/{run.uuid}/columns/", chosen)
        assert answer.status_code == 302, answer.content.decode()
        work()
        client.post(f"/console/import/{run.uuid}/start/")
        work()
        run.refresh_from_db()
        return run

    return upload


def test_a_list_with_mistakes_and_again(send) -> None:
    bus = ["Bus Kota", "Transport", "Dishub", "Warga", "bus.contoh.go.id", "Aktif", "Rp 76.000.000"]
    parking = ["Parkir", "transport", "dishub", "umum", "https://p.contoh.go.id/", "aktif", "49000"]
    wrong = ["Salah", "Antariksa", "Dishub", "Warga", "", "", "", ""]
    worse = ["Salah juga", "Transport", "Dinas Bulan", "Alien", "x y", "?", "mahal", ""]
    good = [[*bus, ""], [*parking, "Bus Kota; Tak Ada"]]
    send(table([HEAD, *good, wrong, worse]))
    first, second = App.objects.order_by("name")
    assert (first.url, first.cost_per_year) == ("https://bus.contoh.go.id", 76_000_000)
    assert first.agency.code == "dishub" and first.state == State.LIVE
    assert second.overlaps == ["bus-kota"]
    good[0][6] = "80.000.000"
    send(table([HEAD, *good]))
    costs = App.objects.order_by("name").values_list("cost_per_year", flat=True)
    assert list(costs) == [80_000_000, 49_000]


def test_the_whole_list_of_167(send) -> None:
    words = {"citizen": "warga", "officer": "asn"}
    rows = [
        [line.name, line.category, line.agency, words[line.audience], "kota.contoh.go.id"]
        for line in sample.lines()
    ]
    send(table([HEAD[:5], *rows]))
    assert App.objects.count() == 167
    assert not App.objects.filter(agency=None).exists()


@pytest.mark.parametrize(
    ("text", "amount"),
    [("Rp 1.250.000,00", 1_250_000), ("1,250,000", 1_250_000), ("Rp. 500", 500), ("7000,-", 7000)],
)
def test_amounts(text: str, amount: int) -> None:
    assert importers.rupiah(text) == amount


@pytest.mark.parametrize("text", ["mahal", "-5", "1e9", "9" * 20])
def test_no_amounts(text: str) -> None:
    with pytest.raises(Invalid):
        importers.rupiah(text)
