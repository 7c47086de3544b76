"""Faces and plates are covered for good in what the public sees; the original is kept apart."""

import io
from collections.abc import Callable
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from balai.audit.models import Entry as AuditEntry
from balai.context import Region
from balai.files.models import StoredFile
from balai.files.variants import VARIANTS
from modules.complaints import services
from modules.complaints.models import Complaint, Photo
from modules.complaints.services import blurring
from modules.complaints.services.blurring import Box
from modules.complaints.workflow import NotAllowed

PLATE = Box(0.25, 0.25, 0.5, 0.2)


def _picture(seed: int) -> Image.Image:
    """Return a grey picture with black strokes, another pattern for each seed, where PLATE is."""
    image = Image.new("RGB", (800, 600), "#888888")
    chance, pen = Random(seed), ImageDraw.Draw(image)
    pen.rectangle((200, 150, 600, 270), fill="white")
    for column in range(8):
        for row in range(5):
            if chance.random() < 0.5:
                x, y = 210 + column * 48, 156 + row * 22
                pen.rectangle((x, y, x + 30, y + 16), fill="black")
    return image


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def _plate(data: bytes) -> list[int]:
    image = Image.open(io.BytesIO(data)).convert("L").crop((210, 160, 590, 260))
    return list(image.get_flattened_data())


def _apart(one: list[int], other: list[int]) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def test_what_is_covered_cannot_be_told_from_another_of_its_kind() -> None:
    one, other = _jpeg(_picture(1)), _jpeg(_picture(2))
    assert _apart(_plate(one), _plate(other)) > 50, "the plates differ before"
    covered = [blurring.covered(data, [PLATE]) for data in (one, other)]
    left = _plate(covered[0])
    assert max(left) - min(left) < 128, "no stroke is left"
    assert _apart(left, _plate(covered[1])) < 25
    outside = [Image.open(io.BytesIO(data)).getpixel((50, 550)) for data in (one, covered[0])]
    assert max(abs(a - b) for a, b in zip(*outside, strict=True)) < 6, "the rest stays"


@pytest.mark.parametrize(
    "box",
    [Box(0, 0, 1, 1), Box(0.999, 0.999, 0.001, 0.001), Box(0.9, 0.9, 5, 5), Box(0, 0.5, 1, 0)],
)
def test_boxes_at_and_over_the_edge_do_no_harm(box: Box) -> None:
    size = Image.open(io.BytesIO(blurring.covered(_jpeg(_picture(3)), [box]))).size
    assert size == (800, 600)


@pytest.fixture
def with_photo(make_report: Callable) -> Photo:
    """The photo of a report that nobody has verified yet."""
    upload = SimpleUploadedFile("plat.jpg", _jpeg(_picture(1)), content_type="image/jpeg")
    return make_report(photos=[upload]).photos.select_related("file", "complaint").get()


def _folder(file: StoredFile) -> list[str]:
    return default_storage.listdir(f"complaints/{file.uuid}")[1]


def test_every_size_is_made_anew_and_only_coordinators_see_the_original(
    with_photo: Photo, coordinator: object, officer: object, agency: object,
    client_for: Callable, in_region: Region,
) -> None:  # fmt: skip
    report, before = with_photo.complaint, with_photo.file
    photo = blurring.cover(photo=with_photo, boxes=[PLATE], by=coordinator)
    ruling = services.Ruling(agency=agency, category=report.category, title=report.title)
    services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    visitor = client_for(in_region)
    for name in VARIANTS:
        assert visitor.get(before.variant_url(name)).status_code == 404
        shown = visitor.get(photo.file.variant_url(name))
        assert shown.status_code == 200
        image = Image.open(io.BytesIO(b"".join(shown.streaming_content))).convert("L")
        wide, high = image.size
        spots = image.crop((wide * 27 // 100, high * 27 // 100, wide * 73 // 100, high * 43 // 100))
        least, most = spots.getextrema()
        assert most - least < 140, name
    assert client_for(in_region, officer).get(before.url).status_code == 404
    assert client_for(in_region, officer).get(photo.file.url).status_code == 200
    assert client_for(in_region, coordinator).get(before.url).status_code == 200
    assert AuditEntry.objects.filter(action="complaints.photo_covered").count() == 1


def test_it_can_be_taken_back_until_it_is_public(
    with_photo: Photo, coordinator: object, django_capture_on_commit_callbacks: Callable
) -> None:
    before = with_photo.file
    with django_capture_on_commit_callbacks(execute=True):
        photo = blurring.cover(photo=with_photo, boxes=[PLATE], by=coordinator)
        first = photo.file
        photo = blurring.cover(photo=photo, boxes=[Box(0, 0, 0.1, 0.1)], by=coordinator)
    assert photo.original == before
    assert _folder(first) == [], "a covering that was replaced leaves no bytes"
    with django_capture_on_commit_callbacks(execute=True):
        second = photo.file
        photo = blurring.uncover(photo=photo, by=coordinator)
    assert (photo.file, photo.original) == (before, None)
    assert _folder(second) == []
    assert len(_folder(before)) == len(VARIANTS)
    photo = blurring.cover(photo=photo, boxes=[PLATE], by=coordinator)
    services.approve_photos(complaint=photo.complaint, by=coordinator)
    with pytest.raises(NotAllowed):
        blurring.uncover(photo=photo, by=coordinator)


def test_only_who_verifies_covers(with_photo: Photo, officer: object, coordinator: object) -> None:
    with pytest.raises(PermissionDenied):
        blurring.cover(photo=with_photo, boxes=[PLATE], by=officer)
    with pytest.raises(NotAllowed):
        blurring.cover(photo=with_photo, boxes=[], by=coordinator)
    default_storage.delete(VARIANTS["large"].path("complaints", with_photo.file.uuid))
    with pytest.raises(NotAllowed):
        blurring.cover(photo=with_photo, boxes=[PLATE], by=coordinator)


def _numbers(**first: object) -> dict[str, object]:
    sides = {f"box-0-{name}": value for name, value in first.items()}
    return {"box-TOTAL_FORMS": 12, "box-INITIAL_FORMS": 0, "do": "cover", **sides}


def test_numbers_do_without_a_script(
    with_photo: Photo, coordinator: object, officer: object, client_for: Callable, in_region: Region
) -> None:
    report: Complaint = with_photo.complaint
    page = f"/desk/complaints/{report.uuid}/cover/{with_photo.file.uuid}/"
    assert client_for(in_region, officer).get(page).status_code in (403, 404)
    client = client_for(in_region, coordinator)
    assert client.get(page).status_code == 200
    assert client.post(page, _numbers()).status_code == 422
    assert client.post(page, _numbers(left=10)).status_code == 422
    assert client.post(page, _numbers(left=-5, top=0, width=10, height=10)).status_code == 422
    done = client.post(page, _numbers(left=25, top=25, width=50, height=20))
    assert done.status_code == 302
    with_photo.refresh_from_db()
    assert with_photo.original is not None
    shown = client.get(done.headers["Location"])
    assert shown.status_code == 200
    assert with_photo.original.url in shown.content.decode()
    assert client.get(page).status_code == 404, "the old address shows no photo of the report"
    assert client.post(done.headers["Location"], {"do": "undo"}).status_code == 302
    with_photo.refresh_from_db()
    assert with_photo.original is None
