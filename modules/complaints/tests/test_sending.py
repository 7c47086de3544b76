"""The form of a report, without JavaScript, and its receipt."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from balai.context import Region
from balai.directory.models import Area
from modules.complaints import limits
from modules.complaints.models import Category, Complaint
from modules.complaints.tests.conftest import TEXT, photo


def told(lamps: Category, village: object, **more: object) -> dict[str, object]:
    """Return what a browser sends."""
    data = {
        "category": "other", "other_category": str(lamps.pk), "text": TEXT,
        "district": str(village.parent_id), "village": str(village.pk), "landmark": "Dekat halte",
        "identity": "secret", "kind": "complaint", "idempotency_key": "kunci-uji-0001",
    }  # fmt: skip
    return {**data, **more}


def test_a_report_with_a_photo_gets_a_receipt(
    visitor: Callable, lamps: Category, village: object
) -> None:
    page = visitor.get("/complaints/new/")
    assert page.status_code == 200
    assert 'name="idempotency_key"' in page.content.decode()
    sent = visitor.post(
        "/complaints/new/", told(lamps, village, photos=[photo(), photo("dua.jpg")])
    )
    assert sent.status_code == 302
    receipt = visitor.get(sent["Location"]).content.decode()
    report = Complaint.objects.get(text=TEXT)
    assert report.number in receipt
    secret = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", receipt)
    assert secret is not None
    assert report.photos.count() == 2
    assert (report.area, report.district) == (village, village.parent)
    assert visitor.get(f"/complaints/{report.uuid}/").status_code == 200
    assert secret[0] not in str(vars(report))


def test_d04_the_same_form_twice_is_one_report(
    visitor: Callable, lamps: Category, village: object
) -> None:
    first = visitor.post("/complaints/new/", told(lamps, village))
    again = visitor.post("/complaints/new/", told(lamps, village))
    assert first["Location"] == again["Location"]
    assert Complaint.objects.filter(text=TEXT).count() == 1


def test_errors_keep_what_was_typed(visitor: Callable, lamps: Category, village: object) -> None:
    answer = visitor.post("/complaints/new/", told(lamps, village, text="Pendek", district=""))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Pendek" in shown
    assert 'href="#id_text"' in shown
    assert 'href="#id_district"' in shown
    assert not Complaint.objects.filter(landmark="Dekat halte").exists()


def test_a_broken_photo_keeps_the_report(
    visitor: Callable, lamps: Category, village: object
) -> None:
    broken = SimpleUploadedFile("rusak.jpg", b"\xff\xd8 broken", content_type="image/jpeg")
    sent = visitor.post("/complaints/new/", told(lamps, village, photos=[broken]))
    assert sent.status_code == 302
    assert Complaint.objects.get(text=TEXT).photos.count() == 0
    assert "Tulisan Anda aman" in visitor.get(sent["Location"]).content.decode()


def test_outside_the_region_is_told(
    visitor: Callable, lamps: Category, village: object, in_region: Region
) -> None:
    ring = [[106, -7], [107, -7], [107, -6], [106, -6], [106, -7]]
    square = {"type": "Polygon", "coordinates": [ring]}
    Area.objects.filter(kind=Area.Kind.DISTRICT).update(
        boundary=square, boundary_changed_at=timezone.now()
    )
    far = told(lamps, village, pin_0="-2.5", pin_1="140.7")
    answer = visitor.post("/complaints/new/", far)
    assert answer.status_code == 422
    assert "/find/" in answer.content.decode()
    near = {**far, "pin_0": "-6.2", "pin_1": "106.6", "district": "", "village": ""}
    assert visitor.post("/complaints/new/", near).status_code == 302
    report = Complaint.objects.get(text=TEXT)
    assert (report.latitude, report.district is not None) == (-6.2, True)


def test_the_villages_of_a_kecamatan(visitor: Callable, village: object) -> None:
    page = visitor.get(f"/complaints/villages/?district={village.parent_id}").content.decode()
    assert village.name in page
    assert "<html" not in page


def test_naming_oneself_needs_a_name(visitor: Callable, lamps: Category, village: object) -> None:
    assert (
        visitor.post("/complaints/new/", told(lamps, village, identity="named")).status_code == 422
    )
    named = told(lamps, village, identity="named", name="Siti Aminah")
    assert visitor.post("/complaints/new/", named).status_code == 302


def test_a_forged_receipt_is_refused(visitor: Callable) -> None:
    assert visitor.get("/complaints/receipt/abc:def:ghi/").status_code == 404


def test_a_receipt_of_another_city_is_refused(
    visitor: Callable, lamps: Category, village: object, client_for: Callable, other_region: Region
) -> None:
    sent = visitor.post("/complaints/new/", told(lamps, village))
    assert client_for(other_region).get(sent["Location"]).status_code == 404


def test_too_many_reports_are_slowed_down(
    visitor: Callable, lamps: Category, village: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.LIMITS, "report", (2, 600))
    sent = [visitor.post("/complaints/new/", told(lamps, village, text="x")) for _ in range(3)]
    assert [answer.status_code for answer in sent] == [422, 422, 429]
