"""People, places and a report to work with; everything through the real services."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from random import randrange
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from balai.context import Region
from balai.directory.models import Agency, Area
from modules.complaints import services
from modules.complaints.models import Category, Complaint
from modules.complaints.services import capturing
from modules.complaints.services.shots import Shot
from modules.complaints.tests.scenes import HERE, scene, upload

VISITORS = count(randrange(1, 40_000))  # no secret
TEXT = "Lampu di depan gerbang sekolah mati sejak hari Minggu, gelap sekali pada malam hari."


def photo(name: str = "foto.jpg", colour: str = "#335577") -> SimpleUploadedFile:
    """Return a real JPEG."""
    buffer = BytesIO()
    Image.new("RGB", (640, 480), colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def own_queries(seen: CaptureQueriesContext) -> int:
    """Return how many queries went to the region; finding the region is cached for a while."""
    return sum('"shared"' not in query["sql"] for query in seen.captured_queries)


@pytest.fixture
def lamps(in_region: Region) -> Category:
    """The kind "street lamp" of the kota preset: two working days, the transport agency."""
    return Category.objects.select_related("agency").get(slug="lampu-jalan")


@pytest.fixture
def agency(lamps: Category) -> Agency:
    """The agency that mends lamps."""
    assert lamps.agency is not None
    return lamps.agency


@pytest.fixture
def other_agency(in_region: Region, agency: Agency) -> Agency:
    """Another agency."""
    return Agency.objects.get(code="dlh")


@pytest.fixture
def village(in_region: Region) -> Area:
    """A kelurahan."""
    return Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").first()


@pytest.fixture
def coordinator(in_region: Region, make_user: Callable) -> object:
    """Somebody who verifies."""
    return make_user("coordinator")


@pytest.fixture
def officer(agency: Agency, make_user: Callable) -> object:
    """Somebody who works for the agency that mends lamps."""
    return make_user("officer", agency)


@pytest.fixture
def stranger(other_agency: Agency, make_user: Callable) -> object:
    """An officer of another agency."""
    return make_user("officer", other_agency)


@pytest.fixture
def validator(in_region: Region, make_user: Callable) -> object:
    """Somebody who checks evidence."""
    return make_user("validator")


@pytest.fixture
def make_report(lamps: Category, village: Area) -> Callable[..., Complaint]:
    """Return a function that sends a report."""

    def make(
        *, reporter: object = None, now: datetime | None = None, photos: list | None = None,
        **told: object,
    ) -> Complaint:  # fmt: skip
        told.setdefault("category", lamps)
        told.setdefault("text", TEXT)
        told.setdefault("area", village)
        draft = services.Draft(**told)
        receipt = services.report(draft=draft, reporter=reporter, photos=photos or [], now=now)
        return receipt.complaint

    return make


@pytest.fixture
def routed(make_report: Callable, coordinator: object, agency: Agency) -> Callable[..., Complaint]:
    """Return a function that sends a report and has it routed to the lamp agency."""

    def make(**told: object) -> Complaint:
        report = make_report(**told)
        ruling = services.Ruling(agency=agency, category=report.category, title=report.title)
        return services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)

    return make


@pytest.fixture
def resolved(routed: Callable, officer: object) -> Callable[..., Complaint]:
    """Return a function that sends a report and has it mended."""

    def make(**told: object) -> Complaint:
        report = services.accept(complaint=routed(**told), by=officer)
        return services.resolve(
            complaint=report, text="Lampu diganti.", photos=[photo("sesudah.jpg")], by=officer
        )

    return make


@pytest.fixture
def with_settings(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that changes the region's settings for one test."""
    from modules.complaints import conf

    def change(**values: object) -> None:
        chosen = conf.Settings(**values)
        monkeypatch.setattr(conf, "current", lambda: chosen)

    return change


@pytest.fixture
def visitor(in_region: Region, client_for: Callable) -> object:
    """Somebody without an account, from an address of their own: rate limits count by address."""
    return client_for(in_region, REMOTE_ADDR=f"10.{next(VISITORS) // 250}.7.{next(VISITORS) % 250}")


@pytest.fixture
def at(client_for: Callable, in_region: Region) -> Callable:
    """Return a function that gives an officer's client."""
    return lambda user: client_for(in_region, user)


@pytest.fixture
def at_work(routed: Callable, officer: object) -> Callable[..., Complaint]:
    """Return a function that gives an accepted case at HERE, accepted an hour ago."""

    def make(**told: object) -> Complaint:
        told.setdefault("pin", HERE)
        earlier = timezone.now() - timedelta(hours=1)
        return services.accept(complaint=routed(**told), by=officer, now=earlier)

    return make


@pytest.fixture
def shoot(officer: object) -> Callable[..., Shot]:
    """Return a function that takes a photo with the camera page."""

    def make(report: Complaint, picture: Any = None, **said: object) -> Shot:
        (row,) = capturing.issue(complaint=report, by=officer, prefetched=True)
        said.setdefault("position", HERE)
        said.setdefault("accuracy", 8.0)
        said.setdefault("captured_at", timezone.now())
        picture = picture if picture is not None else scene(report.pk)
        file = upload(picture) if isinstance(picture, Image.Image) else picture
        return Shot(file, row.nonce, **said)

    return make


@pytest.fixture
def hand_in(officer: object) -> Callable[..., Complaint]:
    """Return a function that hands a photo in."""
    return lambda report, *shots: services.resolve(
        complaint=report, text="Sudah diganti.", photos=shots, by=officer
    )
