"""Files as people send them, and jobs done here and now."""

import csv
import io
from collections.abc import Callable, Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from balai.context import Region
from balai.importing.models import ImportRun
from balai.outbox import delivery
from balai.outbox.models import Event
from tests.support.committed import cities

__all__ = ["cities"]

Rows = Sequence[Sequence[object]]


def table(rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", name: str = "tabel.csv"):
    """Return an uploaded CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return SimpleUploadedFile(name, out.getvalue().encode(encoding))


def workbook(rows: Rows, name: str = "tabel.xlsx") -> SimpleUploadedFile:
    """Return an uploaded workbook."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def work(most: int = 10_000) -> int:
    """Deliver waiting events of imports, one after the other; return how many there were."""
    for count in range(most):
        event = Event.objects.filter(topic="importing.step", done_at=None).order_by("id").first()
        if event is None:
            return count
        assert delivery.deliver(event.pk), Event.objects.get(pk=event.pk).last_error
    return most


@pytest.fixture
def admin(in_region: Region, make_user: Callable) -> object:
    """Somebody who may import."""
    return make_user("admin")


@pytest.fixture
def page(in_region: Region, admin: object, client_for: Callable) -> Client:
    """A browser of theirs."""
    return client_for(in_region, admin)


@pytest.fixture
def send(page: Client) -> Callable[..., ImportRun]:
    """Return a function that uploads a file and tries it with the columns as recognised."""

    def upload(file: object, kind: str = "specimen.notes", **more: object) -> ImportRun:
        answer = page.post(f"/console/import/new/{kind}/", {"file": file})
        assert answer.status_code == 302, answer.content.decode()
        run = ImportRun.objects.latest("id")
        chosen = {f"column_{name}": place for name, place in run.mapping.items()}
        answer = page.post(f"/console/import/{run.uuid}/columns/", {**chosen, **more})
        assert answer.status_code == 302, answer.content.decode()
        work()
        run.refresh_from_db()
        return run

    return upload
