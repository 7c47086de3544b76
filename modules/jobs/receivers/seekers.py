"""Tell an applicant of every step of their application."""

from typing import Final

from balai.modules import EventData, receiver
from modules.jobs.models import Application
from modules.jobs.receivers.wording import absolute, write

MOVES: Final = ("send", "shortlist", "invite", "offer", "hire", "reject", "reconsider", "again")
"""That it was opened is shown on the page, not sent."""
WITHOUT_WORDS: Final = ("send", "again")
TOPICS: Final = tuple(f"jobs.application_{move}" for move in MOVES)


@receiver(*TOPICS)
def tell_applicant(event: EventData) -> None:
    """Write to the applicant; nobody is written to about a sample."""
    rows = Application.objects.filter(pk=int(event.payload["application"] or 0))
    row = rows.select_related("vacancy__employer", "seeker__user").first()
    if row is None or row.vacancy.sample:
        return
    move = event.topic.removeprefix("jobs.application_")
    line = row.told(move)
    told = {
        "move": move,
        "title": row.vacancy.title,
        "employer": row.vacancy.employer.name,
        "text": line["text"] if line and move not in WITHOUT_WORDS else "",
        "place": row.interview_place if move == "invite" else "",
        "slots": row.slot_times if move == "invite" else [],
        "url": absolute("jobs:application", row.uuid),
    }
    write([row.seeker.user], "applicant", told, f"jobs.applicant:{event.id}")
