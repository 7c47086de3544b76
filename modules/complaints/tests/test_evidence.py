"""What is odd about a photo of a repair gets a flag with its reason; a person decides."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageOps, PngImagePlugin
from PIL.ExifTags import Base

from modules.complaints import services
from modules.complaints.models import Complaint, Flag, Photo
from modules.complaints.services import capturing
from modules.complaints.services.shots import Shot
from modules.complaints.states import State
from modules.complaints.tests.scenes import HERE, dated, jpeg, scene, upload

KINDS = Flag.Kind


def kinds(report: Complaint) -> set[str]:
    return set(Flag.objects.filter(photo__complaint=report).values_list("kind", flat=True))


def detail(report: Complaint, kind: str) -> dict[str, Any]:
    return Flag.objects.get(photo__complaint=report, kind=kind).detail


def test_an_honest_photo_has_no_flag_and_goes_to_the_reporter(
    at_work: Callable, shoot: Callable, hand_in: Callable
) -> None:
    done = hand_in(report := at_work(), shoot(report))
    assert kinds(done) == set()
    assert done.state == State.RESOLVED
    taken = Photo.objects.get(complaint=done)
    assert (taken.latitude, taken.longitude, taken.accuracy) == (*HERE, 8.0)
    assert taken.captured_at is not None
    assert taken.phash is not None
    assert taken.approved_at is not None


def test_a_photo_from_the_gallery_is_marked_and_sent_on_only_where_the_region_says(
    at_work: Callable, hand_in: Callable, with_settings: Callable
) -> None:
    done = hand_in(at_work(), upload(scene(1)))
    assert kinds(done) == {KINDS.NOT_TAKEN_HERE}
    assert detail(done, KINDS.NOT_TAKEN_HERE) == {"why": "none"}
    assert done.state == State.RESOLVED
    with_settings(camera_required=True)
    done = hand_in(at_work(), upload(scene(2)))
    assert done.state == State.RESOLUTION_SUBMITTED


@pytest.mark.parametrize(
    ("north", "accuracy", "far"),
    [(0, 5.0, False), (140, 5.0, False), (160, 5.0, True), (160, 30.0, False), (900, 5000.0, True)],
)
def test_the_fence_is_the_radius_and_the_phones_inaccuracy(
    north: int, accuracy: float, far: bool, at_work: Callable, shoot: Callable, hand_in: Callable
) -> None:
    report = at_work()
    there = (HERE[0] + north / 111_195, HERE[1])
    done = hand_in(report, shoot(report, position=there, accuracy=accuracy))
    assert (KINDS.FAR_AWAY in kinds(done)) is far
    assert done.state == (State.RESOLUTION_SUBMITTED if far else State.RESOLVED)
    if far:
        told = detail(done, KINDS.FAR_AWAY)
        assert abs(told["metres"] - north) <= 1
        assert told["allowed"] == 150 + min(accuracy, 500)


def test_without_a_position_it_is_said(
    at_work: Callable, shoot: Callable, hand_in: Callable
) -> None:
    report = at_work()
    done = hand_in(report, shoot(report, position=None))
    assert kinds(done) == {KINDS.NO_POSITION}
    assert done.state == State.RESOLUTION_SUBMITTED


def test_a_photo_older_than_the_work_is_marked(
    at_work: Callable, shoot: Callable, hand_in: Callable
) -> None:
    """By the phone's clock, and by the camera's own even under a good permission."""
    report = at_work()
    early = timezone.now() - timedelta(hours=2)
    (row,) = capturing.issue(
        complaint=report, by=report.entries.get(move="accept").actor, prefetched=True, now=early
    )
    done = hand_in(report, Shot(upload(scene(3)), row.nonce, early, HERE, 5.0))
    assert detail(done, KINDS.WRONG_TIME)["source"] == "phone"
    report = at_work()
    done = hand_in(report, shoot(report, dated(4, "2020:01:02 08:00:00")))
    assert kinds(done) == {KINDS.WRONG_TIME}
    assert detail(done, KINDS.WRONG_TIME)["source"] == "picture"
    assert detail(done, KINDS.WRONG_TIME)["taken"].startswith("2020-01-02")


def test_a_photo_of_another_report_is_found_even_mirrored_and_saved_again(
    at_work: Callable, shoot: Callable, hand_in: Callable, make_report: Callable
) -> None:
    other = make_report(photos=[upload(scene(11))])
    again = ImageOps.mirror(scene(11)).resize((400, 300))
    report = at_work()
    done = hand_in(report, shoot(report, SimpleUploadedFile("x.jpg", jpeg(again, 40))))
    assert kinds(done) == {KINDS.REUSED}
    assert detail(done, KINDS.REUSED)["photo"] == other.photos.get().pk
    assert (done.state, done.photos.get(stage="after").approved_at) == (
        State.RESOLUTION_SUBMITTED, None,
    )  # fmt: skip


def test_evidence_of_an_earlier_repair_and_of_an_earlier_try_is_found(
    at_work: Callable, shoot: Callable, hand_in: Callable
) -> None:
    first = at_work()
    hand_in(first, shoot(first, scene(12)))
    second = at_work()
    assert kinds(hand_in(second, shoot(second, scene(12)))) == {KINDS.REUSED}
    reopened = services.reopen(
        complaint=Complaint.objects.get(pk=first.pk), reason="Mati lagi malam ini."
    )
    services.accept(complaint=reopened, by=first.entries.get(move="accept").actor)
    again = hand_in(reopened, shoot(reopened, scene(12)))
    assert KINDS.REUSED in kinds(again)
    assert again.state == State.RESOLUTION_SUBMITTED


def test_the_photo_of_the_problem_is_no_photo_of_its_repair(
    at_work: Callable, shoot: Callable, hand_in: Callable
) -> None:
    report = at_work(photos=[upload(scene(13))])
    done = hand_in(report, shoot(report, scene(13)))
    assert kinds(done) == {KINDS.SAME_AS_BEFORE}
    assert detail(done, KINDS.SAME_AS_BEFORE)["photo"] == report.photos.get(stage="before").pk


def test_two_photos_of_one_repair_may_look_alike(
    at_work: Callable, shoot: Callable, hand_in: Callable
) -> None:
    report = at_work()
    done = hand_in(report, shoot(report, scene(14)), shoot(report, scene(14)))
    assert kinds(done) == set()


def made_by(software: str) -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[Base.Software] = software
    return upload(scene(15), exif=exif)


def prompted() -> SimpleUploadedFile:
    buffer, chunks = BytesIO(), PngImagePlugin.PngInfo()
    chunks.add_text("parameters", "repaired street lamp, night, photo")
    scene(16).save(buffer, "PNG", pnginfo=chunks)
    return SimpleUploadedFile("x.png", buffer.getvalue(), content_type="image/png")


def signed(*words: bytes) -> SimpleUploadedFile:
    """Return a JPEG with an APP11 segment as C2PA writes it."""
    plain = jpeg(scene(17))
    body = b"JP\0\1\0\0\0\1" + b"jumb....c2pa...." + b"|".join(words)
    segment = b"\xff\xeb" + (len(body) + 2).to_bytes(2, "big") + body
    return SimpleUploadedFile("x.jpg", plain[:2] + segment + plain[2:])


SOURCE = b"http://cv.iptc.org/newscodes/digitalsourcetype/"


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        (lambda: made_by("Adobe Photoshop 27.0 (Android)"), "editor"),
        (lambda: made_by("Midjourney v8"), "generator"),
        (prompted, "generator"),
        (lambda: signed(SOURCE + b"trainedAlgorithmicMedia"), "generator"),
        (lambda: signed(b"c2pa.edited"), "credentials"),
        (lambda: signed(SOURCE + b"digitalCapture"), None),
        (lambda: made_by("HDR+ 1.0.641377609zd"), None),
        (lambda: made_by("S918BXXU3AWG9"), None),
    ],
)
def test_editors_and_generators_are_noticed_cameras_are_not(
    make: Callable, hint: str | None, at_work: Callable, shoot: Callable, hand_in: Callable
) -> None:
    report = at_work()
    done = hand_in(report, shoot(report, make()))
    assert kinds(done) == ({KINDS.EDITED} if hint else set())
    if hint:
        assert detail(done, KINDS.EDITED)["hint"] == hint


def test_better_evidence_after_sending_back_needs_no_second_look(
    at_work: Callable, shoot: Callable, hand_in: Callable, validator: object
) -> None:
    report = at_work()
    flagged = hand_in(report, shoot(report, position=None))
    back = services.send_back(complaint=flagged, reason="Tanpa lokasi.", by=validator)
    done = hand_in(back, shoot(back, scene(18)))
    assert done.state == State.RESOLVED
    assert done.photos.filter(approved_at=None).count() == 1, "the first one stays hidden"


def test_accepting_evidence_publishes_that_evidence_and_nothing_else(
    make_report: Callable, coordinator: object, agency: object, officer: object, validator: object,
    shoot: Callable, hand_in: Callable,
) -> None:  # fmt: skip
    report = make_report(pin=HERE, photos=[upload(scene(22))])
    ruling = services.Ruling(
        agency=agency, category=report.category, title=report.title, approve_photos=False
    )
    report = services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    services.accept(complaint=report, by=officer)
    flagged = hand_in(report, shoot(report, scene(23), position=None))
    back = services.send_back(complaint=flagged, reason="Tanpa lokasi.", by=validator)
    again = hand_in(back, shoot(back, scene(24), position=None))
    services.approve(complaint=again, by=validator)
    (public,) = report.photos.exclude(approved_at=None)
    assert public == report.photos.order_by("-id").first()
    assert report.photos.count() == 3, "kept back by the verifier, sent back by the validator"


def test_the_person_who_handed_it_in_cannot_wave_a_flag_through(
    at_work: Callable, shoot: Callable, hand_in: Callable, make_user: Callable
) -> None:
    from modules.complaints.workflow import NotAllowed

    boss = make_user("admin")
    done = services.resolve(
        complaint=at_work(), text="Sudah.", photos=[Shot(upload(scene(19)), None)], by=boss
    )
    assert done.state == State.RESOLVED, "a gallery photo alone"
    far = services.resolve(
        complaint=at_work(), text="Sudah.", photos=[dated(20, "2020:01:02 08:00:00")], by=boss
    )
    assert far.state == State.RESOLUTION_SUBMITTED
    with pytest.raises(NotAllowed):
        services.approve(complaint=far, by=boss)
    with pytest.raises(NotAllowed):
        services.resolve(complaint=far, text="Sudah.", by=boss)


def test_samples_are_compared_with_nothing(
    lamps: object, village: object, coordinator: object, agency: object
) -> None:
    draft = services.Draft(category=lamps, text="Lampu mati di depan gerbang.", area=village)
    kept = services.report(draft=draft, photos=[upload(scene(21))], sample=True).complaint
    assert kept.photos.get().phash is None
