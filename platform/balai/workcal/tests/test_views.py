from datetime import date

import pytest

from balai.workcal.models import Holiday, WorkingHours

PAGES = (
    "/console/calendar/",
    "/console/calendar/?year=2027",
    "/console/calendar/add/",
    "/console/calendar/hours/",
)


@pytest.fixture
def admin(in_region, make_user, client_for):
    return client_for(in_region, make_user("admin"))


@pytest.mark.parametrize("page", PAGES)
def test_pages_show_for_admins_only(in_region, admin, make_user, client_for, page):
    assert admin.get(page).status_code == 200
    assert client_for(in_region).get(page).status_code == 302
    assert client_for(in_region, make_user("leader")).get(page).status_code == 403


def test_a_year_is_listed_in_both_languages(admin):
    page = admin.get("/console/calendar/?year=2026").content.decode()
    assert "Senin, 17 Agustus 2026" in page
    assert "Proklamasi Kemerdekaan" in page
    assert "07.30–16.00" in page
    admin.cookies["balai_language"] = "en"
    page = admin.get("/console/calendar/?year=2026").content.decode()
    assert "Independence Day" in page
    assert "Proklamasi" not in page


@pytest.mark.parametrize("year", ["2045", "abc", "-1", "99999999999999999999", "٢٠٢٦", "²"])
def test_any_year_in_the_address_is_answered(admin, year):
    assert admin.get("/console/calendar/", {"year": year}).status_code == 200


def test_dates_that_wait_for_the_moon_say_so(admin):
    page = admin.get("/console/calendar/?year=2027").content.decode()
    assert page.count("dipastikan menjelang harinya") == 7


def test_a_local_holiday_is_added_changed_and_removed(admin):
    answer = admin.post("/console/calendar/add/", {"date": "2027-02-26", "name": "Hari jadi"})
    assert answer["Location"] == "/console/calendar/?year=2027"
    holiday = Holiday.objects.get(kind="local")
    admin.post(f"/console/calendar/{holiday.pk}/", {"date": "2027-02-25", "name": "Hari jadi kota"})
    holiday.refresh_from_db()
    assert (holiday.date, holiday.name) == (date(2027, 2, 25), "Hari jadi kota")
    asked = admin.get(f"/console/calendar/{holiday.pk}/remove/").content.decode()
    assert "Kamis, 25 Februari 2027" in asked
    assert Holiday.objects.filter(pk=holiday.pk).exists()
    admin.post(f"/console/calendar/{holiday.pk}/remove/")
    assert not Holiday.objects.filter(pk=holiday.pk).exists()


def test_a_taken_day_is_refused_with_its_name(admin):
    answer = admin.post("/console/calendar/add/", {"date": "2026-08-17", "name": "Lagi"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Hari ini sudah libur: Proklamasi Kemerdekaan." in page
    assert 'value="Lagi"' in page


def test_national_holidays_have_no_page_to_change_them(admin):
    national = Holiday.objects.get(date=date(2026, 8, 17))
    for page in (f"/console/calendar/{national.pk}/", f"/console/calendar/{national.pk}/remove/"):
        assert admin.get(page).status_code == 404
        assert admin.post(page).status_code == 404


def test_national_holidays_are_loaded_again(admin):
    Holiday.objects.filter(date=date(2027, 1, 1)).delete()
    page = admin.post("/console/calendar/national/", follow=True).content.decode()
    assert "1 ditambah" in page
    assert (
        "Libur nasional tidak berubah"
        in admin.post("/console/calendar/national/", follow=True).content.decode()
    )
    assert admin.get("/console/calendar/national/").status_code == 405


def hours(**changes: str) -> dict[str, str]:
    usual = {f"opens_{day}": "07:30" for day in range(5)} | {
        f"closes_{day}": "16:00" for day in range(5)
    }
    return usual | changes


def test_office_hours_are_changed(admin):
    answer = admin.post("/console/calendar/hours/", hours(opens_5="08:00", closes_5="12:00"))
    assert answer.status_code == 302
    assert WorkingHours.objects.get().hours[5] == ["08:00", "12:00"]
    assert "08.00–12.00" in admin.get("/console/calendar/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_0": ""},
        {"closes_0": "07:00"},
        {"opens_0": "25:00"},
        {f"{a}_{n}": "" for a in ("opens", "closes") for n in range(5)},
    ],
)
def test_hours_that_make_no_sense_are_refused(admin, wrong):
    before = WorkingHours.objects.get().hours
    assert admin.post("/console/calendar/hours/", hours(**wrong)).status_code == 422
    assert WorkingHours.objects.get().hours == before
