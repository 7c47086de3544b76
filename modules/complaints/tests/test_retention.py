"""After its time a report is a tombstone: no row and no file still holds what people told."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.postgres.search import SearchVectorField
from django.core.files.storage import default_storage
from django.db import connection, models as db
from django.utils import timezone

from balai.audit.models import Entry as AuditEntry
from balai.context import Region
from balai.files.models import StoredFile
from balai.notify import subscriptions
from modules.complaints import models, services
from modules.complaints.models import Complaint, Entry, Photo
from modules.complaints.services import merging, retention
from modules.complaints.states import State
from modules.complaints.tests.conftest import photo

CANARY = "Kenari-Lama-91"
MAIL = "kenari-lama@contoh.test"


def _later(years: int, days: int = 2) -> datetime:
    return timezone.now() + timedelta(days=365 * years + years // 4 + days)


def _tables_with(word: str) -> list[str]:
    """Return the tables of the region in which some row holds ``word``, found row by row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' "
            "AND table_schema = current_schema()"
        )
        names = [name for (name,) in cursor.fetchall()]
        found = []
        for name in names:
            table = connection.ops.quote_name(name)
            cursor.execute(
                f"SELECT count(*) FROM {table} AS row WHERE row::text ILIKE %s", [f"%{word}%"]
            )
            if cursor.fetchone()[0]:
                found.append(name)
        return found


@pytest.fixture
def ended(resolved: Callable, coordinator: object, make_user: Callable) -> Callable[..., Complaint]:
    """Return a function that makes a closed report with the canary wherever words can stand."""

    def make(**told: object) -> Complaint:
        report = resolved(
            text=f"{CANARY} lampu mati di depan rumah saya.", title=CANARY, landmark=CANARY,
            name=CANARY, email=MAIL, pin=(-6.17, 106.63), photos=[photo(f"{CANARY}.jpg")], **told,
        )  # fmt: skip
        services.message(complaint=report, text=f"{CANARY} pesan", by=coordinator)
        services.reply(complaint=report, text=f"{CANARY} jawaban")
        subject = f"complaints.report:{report.uuid}"
        subscriptions.follow(subject=subject, user=make_user(), language="id")
        return services.confirm(complaint=report, text=f"{CANARY} terima kasih")

    return make


def test_nothing_of_it_is_left_in_any_row_or_file(
    ended: Callable, django_capture_on_commit_callbacks: Callable
) -> None:
    report = ended()
    kept = StoredFile.objects.filter(owner=str(report.uuid))
    paths = [f"complaints/{file.uuid}" for file in kept]
    assert len(paths) == 2
    assert all(default_storage.listdir(path)[1] for path in paths)
    assert "complaints_complaint" in _tables_with(CANARY)
    assert retention.sweep(now=_later(4)) == 0
    assert "complaints_complaint" in _tables_with(CANARY)

    with django_capture_on_commit_callbacks(execute=True):
        assert retention.sweep(now=_later(5)) == 1
    assert _tables_with(CANARY) == []
    assert _tables_with(MAIL) == []
    assert not any(default_storage.listdir(path)[1] for path in paths)
    stone = Complaint.objects.get(pk=report.pk)
    assert (stone.state, stone.text, stone.latitude, stone.reporter) == (
        State.CLOSED,
        "",
        None,
        None,
    )
    assert (stone.number, stone.category, stone.district) == (
        report.number, report.category, report.district,
    )  # fmt: skip
    assert stone.erased_at is not None
    assert subscriptions.recipients(f"complaints.report:{report.uuid}") == []
    moves = (
        Entry.objects.filter(complaint=report).exclude(to_state="").values_list("move", flat=True)
    )
    assert list(moves) == ["report", "verify", "accept", "resolve", "confirm"]
    assert AuditEntry.objects.filter(action="complaints.erased", target=report.number).count() == 1


def test_a_second_run_does_nothing(ended: Callable) -> None:
    ended()
    assert [retention.sweep(now=_later(5)) for _ in range(2)] == [1, 0]
    assert AuditEntry.objects.filter(action="complaints.erased").count() == 1


def test_rejected_reports_go_after_a_year_and_settings_count(
    make_report: Callable, coordinator: object, with_settings: Callable
) -> None:
    report = services.reject(complaint=make_report(), reason=CANARY, by=coordinator)
    assert retention.sweep(now=_later(0)) == 0
    with_settings(keep_rejected_years=2)
    assert retention.sweep(now=_later(1)) == 0
    assert retention.sweep(now=_later(2)) == 1
    report.refresh_from_db()
    assert report.erased_at is not None


def test_open_reports_are_never_emptied(routed: Callable, make_report: Callable) -> None:
    routed()
    make_report()
    assert retention.sweep(now=_later(30)) == 0


def test_a_duplicate_is_kept_as_long_as_its_case(
    routed: Callable, ended: Callable, coordinator: object, officer: object
) -> None:
    main, double = routed(), routed()
    merging.merge(complaint=double, into=main, by=coordinator)
    assert retention.sweep(now=_later(9)) == 0
    main = services.accept(complaint=main, by=officer)
    main = services.resolve(complaint=main, text="Selesai.", photos=[photo()], by=officer)
    services.confirm(complaint=main)
    assert retention.sweep(now=_later(4)) == 0
    assert retention.sweep(now=_later(5)) == 2


def test_one_that_fails_keeps_back_no_other(
    ended: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = ended(), ended()
    real = retention.erase

    def broken(*, pk: int, now: datetime) -> bool:
        if pk == first.pk:
            raise RuntimeError("disk")
        return real(pk=pk, now=now)

    monkeypatch.setattr(retention, "erase", broken)
    with pytest.raises(ExceptionGroup):
        retention.sweep(now=_later(5))
    second.refresh_from_db()
    assert second.erased_at is not None


def test_the_page_says_what_happened_and_lists_pass_it_over(
    ended: Callable, visitor: object, coordinator: object, client_for: Callable, in_region: Region
) -> None:
    report = ended()
    retention.sweep(now=_later(5))
    page = visitor.get(f"/complaints/{report.uuid}/")
    assert page.status_code == 200
    assert "dikosongkan" in page.content.decode() or "emptied" in page.content.decode()
    assert str(report.uuid) not in visitor.get("/complaints/").content.decode()
    desk = client_for(in_region, coordinator).get(f"/desk/complaints/{report.uuid}/")
    assert desk.status_code == 200
    assert not Photo.objects.filter(complaint=report).exists()


def test_every_table_that_speaks_of_a_report_is_covered() -> None:
    """A new table with a key to reports must be thought of here."""
    speaking = {
        model.__name__
        for model in vars(models).values()
        if isinstance(model, type)
        and hasattr(model, "_meta")
        and any(field.related_model in (Complaint, Photo) for field in model._meta.fields)
    }
    assert speaking <= retention.COVERED


def test_every_text_and_place_of_a_report_is_cleared_or_known_to_be_harmless() -> None:
    """A new column that can hold words, numbers of a place or a person must be thought of here."""
    harmless = {
        "number", "secret_hash", "kind", "identity", "language", "state", "source",  # our own words
        "category", "area", "district", "agency", "merged_into", "api_key", "assignee",  # offices
    }  # fmt: skip
    telling = (
        db.CharField, db.TextField, db.JSONField, db.FloatField, db.ForeignKey, SearchVectorField,
    )  # fmt: skip
    fields = {field.name for field in Complaint._meta.fields if isinstance(field, telling)}
    assert fields - harmless == {*retention.CLEARED, "title"} - {"published_at", "seen_at"}
