"""Reports of older systems: messy files, lookups, no notice, no clock, nothing twice."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.context import Region
from balai.directory.models import Agency, Area
from balai.importing.models import ImportRun
from balai.importing.tests.conftest import table, work, workbook
from balai.notify.models import Message
from balai.outbox.models import Event
from balai.workcal.models import Clock
from modules.complaints import services
from modules.complaints.models import Category, Complaint, Entry, OutsideCase
from modules.complaints.services import numbering
from modules.complaints.states import State

WIB = ZoneInfo("Asia/Jakarta")
HEAD = ["No. Laporan", "Tanggal", "Kategori", "Judul", "Isi Laporan", "Status", "OPD", "Kecamatan",
        "Kelurahan", "Lintang", "Bujur", "Alamat", "Tanggal Selesai", "Tanggapan"]  # fmt: skip
SERIAL = count(1)


def row(**cells: str) -> list[str]:
    """Return a good row; ``cells`` by heading's first word, in small letters."""
    number = next(SERIAL)
    told = {
        "no.": f"LPR-{number}", "tanggal": "05/08/2019", "kategori": "Lampu jalan mati",
        "judul": f"Lampu {number} mati", "isi": "Lampu di depan gerbang sekolah mati.",
        "status": "Selesai", "opd": "DISHUB", "kecamatan": "", "kelurahan": "", "lintang": "",
        "bujur": "", "alamat": "dekat masjid", "selesai": "2019-08-09",
        "tanggapan": "Lampu sudah diganti.",
    }  # fmt: skip
    return list({**told, **cells}.values())


@pytest.fixture
def send(in_region: Region, make_user: Callable, client_for: Callable) -> Callable[..., ImportRun]:
    """Return a function that uploads a file, tries it, and runs it unless told not to."""
    client = client_for(in_region, make_user("coordinator"))

    def upload(file: object, *, run_it: bool = True, **options: object) -> ImportRun:
        answer = client.post("/console/import/new/complaints.reports/", {"file": file})
        assert answer.status_code == 302, answer.content.decode()
        run = ImportRun.objects.latest("id")
        chosen = {f"column_{name}": place for name, place in run.mapping.items()}
        answer = client.post(f"/console/import/{run.uuid}/columns/",
                             {**chosen, "system": "lapor lama", **options})  # fmt: skip
        assert answer.status_code == 302, answer.content.decode()
        work()
        if run_it:
            client.post(f"/console/import/{run.uuid}/start/")
            work()
        run.refresh_from_db()
        return run

    upload.client = client
    return upload


def reasons(run: ImportRun) -> list[tuple[int, str]]:
    return [(error.row, error.column) for error in run.row_errors.all()]


def test_the_columns_of_an_export_are_recognised(send: Callable) -> None:
    run = send(table([HEAD, row()]), run_it=False)
    assert set(run.mapping) == {
        "old", "created", "category", "title", "text", "status", "agency", "district", "village",
        "latitude", "longitude", "landmark", "resolved", "answer",
    }  # fmt: skip
    assert run.failed == 0


def test_an_old_report_is_whole(send: Callable, village: Area, lamps: Category) -> None:
    place = {"kecamatan": f"Kec. {village.parent.name.upper()}", "kelurahan": f"kel {village.name}"}
    run = send(table([HEAD, row(**{"no.": "LPR-A"}, **place)]))
    assert (run.state, run.created) == ("done", 1)
    report = Complaint.objects.get(source="import")
    assert (report.state, report.category, report.area, report.district) == (
        State.CLOSED, lamps, village, village.parent
    )  # fmt: skip
    assert report.agency.code == "dishub"
    assert report.number.startswith("TNG-19-")
    assert report.created_at == datetime(2019, 8, 5, tzinfo=WIB)
    assert report.resolved_at == datetime(2019, 8, 9, tzinfo=WIB)
    assert (report.due_at, report.reporter, report.identity) == (None, None, "anonymous")
    assert not report.is_public
    steps = [(entry.move, entry.to_state) for entry in report.entries.all()]
    assert steps == [("report", "received"), ("", ""), ("import", "closed")]
    twin = OutsideCase.objects.get(complaint=report)
    assert (twin.system, twin.external_id) == ("legacy", "lapor lama:LPR-A")


def test_nobody_is_told_and_no_clock_runs(send: Callable, agency: Agency) -> None:
    Agency.objects.filter(pk=agency.pk).update(email="dishub@contoh.test")
    before = Event.objects.exclude(topic__startswith="importing.").count()
    send(table([HEAD, row(status="baru"), row(status="proses"), row(status="ditolak"), row()]))
    assert Complaint.objects.filter(source="import").count() == 4
    assert Event.objects.exclude(topic__startswith="importing.").count() == before
    assert not Message.objects.exists()
    assert not Clock.objects.exists()
    services.sweep(now=datetime.now(WIB))
    assert not Clock.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("text", "minute"),
    [("05/08/2019", 0), ("5 Agustus 2019", 0), ("2019-08-05T14:03:00", 843),
     ("43682.5854166667", 843),
     ("2019-08-05 14:03", 843)],
)  # fmt: skip
def test_five_ways_to_write_a_date(send: Callable, text: str, minute: int) -> None:
    send(table([HEAD, row(tanggal=text)]))
    at = Complaint.objects.get(source="import").created_at.astimezone(WIB)
    assert (at.date().isoformat(), at.hour * 60 + at.minute) == ("2019-08-05", minute)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_delimiters(send: Callable, encoding: str) -> None:
    file = table([HEAD, row(judul="Kafé “Melati” gelap")], delimiter=";", encoding=encoding)
    send(file)
    assert Complaint.objects.get(source="import").title == "Kafé “Melati” gelap"


def test_three_bad_rows_of_ten_leave_seven_and_say_why(send: Callable) -> None:
    bad = [
        row(kategori="UFO", tanggal="kemarin"),
        row(lintang="-8.65", bujur="115.22"),
        row(status="proses", opd=""),
    ]
    run = send(workbook([HEAD, *[row() for _ in range(7)], *bad]), run_it=False)
    found = Area.objects.filter(boundary__isnull=False).exists()
    expected = {(9, "created"), (10, "latitude"), (11, "agency")}
    if not found:  # without boundaries nobody can say that Bali is not Tangerang
        expected.remove((10, "latitude"))
    assert set(reasons(run)) == expected
    send.client.post(f"/console/import/{run.uuid}/start/")
    work()
    run.refresh_from_db()
    assert run.created == 10 - run.failed
    text = b"".join(
        send.client.get(f"/console/import/{run.uuid}/mistakes.csv").streaming_content
    ).decode("utf-8-sig")
    assert len(text.splitlines()) == 1 + run.failed
    assert "kemarin" in text


def square(west: float, south: float, size: float) -> dict[str, object]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_points_are_asked_of_the_boundaries(send: Callable, village: Area) -> None:
    Area.objects.update(boundary=None)
    for at, area in enumerate(Area.objects.filter(kind=Area.Kind.DISTRICT)):
        area.boundary = square(106.0 + at / 10, -6.2, 0.09)
        area.save(update_fields=["boundary"])
    first = Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("id").first()
    run = send(table([
        HEAD, row(lintang="-6,15", bujur="106,05"), row(lintang="-8.65", bujur="115.22"),
        row(lintang="-6.15"), row(lintang="190", bujur="106.05"),
    ]))  # fmt: skip
    assert reasons(run) == [(3, "latitude"), (4, "longitude"), (5, "latitude")]
    report = Complaint.objects.get(source="import")
    assert (report.latitude, report.longitude, report.district) == (-6.15, 106.05, first)


def test_dates_that_cannot_be_are_mistakes(send: Callable) -> None:
    run = send(table([
        HEAD, row(tanggal="05/08/1919"), row(tanggal="05/08/2119"), row(selesai="2019-08-04"),
        row(selesai="2019-08-05"),
    ]))  # fmt: skip
    assert reasons(run) == [(2, "created"), (3, "created"), (3, "resolved"), (4, "resolved")]
    assert run.created == 1


def test_unknown_words_are_matched_by_hand(send: Callable) -> None:
    run = send(table([HEAD, row(kategori="PJU"), row(kategori="PJU"), row(status="beres")]),
               run_it=False)  # fmt: skip
    assert run.unknown == {"category": {"PJU": 2}, "status": {"beres": 1}}
    page = f"/console/import/{run.uuid}/values/"
    assert "PJU" in send.client.get(page).content.decode()
    send.client.post(page, {"value_category_0": "lampu-jalan", "value_status_0": "closed"})
    work()
    run.refresh_from_db()
    assert (run.failed, run.unknown) == (0, {})


def test_a_kind_for_rows_without_one(send: Callable, lamps: Category) -> None:
    assert reasons(send(table([HEAD, row(kategori="")]), run_it=False)) == [(2, "category")]
    send(table([HEAD, row(kategori="")]), fallback="lampu-jalan")
    assert Complaint.objects.get(source="import").category == lamps


def test_a_village_of_two_kecamatan_needs_its_kecamatan(send: Callable, village: Area) -> None:
    other = Area.objects.filter(kind=Area.Kind.DISTRICT).exclude(pk=village.parent_id).first()
    Area.objects.create(code="99", kind=Area.Kind.VILLAGE, name=village.name, parent=other)
    run = send(table([HEAD, row(kelurahan=village.name),
                      row(kelurahan=village.name, kecamatan=other.name)]))  # fmt: skip
    assert reasons(run) == [(2, "village")]
    assert Complaint.objects.get(source="import").district == other


def test_the_same_file_again_changes_nothing_and_a_newer_one_updates(send: Callable) -> None:
    waiting = row(**{"no.": "LPR-X"}, status="proses", selesai="", tanggapan="")
    send(table([HEAD, waiting, row(**{"no.": "LPR-Y"})]))
    numbers = set(Complaint.objects.filter(source="import").values_list("number", flat=True))
    again = send(table([HEAD, waiting, row(**{"no.": "LPR-Z"})]))
    assert (again.created, again.updated, again.unchanged) == (1, 0, 1)
    waiting[HEAD.index("Status")] = "Selesai"
    waiting[HEAD.index("Tanggal Selesai")] = "2019-08-20"
    waiting[HEAD.index("Tanggapan")] = "Beres."
    newer = send(table([HEAD, waiting]))
    assert (newer.created, newer.updated, newer.unchanged) == (0, 1, 0)
    report = OutsideCase.objects.get(external_id="lapor lama:LPR-X").complaint
    assert (report.state, report.number in numbers) == (State.CLOSED, True)
    assert [entry.text for entry in report.entries.filter(move="", to_state="")] == ["Beres."]


def test_rows_without_a_number_are_known_by_what_they_say(send: Callable) -> None:
    told = row(**{"no.": ""})
    for expected in ((1, 1), (0, 2)):
        run = send(table([HEAD, told, told]))
        assert (run.created, run.unchanged) == expected


def test_what_somebody_worked_on_here_is_never_overwritten(
    send: Callable, coordinator: object
) -> None:
    told = row(status="baru", selesai="", tanggapan="")
    send(table([HEAD, told]))
    report = Complaint.objects.get(source="import")
    services.message(complaint=report, text="Kami periksa.", by=coordinator)
    told[HEAD.index("Judul")] = "Judul lain"
    run = send(table([HEAD, told]))
    assert (run.updated, run.unchanged) == (0, 1)
    report.refresh_from_db()
    assert report.title != "Judul lain"


def test_publishing_is_chosen_and_secrecy_only_rises(send: Callable, lamps: Category) -> None:
    secret = Category.objects.filter(secret_default=True).first()
    told = row()
    send(table([HEAD, told, row(kategori=secret.label_id), row(status="baru")]), publish="on")
    public = Complaint.objects.filter(source="import", published_at__isnull=False)
    assert [report.category for report in public] == [lamps]
    # Made secret here, in silence: the older system's newer row does not undo it.
    public.update(secret=True, published_at=None)
    told[HEAD.index("Judul")] = "Judul baru"
    assert send(table([HEAD, told]), publish="on").updated == 1
    report = Complaint.objects.get(title="Judul baru")
    assert (report.secret, report.published_at) == (True, None)


def test_an_open_old_report_can_be_worked_on(send: Callable, coordinator: object) -> None:
    send(table([HEAD, row(status="baru", selesai="", tanggapan="")]))
    report = Complaint.objects.get(source="import")
    ruling = services.Ruling(
        agency=Agency.objects.get(code="dishub"), category=report.category, title=report.title
    )
    moved = services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    assert moved.due_at is not None


def test_numbers_are_taken_in_one_go_and_go_on_afterwards(in_region: Region) -> None:
    first = numbering.next_numbers(prefix="TNG", year=2018, count=3)
    assert len(set(first)) == 3
    assert numbering.next_number(prefix="TNG", year=2018) not in first


def test_a_batch_costs_the_same_for_ten_rows_and_a_hundred(send: Callable) -> None:
    counts = []
    for size in (10, 100):
        run = send(table([HEAD, *[row() for _ in range(size)]]), run_it=False)
        with CaptureQueriesContext(connection) as seen:
            send.client.post(f"/console/import/{run.uuid}/start/")
            work()
        counts.append(len(seen))
        run.refresh_from_db()
        assert run.created == size
    assert counts[1] <= counts[0]


def test_only_coordinators_and_admins_import(
    in_region: Region, make_user: Callable, client_for: Callable, officer: object
) -> None:
    page = "/console/import/new/complaints.reports/"
    assert client_for(in_region, officer).get(page).status_code == 403
    assert client_for(in_region, make_user("admin")).get(page).status_code == 200


def test_a_thousand_rows_take_seconds(send: Callable) -> None:
    """A loose bound here; the exact figure is measured by tests/load/bench_complaints_import.py."""
    import time

    began = time.monotonic()
    run = send(table([HEAD, *[row() for _ in range(1000)]]))
    assert (run.created, Entry.objects.filter(move="import").count()) == (1000, 1000)
    assert time.monotonic() - began < 20
