"""Editors and articles; everything through the real services."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from balai.context import Region
from modules.news import services
from modules.news.models import Article
from modules.news.services import Content
from modules.news.states import Kind

TEXT = "Perbaikan **jalan** dimulai hari ini.\n\n## Rute\n\n- Jalan Merdeka\n- Jalan Pahlawan"
OF_KIND: dict[str, dict[str, object]] = {
    Kind.NEWS: {},
    Kind.NOTICE: {},
    Kind.EVENT: {"place": "Lapangan Ahmad Yani"},
    Kind.HOAX: {
        "claim": "Bantuan tunai dibagikan lewat tautan ini.",
        "verdict": "false",
        "evidence_url": "https://turnbackhoax.id/contoh",
    },
    Kind.EPAPER: {},
}


def picture(width: int = 640, height: int = 480, name: str = "foto.jpg") -> SimpleUploadedFile:
    """Return a real JPEG with a position in its metadata."""
    image, buffer = Image.new("RGB", (width, height), "#335577"), BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "RAHASIA"
    image.save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")


def paper(body: bytes = b"1 0 obj<</Type/Catalog>>endobj") -> SimpleUploadedFile:
    """Return a small PDF."""
    data = b"%PDF-1.4\n" + body + b"\ntrailer<<>>\n%%EOF\n"
    return SimpleUploadedFile("koran kota.pdf", data, content_type="application/pdf")


def words(kind: str = Kind.NEWS, **told: object) -> Content:
    """Return the words of an article of a kind, complete but for an e-paper's PDF."""
    told.setdefault("title", "Perbaikan Jalan Merdeka dimulai")
    told.setdefault("text", TEXT)
    if kind == Kind.EVENT:
        told.setdefault("starts_at", timezone.now() + timedelta(days=2))
    return Content(kind=kind, **{**OF_KIND[kind], **told})  # type: ignore[arg-type]  # a test's own words


def own_queries(seen: CaptureQueriesContext) -> int:
    """Return how many queries went to the region; finding the region is cached for a while."""
    return sum('"shared"' not in query["sql"] for query in seen.captured_queries)


@pytest.fixture
def writer(in_region: Region, make_user: Callable) -> object:
    """Writes for the city."""
    return make_user("coordinator")


@pytest.fixture
def reviewer(in_region: Region, make_user: Callable) -> object:
    """Somebody else who may publish."""
    return make_user("admin")


@pytest.fixture
def draft(writer: object) -> Callable[..., Article]:
    """Return a function that writes a draft."""

    def make(kind: str = Kind.NEWS, *, now: datetime | None = None, **told: object) -> Article:
        article = services.create(content=words(kind, **told), by=writer, now=now)
        if kind == Kind.EPAPER:
            article = services.attach_document(article=article, upload=paper(), by=writer)
        return article

    return make


@pytest.fixture
def published(draft: Callable, writer: object, reviewer: object) -> Callable[..., Article]:
    """Return a function that has an article reviewed and published."""

    def make(
        kind: str = Kind.NEWS, *, now: datetime | None = None, at: datetime | None = None,
        **told: object,
    ) -> Article:  # fmt: skip
        article = services.submit(article=draft(kind, now=now, **told), by=writer, now=now)
        return services.approve(article=article, by=reviewer, publish_at=at, now=now)

    return make


@pytest.fixture
def visitor(in_region: Region, client_for: Callable) -> object:
    """Somebody without an account."""
    return client_for(in_region)


@pytest.fixture
def at(client_for: Callable, in_region: Region) -> Callable:
    """Return a function that gives an editor's client."""
    return lambda user: client_for(in_region, user)
