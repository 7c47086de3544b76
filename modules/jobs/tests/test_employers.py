"""An employer signs up, is checked, lets colleagues in, and pays for what it owes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from balai.outbox.models import Event
from modules.jobs.models import Employer, EmployerMember, Vacancy
from modules.jobs.selectors import desk
from modules.jobs.services import employers, moving, sweeping, vacancies
from modules.jobs.states import EmployerState, VacancyState
from modules.jobs.tests.conftest import offer, registration
from modules.jobs.workflow import NotAllowed

pytestmark = pytest.mark.django_db


def test_sign_up_waits_for_an_officer_with_a_clock(recruiter, officer, at, district) -> None:
    client = at(recruiter)
    told = registration(name="PT Maju Jaya", district=district.pk)
    assert client.post("/jobs/employers/new/", {**told, "nib": "12"}).status_code == 422
    page = client.post("/jobs/employers/new/", told)
    row = Employer.objects.get(name="PT Maju Jaya")
    assert page.status_code == 302 and str(row.uuid) in page["Location"]
    assert row.state == EmployerState.PENDING
    assert row.due_at > timezone.now()
    assert row.history[0]["move"] == "register"
    assert told["npwp"].encode() not in bytes(row.npwp)
    assert employers.npwp_tail(row) == "01•••••••••••345"
    with connection.cursor() as cursor:  # the tax number stands nowhere in clear
        cursor.execute("SELECT row_to_json(e)::text FROM jobs_employer e")
        assert told["npwp"] not in "".join(text for (text,) in cursor.fetchall())
    assert client.get(f"/jobs/employers/{row.uuid}/").status_code == 200
    desk_page = at(officer).get("/desk/jobs/")
    assert "PT Maju Jaya" in desk_page.content.decode()
    again = at(recruiter).post("/jobs/employers/new/", {**told, "name": "PT Lain"})
    assert again.status_code == 422  # a NIB is registered once


def test_officers_decide_and_the_employer_corrects(recruiter, officer, at) -> None:
    row = employers.register(told=registration(), by=recruiter)
    page = f"/desk/jobs/employers/{row.uuid}/"
    client = at(officer)
    assert registration()["npwp"] in client.get(page).content.decode()
    assert client.post(page, {"do": "return", "text": ""}).status_code == 422
    assert client.post(page, {"do": "return", "text": "NIB tidak cocok."}).status_code == 302
    mine = at(recruiter).get(f"/jobs/employers/{row.uuid}/").content.decode()
    assert "NIB tidak cocok." in mine
    fixed = employers.amend(
        employer=row, told=registration(nib="9120000000777", npwp=""), by=recruiter
    )
    assert (fixed.state, fixed.nib) == (EmployerState.PENDING, "9120000000777")
    assert client.post(page, {"do": "verify"}).status_code == 302
    fixed.refresh_from_db()
    assert fixed.state == EmployerState.VERIFIED and fixed.verified_at and fixed.due_at is None
    assert registration()["npwp"] not in client.get(page).content.decode()  # the check is over
    same = {name: getattr(fixed, name) for name in employers.TOLD}
    assert employers.amend(employer=fixed, told={**same, "phone": "021 1"}, by=recruiter).state == (
        EmployerState.VERIFIED
    )
    renamed = employers.amend(employer=fixed, told={**same, "name": "PT Baru"}, by=recruiter)
    assert renamed.state == EmployerState.PENDING
    topics = set(Event.objects.filter(key=str(row.uuid)).values_list("topic", flat=True))
    assert {"jobs.employer_register", "jobs.employer_return", "jobs.employer_verify"} <= topics


def test_only_people_of_the_employer_see_it(employer, recruiter, make_user, at) -> None:
    stranger = make_user()
    for place in ("", "edit/", "people/", "new/"):
        assert at(stranger).get(f"/jobs/employers/{employer.uuid}/{place}").status_code == 404
    with pytest.raises(PermissionDenied):
        vacancies.save_draft(employer=employer, told=offer(), by=stranger)
    token = employers.invitation(employer, stranger.email)
    other = make_user()
    assert at(other).get(f"/jobs/employers/join/{token}/").status_code == 404
    assert at(stranger).get(f"/jobs/employers/join/{token}/").status_code == 200
    assert at(stranger).post(f"/jobs/employers/join/{token}/").status_code == 302
    assert at(stranger).get(f"/jobs/employers/{employer.uuid}/").status_code == 200
    owner = EmployerMember.objects.get(user=recruiter)
    with pytest.raises(NotAllowed):  # somebody must decide
        employers.remove(member=owner, by=recruiter)
    with pytest.raises(PermissionDenied):
        employers.remove(member=owner, by=stranger)
    leave = f"/jobs/employers/{employer.uuid}/people/{stranger.uuid}/remove/"
    assert at(stranger).post(leave).status_code == 302
    assert at(stranger).get(f"/jobs/employers/{employer.uuid}/").status_code == 404


def test_an_outcome_owed_holds_the_next_posting(employer, recruiter, officer, opened, at) -> None:
    """Fourteen days after the last day the next vacancy is not accepted until it is reported."""
    long_ago = timezone.now() - timedelta(days=16)
    old = opened(valid_until=timezone.localdate(long_ago), now=long_ago)
    assert sweeping.expire(now=long_ago + timedelta(days=1)) == 1
    assert sweeping.expire(now=timezone.now()) == 0
    old.refresh_from_db()
    assert old.state == VacancyState.EXPIRED
    assert (old.due_at - (long_ago + timedelta(days=1))).days in (13, 14)
    draft = vacancies.save_draft(employer=employer, told=offer(), by=recruiter)
    page = at(recruiter).get(f"/jobs/employers/{employer.uuid}/").content.decode()
    assert f"/jobs/vacancies/{old.uuid}/outcome/" in page
    Vacancy.objects.filter(pk=old.pk).update(due_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(NotAllowed):
        moving.move("submit", draft, by=recruiter)
    report = at(recruiter).post(f"/jobs/vacancies/{old.uuid}/outcome/", {"elsewhere": "1"})
    assert report.status_code == 302
    old.refresh_from_db()
    assert (old.state, old.placed_elsewhere) == (VacancyState.REPORTED, 1)
    assert moving.move("submit", draft, by=recruiter).state == VacancyState.REVIEW
    assert desk.vacancy_counts()["review"] == 1


def test_suspension_takes_every_vacancy_off_the_site(employer, officer, opened, visitor) -> None:
    vacancy = opened()
    assert visitor.get(f"/jobs/{vacancy.uuid}/").status_code == 200
    moving.move("suspend", employer, by=officer, text="Menahan ijazah.")
    assert visitor.get(f"/jobs/{vacancy.uuid}/").status_code == 404
    assert vacancy.title not in visitor.get("/jobs/").content.decode()
    moving.move("reinstate", employer, by=officer)
    assert visitor.get(f"/jobs/{vacancy.uuid}/").status_code == 200


def test_a_vacancy_in_repair_stays_readable_for_its_applicants_and_findable_by_name(
    employer, recruiter, officer, sent, visitor, at
) -> None:
    row = sent()
    place = f"/jobs/{row.vacancy.uuid}/"
    moving.move("take_down", row.vacancy, by=officer, text="Perbaiki upah.")
    assert at(row.seeker.user).get(place).status_code == 200
    assert visitor.get(place).status_code == 404
    vacancy = moving.move("submit", row.vacancy, by=recruiter)
    vacancies.publish(vacancy=vacancy, by=officer)
    same = {name: getattr(employer, name) for name in employers.TOLD}
    employers.amend(employer=employer, told={**same, "name": "PT Garuda Baja"}, by=recruiter)
    assert row.vacancy.title in visitor.get("/jobs/?q=garuda").content.decode()
