"""Every transition of every table: allowed where it says so, refused everywhere else."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from modules.jobs import story, workflow
from modules.jobs.models import Application, Card, Employer, Vacancy
from modules.jobs.services import moving
from modules.jobs.states import ApplicationState, CardState, EmployerState, VacancyState
from modules.jobs.tests.carded import applied
from modules.jobs.workflow import NotAllowed, Who

pytestmark = pytest.mark.django_db
STATES = {
    Employer: EmployerState, Vacancy: VacancyState, Application: ApplicationState, Card: CardState,
}  # fmt: skip
WORDS = "Kata-kata."


def test_every_pair_of_state_and_move(sent, employer, recruiter, officer) -> None:
    application = sent()
    sides = {
        Who.EMPLOYER: recruiter, Who.OFFICER: officer, Who.SEEKER: application.seeker.user,
        Who.CLOCK: None,
    }  # fmt: skip
    rows: dict[Any, Any] = {
        Employer: employer, Vacancy: application.vacancy, Application: application,
        Card: applied(application.seeker.user),
    }  # fmt: skip
    walked = 0
    for model, row in rows.items():
        _name, moves = workflow.TABLES[model]
        for state in STATES[model]:
            for move in moves.values():
                model.objects.filter(pk=row.pk).update(state=state)
                _untie(row, move.name)
                by = sides[move.who[0]]
                if state in move.sources:
                    moved = moving.move(move.name, row, by=by, text=WORDS)
                    assert moved.state == move.target
                    assert moved.history[-1]["move"] == move.name
                    assert (moved.due_at is not None) == (move.waits is not None)
                else:
                    with pytest.raises(NotAllowed):
                        moving.move(move.name, row, by=by, text=WORDS)
                walked += 1
    assert walked == sum(len(STATES[m]) * len(workflow.TABLES[m][1]) for m in STATES)


def _untie(row: Any, name: str) -> None:
    """Take away what guards the move but is not its state: tested on its own elsewhere."""
    if isinstance(row, Vacancy):
        Employer.objects.filter(pk=row.employer_id).update(state=EmployerState.VERIFIED)
        state = ApplicationState.REJECTED if name == "report" else ApplicationState.SENT
        row.applications.update(state=state)
        days = -1 if name == "expire" else 20
        Vacancy.objects.filter(pk=row.pk).update(
            valid_until=timezone.localdate() + timedelta(days=days)
        )
    if isinstance(row, Application):
        Vacancy.objects.filter(pk=row.vacancy_id).update(state=VacancyState.OPEN)
    if isinstance(row, Card):
        today = timezone.localdate()
        last = today + timedelta(days=-1 if name == "expire" else 20)
        Card.objects.filter(pk=row.pk).update(
            expires_on=last, next_report_on=today, history=[],
            created_at=timezone.now() - timedelta(days=100),
        )  # fmt: skip


def test_a_move_belongs_to_its_side(sent, employer, officer, make_user) -> None:
    """Nobody makes another side's move: not a stranger, not the other side, not the clock."""
    application, stranger = sent(), make_user()
    applicant = application.seeker.user
    for row, name, others in (
        (employer, "suspend", (stranger, applicant, None)),
        (application.vacancy, "pause", (stranger, officer, applicant, None)),
        (application.vacancy, "expire", (stranger, officer, applicant)),
        (application, "reject", (stranger, officer, applicant, None)),
        (application, "withdraw", (stranger, officer, None)),
    ):
        for by in others:
            with pytest.raises(PermissionDenied):
                moving.move(name, row, by=by, text=WORDS)


def test_what_must_be_said_is_said(sent, recruiter) -> None:
    application = sent()
    with pytest.raises(NotAllowed):
        moving.move("reject", application, by=recruiter, text="  ")
    application.refresh_from_db()
    assert application.state == ApplicationState.SENT


def test_guards(opened, employer, recruiter, officer, sent) -> None:
    """No posting before verification, while an outcome is owed, past the last day."""
    now = timezone.now()
    vacancy = opened()
    moving.move("revise", vacancy, by=recruiter)
    vacancy.refresh_from_db()
    submit = workflow.get(vacancy, "submit")
    assert workflow.problem(submit, vacancy) == ""
    owed = opened(valid_until=timezone.localdate())
    moving.move("close", owed, by=recruiter, now=now - timedelta(days=20))
    assert workflow.overdue(employer, now)
    with pytest.raises(NotAllowed):
        moving.move("submit", vacancy, by=recruiter)
    moving.move("report", owed, by=recruiter)
    moving.move("submit", vacancy, by=recruiter)
    Vacancy.objects.filter(pk=vacancy.pk).update(
        valid_until=timezone.localdate() - timedelta(days=1)
    )
    with pytest.raises(NotAllowed):
        moving.move("publish", vacancy, by=officer)
    waiting = sent(opened())
    ended = moving.move("close", waiting.vacancy, by=recruiter)
    with pytest.raises(NotAllowed):  # somebody still waits for an answer
        moving.move("report", ended, by=recruiter)


def test_every_move_has_its_words() -> None:
    named = {f"{name}.{move}" for name, moves in workflow.TABLES.values() for move in moves}
    first = {"employer.register", "vacancy.draft", "application.send", "card.apply"}
    assert named | first == set(story.WORDS)
