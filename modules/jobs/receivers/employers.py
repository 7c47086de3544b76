"""Tell the people of an employer what the office decided and what applicants did."""

from typing import Final

from balai.modules import EventData, receiver
from modules.jobs.models import Application, Employer, Vacancy
from modules.jobs.receivers.wording import absolute, people_of, write

FROM_APPLICANTS: Final = ("send", "again", "choose", "accept", "withdraw")
OF_EMPLOYER: Final = ("verify", "return", "suspend", "reinstate", "recheck")
OF_VACANCY: Final = ("publish", "send_back", "take_down", "expire")


@receiver(*(f"jobs.application_{move}" for move in FROM_APPLICANTS))
def tell_of_applicant(event: EventData) -> None:
    """Tell that somebody applied, chose a time, accepted or withdrew; names stay on the page."""
    rows = Application.objects.filter(pk=int(event.payload["application"] or 0))
    row = rows.select_related("vacancy__employer").first()
    if row is None or row.vacancy.sample:
        return
    move = event.topic.removeprefix("jobs.application_")
    gone = move == "withdraw"
    told = {
        "move": move,
        "title": row.vacancy.title,
        "when": row.interview_at if move == "choose" else None,
        "url": absolute("jobs:vacancy", row.vacancy.uuid)
        if gone
        else absolute("jobs:applicant", row.uuid),
    }
    write(people_of(row.vacancy.employer), "candidate", told, f"jobs.candidate:{event.id}")


@receiver(*(f"jobs.employer_{move}" for move in OF_EMPLOYER))
def tell_of_registration(event: EventData) -> None:
    """Tell what the office decided about a registration."""
    row = Employer.objects.filter(pk=int(event.payload["employer"] or 0)).first()
    if row is None or row.sample:
        return
    move = event.topic.removeprefix("jobs.employer_")
    line = row.told(move)
    told = {
        "move": move,
        "employer": row.name,
        "text": line["text"] if line else "",
        "url": absolute("jobs:employer", row.uuid),
    }
    write(people_of(row), "registration", told, f"jobs.registration:{event.id}")


@receiver(*(f"jobs.vacancy_{move}" for move in OF_VACANCY))
def tell_of_vacancy(event: EventData) -> None:
    """Tell what became of a vacancy without its employer's doing."""
    rows = Vacancy.objects.filter(pk=int(event.payload["vacancy"] or 0))
    row = rows.select_related("employer").first()
    if row is None or row.sample:
        return
    move = event.topic.removeprefix("jobs.vacancy_")
    line = row.told(move)
    told = {
        "move": move,
        "title": row.title,
        "text": line["text"] if line else "",
        "due": row.due_at,
        "url": absolute("jobs:vacancy", row.uuid),
    }
    write(people_of(row.employer), "vacancy", told, f"jobs.vacancy:{event.id}")
