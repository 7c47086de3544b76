"""A seeker applies and an employer answers, through every state, on both sides' pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.outbox.models import Event
from balai.privacy import subjects
from balai.privacy.person import Person
from modules.jobs.models import Application, Seeker
from modules.jobs.selectors import employers as employer_rows, seekers
from modules.jobs.services import applying, hiring
from modules.jobs.states import ApplicationState, VacancyState
from modules.jobs.tests.conftest import pdf, person
from modules.jobs.tests.delivering import deliver
from modules.jobs.workflow import NotAllowed

pytestmark = pytest.mark.django_db


def rows(name: str, *filled: dict) -> dict[str, str]:
    """Return what a browser sends for a list of the profile."""
    told = {f"{name}-TOTAL_FORMS": str(len(filled) + 2), f"{name}-INITIAL_FORMS": "0"}
    for at, row in enumerate(filled):
        told |= {f"{name}-{at}-{key}": value for key, value in row.items()}
    return told


def test_a_profile_first_then_back_to_the_vacancy(opened, make_user, at) -> None:
    user, vacancy = make_user(), opened()
    client, onward = at(user), f"/jobs/{vacancy.uuid}/apply/"
    first = client.get(onward)
    assert first.status_code == 302 and first["Location"].startswith("/jobs/profile/?next=")
    plain = {k: v for k, v in person().items() if isinstance(v, str)} | {"education": "31"}
    work = rows("experience", {"role": "Kasir", "since": "2020", "until": "2019"})
    lists = work | rows("training") | rows("languages", {"name": "Jawa", "level": "fluent"})
    wrong = client.post("/jobs/profile/", plain | lists)
    assert wrong.status_code == 422 and "SMKN 2" in wrong.content.decode()
    lists["experience-0-until"] = ""
    assert client.post("/jobs/profile/", plain | lists | {"next": onward})["Location"] == onward
    seeker = Seeker.objects.get(user=user)
    assert [row["role"] for row in seeker.experience] == ["Kasir"]
    assert client.get(onward).status_code == 200
    sent = client.post(onward, {"letter": "Saya berminat."})
    row = Application.objects.get(seeker=seeker)
    assert str(row.uuid) in sent["Location"]
    assert client.get(onward).status_code == 302  # a second one is the first
    assert vacancy.title in client.get("/jobs/applications/").content.decode()


def test_both_sides_go_through_every_state(sent, recruiter, at) -> None:
    row = sent()
    user, boss, client = row.seeker.user, at(recruiter), at(row.seeker.user)
    place, own = f"/jobs/applicants/{row.uuid}/", f"/jobs/applications/{row.uuid}/"
    opened_page = boss.get(place).content.decode()
    assert "Saya berminat." in opened_page and row.seeker.phone in opened_page
    assert state_of(row) == ApplicationState.SEEN
    assert boss.post(place, {"do": "shortlist"}).status_code == 302
    assert boss.get(f"{place}?do=invite").status_code == 200
    soon = timezone.localtime() + timedelta(days=2)
    slots = {"slot_1": soon.strftime("%Y-%m-%dT10:00"), "slot_2": soon.strftime("%Y-%m-%dT14:00")}
    assert boss.post(place, {"do": "invite", "place": "", **slots}).status_code == 422
    assert boss.post(place, {"do": "invite", "place": "Kantor", **slots}).status_code == 302
    row.refresh_from_db()
    page = client.get(own).content.decode()
    assert page.count('name="slot"') == 2 and "Kantor" in page
    client.post(f"{own}time/", {"slot": "bukan waktu"})
    assert Application.objects.get(pk=row.pk).interview_at is None
    client.post(f"{own}time/", {"slot": row.slot_times[1].isoformat()})
    assert Application.objects.get(pk=row.pk).interview_at == row.slot_times[1]
    assert boss.post(place, {"do": "offer", "text": "Rp4.800.000"}).status_code == 302
    assert "Rp4.800.000" in client.get(own).content.decode()
    assert client.get(f"{own}accept/").status_code == 200
    assert client.post(f"{own}accept/").status_code == 302
    assert state_of(row) == ApplicationState.HIRED
    assert boss.post(place, {"do": "reconsider"}).status_code == 302
    assert boss.post(place, {"do": "reject", "text": ""}).status_code == 422
    assert boss.post(place, {"do": "reject", "text": "Maaf."}).status_code == 302
    assert state_of(row) == ApplicationState.REJECTED
    messages = [m.template for m in deliver() if m.recipient == user.email]
    assert messages.count("jobs/applicant") == 6  # sent, shortlist, invite, offer, back, reject


def state_of(row: Application) -> str:
    """Return where an application stands now."""
    return Application.objects.get(pk=row.pk).state


def test_the_last_place_fills_the_vacancy(opened, sent, recruiter) -> None:
    vacancy = opened(headcount=2)
    first, second = sent(vacancy), sent(vacancy)
    for application in (first, second):
        hiring.see(application=application, by=recruiter)
    hiring.hire(application=Application.objects.get(pk=first.pk), by=recruiter)
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.OPEN
    hiring.shortlist(application=Application.objects.get(pk=second.pk), by=recruiter)
    hiring.offer(application=Application.objects.get(pk=second.pk), text="Mari.", by=recruiter)
    applying.accept(
        application=Application.objects.get(pk=second.pk), by=second.seeker.user
    )  # by the applicant
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.FILLED and vacancy.due_at
    assert not vacancy.is_open()


def test_two_applicants_never_get_the_same_time(opened, sent, recruiter) -> None:
    vacancy, slot = opened(), timezone.now() + timedelta(days=1)
    pair = [sent(vacancy), sent(vacancy)]
    invited = [
        hiring.invite(application=row, slots=[slot], place="x", shared=False, by=recruiter)
        for row in pair
    ]
    at = invited[0].slot_times[0]
    applying.choose_slot(application=invited[0], slot=at, by=pair[0].seeker.user)
    with pytest.raises(NotAllowed):
        applying.choose_slot(application=invited[1], slot=at, by=pair[1].seeker.user)
    again = hiring.invite(
        application=invited[1], slots=[slot], place="x", shared=True, by=recruiter
    )
    applying.choose_slot(application=again, slot=at, by=pair[1].seeker.user)
    with pytest.raises(NotAllowed):  # only times ahead are proposed
        hiring.invite(
            application=invited[0], slots=[timezone.now()], place="x", shared=False, by=recruiter
        )


def test_withdrawing_hides_the_person_and_can_be_undone(sent, recruiter, at) -> None:
    row = sent()
    boss, client = at(recruiter), at(row.seeker.user)
    assert row.seeker.phone in boss.get(f"/jobs/applicants/{row.uuid}/").content.decode()
    assert client.get(f"/jobs/applications/{row.uuid}/withdraw/").status_code == 200
    client.post(f"/jobs/applications/{row.uuid}/withdraw/", {"text": "Sudah bekerja."})
    assert boss.get(f"/jobs/applicants/{row.uuid}/").status_code == 404
    listed = boss.get(f"/jobs/vacancies/{row.vacancy.uuid}/").content.decode()
    assert row.seeker.name not in listed
    applying.apply(vacancy=row.vacancy, seeker=row.seeker, letter="Sekali lagi.")
    row.refresh_from_db()
    assert (row.state, row.letter) == (ApplicationState.SENT, "Sekali lagi.")
    assert boss.get(f"/jobs/applicants/{row.uuid}/").status_code == 200


def test_nobody_else_reads_an_application(sent, make_user, at, visitor) -> None:
    row, stranger = sent(), make_user()
    for place in (
        f"/jobs/applications/{row.uuid}/", f"/jobs/applicants/{row.uuid}/",
        f"/jobs/vacancies/{row.vacancy.uuid}/",
    ):  # fmt: skip
        assert at(stranger).get(place).status_code == 404
        assert visitor.get(place).status_code == 302
    assert at(stranger).post(f"/jobs/applications/{row.uuid}/withdraw/").status_code == 404
    events = Event.objects.filter(topic__startswith="jobs.")
    assert row.seeker.name not in str(list(events.values_list("payload", "key")))


def test_the_cv_is_for_those_it_was_sent_to(sent, recruiter, make_user, at, visitor) -> None:
    row = sent()
    owner = at(row.seeker.user)
    upload = lambda data, name="cv.pdf": owner.post(  # noqa: E731  # said three times
        "/jobs/profile/cv/", {"cv": SimpleUploadedFile(name, data, "application/pdf")}
    )
    assert upload(b"<html>bukan pdf</html>").status_code == 422
    assert upload(pdf(), "../../etc/CV Dewi.pdf").status_code == 302
    seeker = Seeker.objects.get(pk=row.seeker_id)
    assert seeker.cv_name == "CV Dewi.pdf"
    place = f"/jobs/cv/{seeker.cv_key}/"
    for client, status in (
        (owner, 200), (at(recruiter), 200), (at(make_user()), 404), (visitor, 302),
    ):  # fmt: skip
        assert client.get(place).status_code == status
    answer = at(recruiter).get(place)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    applying.withdraw(application=row, by=row.seeker.user)
    assert at(recruiter).get(place).status_code == 404
    assert owner.post("/jobs/profile/cv/delete/").status_code == 302
    assert owner.get(place).status_code == 404


def test_queries_do_not_grow_with_applicants(opened, sent, recruiter) -> None:
    vacancy = opened(headcount=9)
    sent(vacancy)

    def read() -> int:
        with CaptureQueriesContext(connection) as seen:
            [str(r.seeker.district) for r in employer_rows.applicants(vacancy)]
            list(employer_rows.vacancies(vacancy.employer))
            [r.vacancy.employer.name for r in seekers.applications(recruiter)]
        return len(seen)

    before = read()
    sent(vacancy), sent(vacancy)
    assert read() == before == 3


def test_what_an_account_left_is_handed_out(sent) -> None:
    row = sent()
    told = subjects.collect(Person(user=row.seeker.user))
    assert told["jobs"]["applications"][0]["vacancy"] == row.vacancy.title
    assert told["jobs"]["profile"]["phone"] == row.seeker.phone
