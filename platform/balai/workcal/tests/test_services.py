from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.signals import request_finished, request_started

from balai import workcal
from balai.audit.models import Entry
from balai.context import region_context
from balai.workcal import data, loader, services
from balai.workcal.models import Holiday, WorkingHours
from balai.workcal.week import OFFICE_WEEK

pytestmark = pytest.mark.usefixtures("in_region")
ANNIVERSARY = date(2027, 2, 26)


@pytest.fixture
def request_memory():
    """What the web server does around a request."""
    loader.begin()
    yield
    loader.end()


def test_an_opened_region_has_the_national_holidays():
    assert Holiday.objects.count() == 51
    assert not workcal.is_working_day(date(2026, 8, 17))
    assert not workcal.is_working_day(date(2026, 12, 24))
    assert workcal.is_working_day(date(2026, 12, 23))


def test_loading_again_changes_nothing():
    entries = Entry.objects.count()
    assert not services.load_national_holidays()
    assert Entry.objects.count() == entries


def test_a_moved_date_is_moved_and_a_local_holiday_kept():
    lebaran = Holiday.objects.get(date=date(2027, 3, 10))
    lebaran.date = date(2027, 3, 17)
    lebaran.save()
    Holiday.objects.filter(date=date(2027, 3, 11)).update(kind="local", name="Hari jadi")
    Holiday.objects.filter(date=date(2027, 3, 12)).update(name="Salah")
    result = services.load_national_holidays(years=[2027])
    assert (result.added, result.changed, result.removed, result.kept) == (1, 1, 1, 1)
    assert not Holiday.objects.filter(date=date(2027, 3, 17)).exists()
    assert Holiday.objects.get(date=date(2027, 3, 11)).name == "Hari jadi"
    assert Entry.objects.filter(action="calendar.imported", target="2027").exists()


def test_only_the_years_asked_for_are_loaded():
    Holiday.objects.all().delete()
    assert services.load_national_holidays(years=[2026]).added == 25
    with pytest.raises(data.UnknownYearError):
        services.load_national_holidays(years=[1999])


def test_a_local_holiday_moves_deadlines_at_once():
    start = datetime(2027, 2, 25, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert workcal.add_working_days(start, 1).date() == ANNIVERSARY
    holiday = services.add_holiday(day=ANNIVERSARY, name="Hari jadi kota")
    assert workcal.add_working_days(start, 1).date() == date(2027, 3, 1)
    services.remove_holiday(holiday_id=holiday.pk)
    assert workcal.add_working_days(start, 1).date() == ANNIVERSARY
    actions = Entry.objects.filter(target=ANNIVERSARY.isoformat()).values_list("action", flat=True)
    assert set(actions) == {"calendar.holiday_added", "calendar.holiday_removed"}


def test_a_day_is_taken_once_and_national_days_stay_as_decreed():
    with pytest.raises(ValidationError, match="Proklamasi"):
        services.add_holiday(day=date(2026, 8, 17), name="Lagi")
    holiday = services.add_holiday(day=ANNIVERSARY, name="Hari jadi")
    with pytest.raises(ValidationError):
        services.change_holiday(holiday_id=holiday.pk, day=date(2026, 8, 17), name="Hari jadi")
    moved = services.change_holiday(holiday_id=holiday.pk, day=date(2027, 2, 25), name="Jadi")
    assert Holiday.objects.get(pk=moved.pk).date == date(2027, 2, 25)
    national = Holiday.objects.get(date=date(2026, 8, 17))
    for change in (
        lambda: services.remove_holiday(holiday_id=national.pk),
        lambda: services.change_holiday(holiday_id=national.pk, day=ANNIVERSARY, name="x"),
    ):
        with pytest.raises(Holiday.DoesNotExist):
            change()


def test_office_hours_end_the_deadline():
    week = (*[(time(8), time(14))] * 6, None)
    services.set_hours(week=week)
    services.set_hours(week=week)
    friday = datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
    due = workcal.add_working_days(friday, 1)
    assert due == datetime(2026, 11, 28, 14, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert Entry.objects.filter(action="calendar.hours_changed").count() == 1
    with pytest.raises(ValueError, match="at least one"):
        services.set_hours(week=(None,) * 7)
    assert WorkingHours.objects.get().hours[0] == ["08:00", "14:00"]


def test_one_query_a_request_however_often_it_is_asked(django_assert_num_queries, request_memory):
    workcal.calendar()
    loader.forget()
    with django_assert_num_queries(1):
        for _ in range(20):
            workcal.working_days_between(
                datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
            )


def test_a_request_begins_and_ends_the_memory():
    # Asked of the receivers: sending the signals would close the test's own connection.
    for signal, receiver in ((request_started, loader.begin), (request_finished, loader.end)):
        assert receiver in [entry for kind in signal._live_receivers(None) for entry in kind]


def test_a_change_in_the_same_request_is_seen(request_memory):
    assert workcal.is_working_day(ANNIVERSARY)
    services.add_holiday(day=ANNIVERSARY, name="Hari jadi")
    assert not workcal.is_working_day(ANNIVERSARY)


def test_a_change_by_another_process_is_seen_in_the_next_request(request_memory):
    import uuid

    assert workcal.is_working_day(ANNIVERSARY)
    Holiday.objects.create(date=ANNIVERSARY, name="Hari jadi")
    WorkingHours.objects.update(version=uuid.uuid4())
    assert workcal.is_working_day(ANNIVERSARY)
    loader.begin()
    assert not workcal.is_working_day(ANNIVERSARY)


def test_each_region_has_its_own_calendar(other_region, request_memory):
    services.add_holiday(day=ANNIVERSARY, name="Hari jadi Kota Tangerang")
    assert not workcal.is_working_day(ANNIVERSARY)
    with region_context(other_region):
        assert workcal.is_working_day(ANNIVERSARY)
    assert not workcal.is_working_day(ANNIVERSARY)


def test_a_region_without_a_row_of_hours_has_the_usual_week():
    WorkingHours.objects.all().delete()
    calendar = workcal.calendar()
    assert calendar.week == OFFICE_WEEK
    assert len(calendar.holidays) == 51
