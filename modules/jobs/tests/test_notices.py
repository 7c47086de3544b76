"""Who is told of what: both sides, the office when it is late, nobody of a sample."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from balai.accounts import people
from balai.notify.models import Message
from balai.notify.rendering import render
from balai.workcal import clocks
from modules.jobs.models import Application, Employer, EmployerMember, Seeker, Vacancy
from modules.jobs.receivers import employers as employer_receiver, seekers as applicant_receiver
from modules.jobs.services import applying, employers, hiring, moving, profiles, sweeping
from modules.jobs.tests.conftest import pdf, person, registration
from modules.jobs.tests.delivering import deliver, told

pytestmark = pytest.mark.django_db


def test_the_employer_hears_of_the_office_and_of_applicants(sent, recruiter) -> None:
    row = sent()
    applying.withdraw(application=row, by=row.seeker.user)
    messages = deliver()
    assert told(messages, recruiter.email) == [
        "registration", "vacancy", "candidate", "candidate",
    ]  # fmt: skip
    assert told(messages, row.seeker.user.email) == ["applicant"]
    written = " ".join(str(m.context) for m in messages if m.recipient == recruiter.email)
    assert row.seeker.name not in written and row.seeker.phone not in written


def test_nobody_is_written_to_about_a_sample(sent) -> None:
    row = sent()
    Employer.objects.update(sample=True)
    Vacancy.objects.update(sample=True)
    assert deliver() == []
    assert row.pk


def test_what_is_late_is_told_to_officers(recruiter, officer) -> None:
    now = timezone.now()
    employers.register(told=registration(), by=recruiter, now=now)
    clocks.sweep(now=now + timedelta(days=10))
    assert told(deliver(), officer.email) == ["late"]


def test_a_checked_one_is_never_late(recruiter, officer) -> None:
    now = timezone.now()
    row = employers.register(told=registration(), by=recruiter, now=now)
    employers.verify(employer=row, by=officer, now=now)
    clocks.sweep(now=now + timedelta(days=10))
    assert "late" not in told(deliver(), officer.email)


def test_an_outcome_is_asked_for_before_it_is_missed(opened, recruiter) -> None:
    now = timezone.now()
    opened(valid_until=timezone.localdate())
    end = now + timedelta(days=1)
    sweeping.expire(now=end)
    clocks.sweep(now=end + timedelta(days=8))
    clocks.sweep(now=end + timedelta(days=15))
    assert told(deliver(), recruiter.email)[-3:] == ["vacancy", "outcome", "outcome"]
    over = [m.context["over"] for m in Message.objects.filter(template="jobs/outcome")]
    assert sorted(over) == [False, True]


def test_who_closes_the_account_is_forgotten_but_counted(opened, sent, recruiter) -> None:
    vacancy = opened(headcount=5)
    row = sent(vacancy)
    hiring.see(application=row, by=recruiter)
    hired = hiring.hire(application=Application.objects.get(pk=row.pk), by=recruiter, text="Mari.")
    other = applying.apply(vacancy=opened(), seeker=row.seeker, letter="Rahasia")
    user = row.seeker.user
    people.close_account(user=user)
    deliver("accounts.")
    seeker = Seeker.objects.get(user=user)
    assert (seeker.name, seeker.phone, seeker.experience) == ("", "", [])
    assert Application.objects.get(pk=hired.pk).state == "hired"
    gone = Application.objects.get(pk=other.pk)
    assert (gone.state, gone.letter) == ("withdrawn", "")
    assert "Mari." not in str(Application.objects.get(pk=hired.pk).history)
    people.close_account(user=recruiter)
    deliver("accounts.")
    assert not EmployerMember.objects.filter(user=recruiter).exists()


def test_a_suspended_employer_reads_nobody(sent, recruiter, officer, at) -> None:
    row = sent()
    place = f"/jobs/applicants/{row.uuid}/"
    assert at(recruiter).get(place).status_code == 200
    moving.move("suspend", row.vacancy.employer, by=officer, text="Penipuan.")
    assert at(recruiter).get(place).status_code == 404
    listed = at(recruiter).get(f"/jobs/vacancies/{row.vacancy.uuid}/").content.decode()
    assert row.seeker.name not in listed


def test_nobody_checks_their_own_firm(officer, at) -> None:
    row = employers.register(told=registration(), by=officer)
    place = f"/desk/jobs/employers/{row.uuid}/"
    assert 'value="verify"' not in at(officer).get(place).content.decode()
    assert at(officer).post(place, {"do": "verify"}).status_code == 302
    with pytest.raises(PermissionDenied):
        employers.verify(employer=row, by=officer)
    row.refresh_from_db()
    assert row.state == "pending"


def test_bytes_without_a_profile_are_swept(in_region, make_user) -> None:
    seeker = profiles.save(user=make_user(), told=person())
    profiles.keep_cv(seeker=seeker, upload=ContentFile(pdf(), "cv.pdf"))
    orphan = "jobs_cv/00000000-0000-4000-8000-000000000000.pdf"
    default_storage.save(orphan, ContentFile(b"x"))
    assert profiles.sweep(now=timezone.now()) == 0  # a transaction may still be on its way
    assert profiles.sweep(now=timezone.now() + timedelta(days=2)) >= 1
    assert not default_storage.exists(orphan)
    assert default_storage.exists(profiles.path(Seeker.objects.get(pk=seeker.pk).cv_key))


NOTICES = {
    "applicant": sorted(applicant_receiver.MOVES),
    "candidate": sorted(employer_receiver.FROM_APPLICANTS),
    "registration": sorted(employer_receiver.OF_EMPLOYER),
    "vacancy": sorted(employer_receiver.OF_VACANCY),
    "outcome": ["", "over"],
    "late": ["employer", "vacancy"],
    "invited": [""],
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", NOTICES)
def test_every_notice_reads_well(name: str, language: str, in_region) -> None:
    """No two moves read alike, nothing is empty, what people typed is escaped in HTML only."""
    when = {"$time": timezone.now().isoformat()}
    bodies = set()
    for move in NOTICES[name]:
        context = {
            "move": move, "what": move, "over": bool(move), "title": "Kasir <b>A&B</b>",
            "employer": "PT <i>X</i>", "text": "Mohon <dilihat>", "place": "Kantor",
            "slots": [when], "when": when, "due": when, "url": "http://tangerang.localhost/jobs/x/",
        }  # fmt: skip
        message = Message(
            channel="email", recipient="a@contoh.test", template=f"jobs/{name}", language=language,
            context=context,
        )  # fmt: skip
        sent = render(message, timeout=5)
        assert sent.subject and "{" not in sent.subject and "<b>" not in sent.html
        assert "Mohon <dilihat>" in sent.text and "Mohon &lt;dilihat&gt;" in sent.html
        assert context["url"] in sent.text and context["url"] in sent.html
        bodies.add((sent.subject, sent.text))
    same = {"applicant": 1, "candidate": 1, "registration": 1}  # sent anew reads like sent
    assert len(bodies) == len(NOTICES[name]) - same.get(name, 0)
