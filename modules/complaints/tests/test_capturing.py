"""A permission to take a photo: for one officer, one report, one photo, and not for long."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from balai.context import Region, region_context
from modules.complaints import services
from modules.complaints.models import Capture, Complaint
from modules.complaints.services import capturing
from modules.complaints.workflow import NotAllowed


@pytest.fixture
def case(routed: Callable, officer: object) -> Complaint:
    return services.accept(complaint=routed(), by=officer)


def issued(case: Complaint, officer: object, **options: object) -> Capture:
    (row,) = capturing.issue(complaint=case, by=officer, **options)
    return row


def redeem(row: Capture, case: Complaint, by: object, **options: object) -> str:
    options.setdefault("now", timezone.now())
    options.setdefault("captured_at", None)
    return capturing.redeem(row.nonce, complaint=case, by=by, **options)


def test_it_is_good_once(case: Complaint, officer: object) -> None:
    row = issued(case, officer)
    assert [redeem(row, case, officer) for _ in range(3)] == ["", "used", "used"]
    assert Capture.objects.get(nonce=row.nonce).used_at is not None


def test_of_two_at_once_one_is_served(case: Complaint, officer: object) -> None:
    """Both have read the row as unspent; the conditional UPDATE decides."""
    row, now = issued(case, officer), timezone.now()
    read = Capture.objects.filter(nonce=row.nonce, used_at=None)
    assert [read.update(used_at=now), read.update(used_at=now)] == [1, 0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM complaints_capture WHERE used_at IS NOT NULL")
        assert cursor.fetchone() == (1,)


def test_somebody_elses_and_another_reports_are_worth_nothing(
    case: Complaint, routed: Callable, officer: object, agency: object, make_user: Callable
) -> None:
    row, colleague, other = issued(case, officer), make_user("officer", agency), routed()
    assert redeem(row, case, colleague) == "somebody_else"
    assert redeem(row, other, officer) == "other_report"
    assert redeem(row, case, officer) == "", "the tries have not spent it"


def test_invented_ones_are_unknown(case: Complaint, officer: object) -> None:
    assert redeem(Capture(nonce=uuid4()), case, officer) == "unknown"
    assert redeem(Capture(nonce=None), case, officer) == "none"


def test_another_citys_is_unknown_here(
    case: Complaint, officer: object, other_region: Region, make_user: Callable
) -> None:
    row = issued(case, officer)
    with region_context(other_region):
        assert redeem(row, case, make_user("admin")) == "unknown"
        assert not Capture.objects.exists()
    assert redeem(row, case, officer) == ""


@pytest.mark.parametrize(
    ("minutes", "answer"), [(0, ""), (9, ""), (11, "expired"), (600, "expired")]
)
def test_it_is_good_for_ten_minutes_by_our_clock(
    minutes: int, answer: str, case: Complaint, officer: object
) -> None:
    row = issued(case, officer)
    late = row.issued_at + timedelta(minutes=minutes)
    assert redeem(row, case, officer, now=late, captured_at=row.issued_at) == answer


@pytest.mark.parametrize(
    ("captured", "arrived", "answer"),
    [
        (timedelta(hours=5), timedelta(hours=6), ""),
        (timedelta(hours=23), timedelta(hours=30), ""),
        (timedelta(hours=25), timedelta(hours=26), "expired"),
        (timedelta(hours=20), timedelta(hours=80), "expired"),
        (timedelta(hours=-1), timedelta(hours=1), "expired"),
        (timedelta(hours=9), timedelta(hours=8), "expired"),
    ],
)
def test_a_prefetched_one_goes_by_when_the_photo_was_taken(
    captured: timedelta, arrived: timedelta, answer: str, case: Complaint, officer: object
) -> None:
    row = issued(case, officer, prefetched=True)
    start: datetime = row.issued_at
    answered = redeem(row, case, officer, captured_at=start + captured, now=start + arrived)
    assert answered == answer


def test_they_are_for_those_who_handle_the_case(
    case: Complaint, stranger: object, validator: object
) -> None:
    for person in (stranger, validator):
        with pytest.raises(PermissionDenied):
            capturing.issue(complaint=case, by=person)


def test_not_too_many_lie_around_and_old_ones_are_forgotten(
    case: Complaint, officer: object
) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    capturing.issue(complaint=case, by=officer, count=5, now=long_ago)
    capturing.issue(complaint=case, by=officer, count=capturing.MOST)
    with pytest.raises(NotAllowed):
        capturing.issue(complaint=case, by=officer)
    assert capturing.forget(now=timezone.now()) == 5
    assert Capture.objects.count() == capturing.MOST
