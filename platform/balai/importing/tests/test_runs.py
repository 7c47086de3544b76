"""From the upload to the last row: trial, mistakes, matching, batches, all or nothing, stopping."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from balai.accounts import second_factor
from balai.audit.models import Entry
from balai.context import platform, region_context
from balai.endpoints import Endpoint, StoppedError
from balai.importing import registry, services, store
from balai.importing.models import ImportRun, RowError
from balai.importing.tests.conftest import table, work, workbook
from balai.outbox import delivery
from balai.outbox.models import Event
from tenants import directory
from tenants.models import Region as Row
from tests.dummy.specimen import importers
from tests.dummy.specimen.models import Note

HEAD = ["Catatan", "Gema", "Warna"]
GOOD = [[f"catatan {n}", n, "merah"] for n in range(7)]
BAD = [["catatan tujuh", "banyak", "merah"], ["", "1", ""], ["catatan 3", "1", "merah"]]


def notes() -> set[str]:
    return set(Note.objects.filter(text__startswith="catatan").values_list("text", flat=True))


def press(page, run: ImportRun, what: str, **data: object) -> ImportRun:
    assert page.post(f"/console/import/{run.uuid}/{what}/", data).status_code == 302
    work()
    run.refresh_from_db()
    return run


def download(page, run: ImportRun, form: str = "csv") -> bytes:
    answer = page.get(f"/console/import/{run.uuid}/mistakes.{form}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_a_trial_writes_nothing_and_three_bad_rows_of_ten_leave_seven(page, send) -> None:
    run = send(table([HEAD, *GOOD, *BAD]))
    assert (run.state, run.total, run.failed, notes()) == ("checked", 10, 3, set())
    text = page.get(f"/console/import/{run.uuid}/").content.decode()
    assert "banyak" in text
    run = press(page, run, "start")
    assert (run.state, run.done, run.created, run.failed) == ("done", 10, 7, 3)
    assert notes() == {row[0] for row in GOOD}
    rows = list(csv.reader(io.StringIO(download(page, run).decode("utf-8-sig"))))
    assert rows[0][:3] == HEAD
    assert [row[:3] for row in rows[1:]] == BAD
    assert all(len(row) == 4 and row[3] for row in rows)
    actions = Entry.objects.filter(target=str(run.uuid)).values_list("action", flat=True)
    assert set(actions) == {"import.uploaded", "import.started", "import.finished"}


def test_mistakes_are_told_in_the_readers_language(page, send) -> None:
    run = send(table([HEAD, ["a", "banyak", ""], ["b", "1", ""], ["b", "1", ""]]))
    first, second = run.row_errors.all()
    with translation.override("en"):
        assert first.text == "“banyak” is not a number."
        assert second.text == "Row 3 has the same value."
    assert first.details == {"value": "banyak"}
    assert (first.row, first.column, second.row, second.column) == (2, "echoes", 4, "text")
    page.cookies.load({"balai_language": "en"})
    assert "Row 3 has the same value." in download(page, run).decode("utf-8-sig")


def test_the_mended_file_goes_in_as_it_was_downloaded(page, send) -> None:
    run = press(page, send(table([HEAD, *GOOD, *BAD])), "start")
    mended = download(page, run).decode("utf-8-sig").replace("banyak", "5")
    again = send(table(list(csv.reader(io.StringIO(mended)))))
    again = press(page, again, "start")
    assert again.created == 1
    assert Note.objects.get(text="catatan tujuh").echoes == 5


def test_the_same_file_twice_takes_no_row_twice(page, send) -> None:
    for expected in ((7, 0), (0, 7)):
        run = press(page, send(workbook([HEAD, *GOOD])), "start")
        assert (run.created, run.unchanged) == expected
    assert Note.objects.filter(text="catatan 1").count() == 1


def test_formulas_leave_as_text_and_numbers_as_numbers(page, send) -> None:
    cells = ["=HYPERLINK(1)", "@sum", "-6.17", "+62 812"]
    run = send(table([HEAD, *([cell, "banyak", ""] for cell in cells)]))
    rows = list(csv.reader(io.StringIO(download(page, run).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "'@sum", "-6.17", "'+62 812"]
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(download(page, run, "xlsx"))).active
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    # Uploaded again, the apostrophes are gone.
    again = send(table(rows))
    assert again.row_errors.first().value == "banyak"
    line = next(store.lines(again, start=0))
    assert line.cells[0] == "=HYPERLINK(1)"


def test_unknown_values_are_matched_by_hand(page, send) -> None:
    run = send(table([HEAD, ["a", "1", "Merah tua"], ["b", "1", "Merah tua"], ["c", "1", "hijau"]]))
    assert run.unknown == {"colour": {"Merah tua": 2}}
    assert run.failed == 2
    assert "Merah tua" in page.get(f"/console/import/{run.uuid}/values/").content.decode()
    run = press(page, run, "values", value_colour_0="merah")
    assert (run.state, run.failed, run.unknown) == ("checked", 0, {})
    assert press(page, run, "start").created == 3


def test_all_or_nothing_takes_nothing_when_a_row_fails_late(page, send, monkeypatch) -> None:
    run = send(table([HEAD, *GOOD]))
    # Between trial and run the list of colours has changed.
    monkeypatch.setattr(importers, "COLOURS", {"hijau": "green"})
    run = press(page, run, "start", together="on")
    assert (run.state, run.created, run.failed, notes()) == ("failed", 0, 7, set())
    assert run.row_errors.count() == 7
    monkeypatch.setattr(importers, "COLOURS", {"merah": "red"})
    run = press(page, run, "resume")
    assert (run.state, run.created, run.failed) == ("done", 7, 0)


def test_all_or_nothing_is_refused_while_mistakes_are_known(page, send) -> None:
    run = press(page, send(table([HEAD, *GOOD, *BAD])), "start", together="on")
    assert (run.state, notes()) == ("checked", set())


def test_each_batch_commits_with_its_checkpoint(send, monkeypatch) -> None:
    run = send(table([HEAD, *GOOD]))
    services.start(run=run, together=False)
    seen = []
    for _ in range(3):
        event = Event.objects.filter(topic="importing.step", done_at=None).get()
        delivery.deliver(event.pk)
        delivery.deliver(event.pk)  # the broker sends it twice
        run.refresh_from_db()
        seen.append((run.done, len(notes())))
    assert seen == [(3, 3), (6, 6), (7, 7)]
    assert run.state == "done"


def test_an_importer_that_breaks_stops_its_run_and_can_go_on(page, send, monkeypatch) -> None:
    run = send(table([HEAD, *GOOD]))
    write = importers.Notes.write

    def broken(self, rows):
        if any(row.values["text"] == "catatan 4" for row in rows):
            raise ValueError("Budi, Jalan Merdeka 1")
        return write(self, rows)

    monkeypatch.setattr(importers.Notes, "write", broken)
    run = press(page, run, "start")
    assert (run.state, run.done, len(notes())) == ("failed", 3, 3)
    assert run.error.startswith("ValueError")
    assert "Budi" not in run.error
    monkeypatch.setattr(importers.Notes, "write", write)
    run = press(page, run, "resume")
    assert (run.state, run.created, len(notes())) == ("done", 7, 7)


def test_stopping_deletes_the_file_and_keeps_the_rows(
    page, send, django_capture_on_commit_callbacks
):
    run = send(table([HEAD, *GOOD]))
    services.start(run=run, together=False)
    delivery.deliver(Event.objects.get(topic="importing.step", done_at=None).pk)
    with django_capture_on_commit_callbacks(execute=True):
        run = press(page, run, "cancel")
    assert (run.state, len(notes())) == ("cancelled", 3)
    assert not default_storage.exists(store.path(run, store.SOURCE))
    assert page.get(f"/console/import/{run.uuid}/").status_code == 200
    assert page.get(f"/console/import/{run.uuid}/mistakes.csv").status_code == 404


def test_files_and_mistakes_are_forgotten_after_a_month_the_line_stays(page, send) -> None:
    run = press(page, send(table([HEAD, *GOOD, *BAD])), "start")
    assert services.forget_old(now=timezone.now() + timedelta(days=29)) == 0
    assert services.forget_old(now=timezone.now() + timedelta(days=31)) == 1
    assert services.forget_old(now=timezone.now() + timedelta(days=31)) == 0
    assert not default_storage.exists(store.path(run, store.ROWS))
    assert not RowError.objects.filter(run=run).exists()
    assert run.name in page.get("/console/import/").content.decode()
    assert page.get(f"/console/import/{run.uuid}/").status_code == 200


def test_a_row_longer_than_the_heading_is_a_mistake(send) -> None:
    run = send(table([HEAD, ["a", "1", "merah", "lebih"], ["b", "1"]]))
    assert [(error.row, error.column) for error in run.row_errors.all()] == [(2, "")]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00"])
def test_what_is_no_table_is_refused_at_the_door(page, content: bytes) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("tabel.csv", content)
    answer = page.post("/console/import/new/specimen.notes/", {"file": file})
    assert answer.status_code == 422
    assert not ImportRun.objects.exists()


def test_a_heading_alone_is_told_by_the_trial(send) -> None:
    run = send(table([HEAD]))
    assert (run.state, run.error) == ("failed", "The table is empty.")


def test_a_workbook_that_takes_too_long_is_given_back(send, monkeypatch) -> None:
    from balai.importing.services import unfolding

    monkeypatch.setattr(unfolding, "LOOK_AT_CLOCK", 1)
    monkeypatch.setattr(unfolding, "MAX_SECONDS", -1)
    run = send(workbook([HEAD, *GOOD]))
    assert run.state == "failed"
    assert "takes too long" in run.error


def test_a_trial_works_in_slices(send, monkeypatch) -> None:
    from balai.importing.services import stepping

    monkeypatch.setattr(stepping, "CHECK_SECONDS", -1)
    monkeypatch.setattr(stepping, "CHECK_ROWS", 2)
    before = Event.objects.filter(topic="importing.step").count()
    run = send(table([HEAD, *GOOD, *BAD]))
    assert (run.state, run.done, run.failed) == ("checked", 10, 3)
    # One event unfolds the file, five look at two rows each.
    assert Event.objects.filter(topic="importing.step").count() - before == 6


def test_what_publishes_is_not_taken_in_while_the_region_may_not_publish(
    page, send, in_region, monkeypatch
) -> None:
    monkeypatch.setattr(importers.Notes, "publishes", True)
    monkeypatch.setattr(second_factor, "enforced", lambda: False)
    run = send(table([HEAD, *GOOD]))
    services.start(run=run, together=False)
    unpaid = replace(in_region, state="restricted")
    with region_context(unpaid):  # the bill comes while it is under way
        work()
        run.refresh_from_db()
        assert (run.state, run.done) == ("failed", 0)
        for act in (
            lambda: services.upload(importer=importers.Notes, file=table([HEAD]), by=None),
            lambda: services.resume(run=run),
        ):
            with pytest.raises(StoppedError) as stopped:
                act()
            assert stopped.value.endpoint == Endpoint.PUBLISHING
    with platform():
        Row.objects.filter(pk=in_region.id).update(state="restricted")
    directory.invalidate()
    assert page.get("/console/import/new/specimen.notes/").status_code == 402
    assert page.post(f"/console/import/{run.uuid}/resume/").status_code == 402
    assert page.get("/console/import/new/complaints.reports/").status_code == 200
    with platform():
        Row.objects.filter(pk=in_region.id).update(state=in_region.state)
    directory.invalidate()
    assert press(page, run, "resume").state == "done"
    assert {cls.kind for cls in registry.every() if cls.publishes} == {
        "specimen.notes", "prices.quotes", "catalogue.apps",
    }  # fmt: skip


def test_a_run_that_stands_still_may_be_given_a_push(page, send) -> None:
    run = send(table([HEAD, *GOOD]))
    services.start(run=run, together=False)
    with pytest.raises(services.Refused):
        services.resume(run=run)
    # Its event is lost: a dead letter, say.
    Event.objects.filter(topic="importing.step").update(done_at=timezone.now())
    ImportRun.objects.filter(pk=run.pk).update(moved_at=timezone.now() - timedelta(minutes=5))
    assert f"{run.uuid}/resume/" in page.get(f"/console/import/{run.uuid}/").content.decode()
    assert press(page, run, "resume").state == "done"


def test_a_file_that_was_lost_is_said_and_breaks_no_page(page, send) -> None:
    run = send(table([HEAD, *GOOD, *BAD]))
    store.remove(run)
    assert page.get(f"/console/import/{run.uuid}/").status_code == 200
    assert page.get(f"/console/import/{run.uuid}/mistakes.csv").status_code == 404
    assert page.get(f"/console/import/{run.uuid}/columns/").status_code == 302
    run = press(page, run, "start")
    assert (run.state, run.error) == ("failed", "The file is no longer there. Upload it again.")
