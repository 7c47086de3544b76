"""Files of the inbox: the viewer's rows and columns, nothing that runs, bounded queries."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from balai.audit.models import Entry as AuditEntry
from balai.context import Region, activate, deactivate
from modules.complaints.models import Complaint, Contact
from modules.complaints.selectors import exporting
from modules.complaints.tests.conftest import own_queries
from modules.complaints.views import desk_export

EXPORT = "/desk/complaints/export/"
NAME, PHONE = "Kenari Pelapor", "081298765432"


def take(client: object, kind: str, query: str = "tab=all", **given: str) -> bytes:
    """Return the file that the form gives."""
    answer = client.post(f"{EXPORT}?{query}", {"kind": kind, **given})
    assert answer.status_code == 200, answer.status_code
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content)


def many(report: Complaint, count: int) -> None:
    """Add copies of a report, without their histories."""
    first = Complaint.objects.count()
    Complaint.objects.bulk_create(
        Complaint(
            number=f"TNG-26-9{first + at:05}",
            secret_hash="x",
            category_id=report.category_id,
            title=f"Salinan {at}",
            text=report.text,
            state=report.state,
            agency_id=report.agency_id,
            area_id=report.area_id,
            district_id=report.district_id,
            created_at=report.created_at,
            due_at=report.due_at,
        )  # fmt: skip
        for at in range(count)
    )


def test_csv_holds_what_fits_with_what_one_may_see(
    routed: Callable, make_report: Callable, officer: object, coordinator: object, at: Callable
) -> None:
    named = routed(title="Terbuka", identity="named", name=NAME, phone=PHONE)
    secret = routed(title="Rahasia", identity="secret", name=NAME, phone=PHONE)
    fresh = make_report(title="Belum diteruskan")
    plain = take(at(officer), "csv").decode("utf-8-sig")
    assert NAME not in plain
    assert {named.number in plain, secret.number in plain} == {True}
    assert fresh.number not in plain
    assert "Terbuka" in take(at(officer), "csv", "tab=all&q=terbuka").decode()
    given = {"identity": "on", "reason": "Menghubungi pelapor"}
    lines = take(at(officer), "csv", **given).decode("utf-8-sig").splitlines()
    shown = {line.split(",")[0]: NAME in line and PHONE in line for line in lines[1:]}
    assert shown == {named.number: True, secret.number: False}
    every = take(at(coordinator), "csv", **given).decode("utf-8-sig")
    assert every.count(NAME) == 2


def test_names_need_a_reason_and_every_export_is_audited(
    routed: Callable, coordinator: object, at: Callable
) -> None:
    routed(identity="named", name=NAME)
    client = at(coordinator)
    for reason in ("", "   ", "ya"):
        answer = client.post(EXPORT, {"kind": "csv", "identity": "on", "reason": reason})
        assert answer.status_code == 422, reason
    assert not AuditEntry.objects.filter(action="complaints.exported").exists()
    take(client, "xlsx", identity="on", reason="Rapat evaluasi bulanan")
    row = AuditEntry.objects.get(action="complaints.exported")
    assert row.after == {"kind": "xlsx", "reports": 1, "identity": True}
    assert (row.reason, row.actor_uuid) == ("Rapat evaluasi bulanan", coordinator.uuid)


def test_an_anonymous_reporter_stays_so_in_every_file(
    routed: Callable, coordinator: object, at: Callable, make_user: Callable
) -> None:
    routed(identity="anonymous", reporter=make_user(name=NAME))
    for kind in ("csv", "xlsx", "pdf"):
        body = take(at(coordinator), kind, identity="on", reason="Pemeriksaan")
        assert NAME.encode() not in body


@pytest.mark.parametrize("title", ['=HYPERLINK("http://x","y")', "+62+1", "-2+3", "@SUM(A1)"])
def test_nothing_runs_in_a_spreadsheet(
    title: str, routed: Callable, officer: object, at: Callable
) -> None:
    routed(title=title)
    lines = take(at(officer), "csv").decode("utf-8-sig")
    assert f"'{title[0]}" in lines
    sheet = load_workbook(BytesIO(take(at(officer), "xlsx"))).active
    assert [cell.data_type for cell in sheet[2] if cell.value].count("f") == 0
    assert f"'{title}" in [cell.value for cell in sheet[2]]


def test_xlsx_survives_odd_characters_and_keeps_times(
    routed: Callable, officer: object, at: Callable
) -> None:
    report = routed(title="Lampu \x07 mati \u2603", landmark="x" * 160)
    sheet = load_workbook(BytesIO(take(at(officer), "xlsx"))).active
    row = [cell.value for cell in sheet[2]]
    assert (row[0], row[2]) == (report.number, "Lampu  mati \u2603")
    local = timezone.localtime(report.created_at).replace(tzinfo=None)
    assert abs((row[1] - local).total_seconds()) < 2


def test_pdf_names_the_region_and_numbers_its_pages(
    routed: Callable, officer: object, at: Callable, in_region: Region
) -> None:
    many(routed(title="Judul “aneh” – 🙂 yang panjang sekali " * 5), 80)
    body = take(at(officer), "pdf")
    assert body.startswith(b"%PDF-")
    assert body.count(b"/Type /Page\n") >= 3


def test_i02_nothing_of_another_agency_leaves(
    routed: Callable, stranger: object, at: Callable
) -> None:
    report = routed(title="Lampu Dishub padam")
    client = at(stranger)
    for query in ("tab=all", f"tab=all&agency={report.agency_id}", f"tab=all&q={report.number}"):
        answer = client.post(f"{EXPORT}?{query}", {"kind": "csv"})
        assert answer.status_code == 422, "there is nothing to take"
        assert report.title not in answer.content.decode()
        assert client.get(f"{EXPORT}?{query}").context["count"] == 0


def test_reach_is_asked_again_while_the_file_is_made(
    routed: Callable, officer: object, other_agency: object
) -> None:
    report = routed()
    keys = [report.pk]
    assert [row.pk for row in exporting.reports(officer, keys)] == keys
    Complaint.objects.filter(pk=report.pk).update(agency=other_agency)
    assert list(exporting.reports(officer, keys)) == []


def test_a_stream_carries_its_own_region(
    routed: Callable, officer: object, at: Callable, other_region: Region
) -> None:
    report = routed()
    answer = at(officer).post(f"{EXPORT}?tab=all", {"kind": "csv"})
    token = activate(other_region)  # another request runs in this thread while the file is sent
    try:
        body = b"".join(answer.streaming_content).decode()
    finally:
        deactivate(token)
    assert report.number in body


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_queries_are_bounded_at_100_rows(
    kind: str, routed: Callable, coordinator: object, at: Callable
) -> None:
    report = routed(identity="named", name=NAME)
    client, counts = at(coordinator), []
    for more in (1, 99):
        many(report, more)
        Contact.objects.bulk_create(
            [Contact(complaint=row, name=NAME) for row in Complaint.objects.filter(contact=None)]
        )
        with CaptureQueriesContext(connection) as seen:
            take(client, kind, identity="on", reason="Uji hitungan")
        counts.append(own_queries(seen))
    assert counts[0] == counts[1], [query["sql"] for query in seen]


@pytest.mark.soak
def test_ten_thousand_rows_leave_in_chunks_and_one_more_is_refused(
    routed: Callable, coordinator: object, at: Callable
) -> None:
    report = routed()
    many(report, 9_999)
    client = at(coordinator)
    with CaptureQueriesContext(connection) as seen:
        body = take(client, "csv")
    assert body.decode().count("\n") == 10_001
    assert own_queries(seen) <= 20 + 10_000 / exporting.CHUNK
    many(report, 1)
    for kind in ("csv", "xlsx", "pdf"):
        answer = client.post(f"{EXPORT}?tab=all", {"kind": kind})
        assert answer.status_code == 422, kind
        assert answer.context["form"].errors["kind"]
    assert desk_export.MOST == {"xlsx": 10_000, "csv": 10_000, "pdf": 1_000}
