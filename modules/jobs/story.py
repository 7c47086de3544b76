"""A row's history in words, for the people of both sides and for officers."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from modules.jobs import workflow
from modules.jobs.models import Application
from modules.jobs.models.base import Storied
from modules.jobs.states import ApplicationState

WORDS: dict[str, tuple[str | Promise, str, str]] = {
    "employer.register": (_("Registered"), "user-plus", "amber"),
    "employer.verify": (_("Verified"), "badge-check", "green"),
    "employer.return": (_("Sent back to be corrected"), "pencil", "red"),
    "employer.resubmit": (_("Corrected and sent again"), "send", "amber"),
    "employer.amend": (_("Name or numbers changed: checked again"), "pencil", "amber"),
    "employer.suspend": (_("Suspended"), "ban", "red"),
    "employer.reinstate": (_("Suspension lifted"), "rotate-ccw", "green"),
    "employer.recheck": (_("To be checked anew"), "rotate-ccw", "amber"),
    "vacancy.draft": (_("Draft begun"), "pencil", "grey"),
    "vacancy.submit": (_("Handed in for review"), "send", "amber"),
    "vacancy.recall": (_("Taken back from review"), "undo-2", "grey"),
    "vacancy.publish": (_("Published"), "briefcase", "green"),
    "vacancy.send_back": (_("Sent back to be corrected"), "pencil", "red"),
    "vacancy.take_down": (_("Taken off the site by the office"), "ban", "red"),
    "vacancy.revise": (_("Taken off to be changed"), "pencil", "grey"),
    "vacancy.pause": (pgettext_lazy("vacancy", "Paused"), "circle-pause", "grey"),
    "vacancy.resume": (_("Open again"), "circle-play", "green"),
    "vacancy.fill": (pgettext_lazy("vacancy", "Filled"), "users", "blue"),
    "vacancy.close": (_("Closed by the employer"), "calendar-x", "red"),
    "vacancy.expire": (_("Its last day is over"), "calendar-x", "red"),
    "vacancy.reopen": (_("Open again"), "rotate-ccw", "green"),
    "vacancy.report": (_("Outcome reported"), "clipboard-check", "green"),
    "application.send": (_("Application sent"), "send", "amber"),
    "application.see": (_("The employer has opened it"), "eye", "amber"),
    "application.shortlist": (_("On the shortlist"), "list-checks", "blue"),
    "application.invite": (_("Invited to an interview"), "calendar", "blue"),
    "application.choose": (_("Time of the interview chosen"), "calendar-check", "blue"),
    "application.offer": (_("Offer made"), "handshake", "green"),
    "application.accept": (_("Offer accepted"), "badge-check", "green"),
    "application.hire": (pgettext_lazy("application", "Hired"), "badge-check", "green"),
    "application.reject": (pgettext_lazy("application", "Not chosen"), "circle-x", "grey"),
    "application.reconsider": (_("Decision taken back"), "rotate-ccw", "blue"),
    "application.withdraw": (_("Taken back by the applicant"), "undo-2", "grey"),
    "application.again": (_("Sent again"), "send", "amber"),
    "card.apply": (_("Applied for"), "send", "amber"),
    "card.check": (_("Data and papers checked"), "check", "amber"),
    "card.return": (_("Sent back to be corrected"), "pencil", "red"),
    "card.resubmit": (_("Corrected and sent again"), "send", "amber"),
    "card.issue": (_("Issued"), "badge-check", "green"),
    "card.report": (_("Reported: still looking for work"), "calendar-check", "green"),
    "card.employ": (_("Has found work"), "briefcase", "blue"),
    "card.resume": (_("Looking for work again"), "rotate-ccw", "green"),
    "card.renew": (_("Renewal applied for"), "rotate-ccw", "amber"),
    "card.expire": (_("Its last day is over"), "calendar-x", "grey"),
    "card.lapse": (_("Ended: no correction came"), "calendar-x", "grey"),
}
"""What every line of a history says: words, icon, colour."""

STAGES = (
    (_("Sent"), (ApplicationState.SENT,)),
    (_("Seen"), (ApplicationState.SEEN, ApplicationState.SHORTLISTED)),
    (_("Interview"), (ApplicationState.INTERVIEW,)),
    (_("Offer"), (ApplicationState.OFFERED,)),
    (_("Hired"), (ApplicationState.HIRED,)),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a history."""

    title: str | Promise
    icon: str
    colour: str
    at: datetime | None
    text: str
    move: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of an application; ``mark`` is the class of the progress bar."""

    label: str | Promise
    mark: str


def steps(row: Storied) -> list[Step]:
    """Return the history of a row, the latest first."""
    kind = workflow.name_of(row)
    return [
        Step(*WORDS[f"{kind}.{line['move']}"], parse_datetime(line["at"]), line["text"],
             line["move"])
        for line in reversed(row.history)
    ]  # fmt: skip


def stages(application: Application) -> list[Stage]:
    """Return how far an application is; nothing once it was declined or withdrawn."""
    now = next(
        (at for at, (_label, states) in enumerate(STAGES) if application.state in states), None
    )
    if now is None:
        return []
    marks = {True: "is-done", False: ""}
    return [
        Stage(label, "is-now" if at == now else marks[at < now])
        for at, (label, _states) in enumerate(STAGES)
    ]
