"""A report's history in words: what happened, who did it, how it looks on the track."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from modules.complaints.models import Entry, Photo
from modules.complaints.states import STATUSES

WORDS: dict[str, str | Promise] = {
    "report": gettext_lazy("Report received"),
    "verify": gettext_lazy("Assigned to %(agency)s"),
    "reject": gettext_lazy("Rejected"),
    "ask_info": gettext_lazy("The coordinator asks for more information"),
    "answer_info": gettext_lazy("The reporter answered"),
    "lapse": gettext_lazy("Ended: the question was not answered in time"),
    "accept": gettext_lazy("%(agency)s took the case on"),
    "refuse": gettext_lazy("%(agency)s says: not ours. The coordinator decides"),
    "submit": gettext_lazy("%(agency)s handed in evidence of the repair"),
    "send_back": gettext_lazy("The evidence was not enough; the work goes on"),
    "approve": gettext_lazy("Declared done, evidence checked"),
    "resolve": gettext_lazy("Declared done by %(agency)s"),
    "confirm": gettext_lazy("The reporter confirmed: it is mended"),
    "reopen": gettext_lazy("The reporter says: not mended yet. Opened again"),
    "reopen_by_audit": gettext_lazy("An audit found: not done. Opened again"),
    "on_the_way": gettext_lazy("An officer is on the way"),
    "audited": gettext_lazy("A closed report was looked at again"),
    "auto_close": gettext_lazy("Closed: nobody objected in time"),
    "decide": gettext_lazy("Assigned to %(agency)s for good"),
    "plan": gettext_lazy("%(agency)s has planned the work"),
    "hold": gettext_lazy("The case rests"),
    "resume": gettext_lazy("The work goes on"),
    "transfer": gettext_lazy("Passed on to another authority"),
    "acknowledge": gettext_lazy("The other authority took the report on"),
    "take_back": gettext_lazy("Back from the other authority"),
    "merge": gettext_lazy("Joined with another report of the same problem"),
    "unmerge": gettext_lazy("Separated again from the other report"),
    "joined": gettext_lazy("Another report was joined to this case"),
    "parted": gettext_lazy("A report was parted from this case"),
    "withdraw": gettext_lazy("The reporter took the report back"),
    "edited": gettext_lazy("The reporter changed the report before it was checked"),
    "blacked_out": gettext_lazy("The reporter blacked words out"),
    "made_secret": gettext_lazy("The reporter made the report secret"),
    "name_hidden": gettext_lazy("The reporter hid their name from the agency"),
    "redact": gettext_lazy("The coordinator took something out of the text"),
    "appeal": gettext_lazy("The reporter objects to the rejection"),
    "escalated": gettext_lazy("Late: the next superior was told"),
    "hold_asked": gettext_lazy("%(agency)s asks to let the case rest"),
    "hold_denied": gettext_lazy("The case may not rest"),
    "dossier": gettext_lazy("The dossier for the Ombudsman is ready"),
    "reminder": gettext_lazy("Reminder"),
    "import": gettext_lazy("Taken over from an older system"),
}
MESSAGE_LOOK = ("grey", "message-circle")
EVENT_LOOKS = {
    "reminder": ("grey", "bell"),
    "escalated": ("red", "trending-up"),
    "hold_asked": ("amber", "circle-pause"),
    "hold_denied": ("amber", "circle-x"),
    "dossier": ("grey", "file-text"),
    "edited": ("grey", "pencil"),
    "blacked_out": ("grey", "eraser"),
    "made_secret": ("grey", "lock"),
    "name_hidden": ("grey", "eye-off"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the track."""

    title: str
    at: datetime
    colour: str
    icon: str
    by: str
    text: str
    internal: bool = False
    message: bool = False
    from_reporter: bool = False
    photos: tuple[Photo, ...] = ()


def step(entry: Entry, *, names: bool, photos: Iterable[Photo] = ()) -> Step:
    """Return the line for a page.

    Args:
        names: tell officers' names, for the desk only.
        photos: what was sent with it, for those who may read it.
    """
    status = STATUSES.get(entry.to_state)
    colour, icon = EVENT_LOOKS.get(entry.move, MESSAGE_LOOK)
    if status is not None:
        colour, icon = status.colour, status.icon
    return Step(
        title=title(entry),
        at=entry.at,
        colour=colour,
        icon=icon,
        by=author(entry, names=names),
        text=entry.text,
        internal=entry.audience == Entry.Audience.INTERNAL,
        message=not entry.move,
        from_reporter=entry.author == Entry.Author.REPORTER,
        photos=tuple(photos),
    )


def title(entry: Entry) -> str:
    """Return what happened; for a message, who speaks."""
    words = WORDS.get(entry.move)
    if words is None:
        return author(entry, names=False)
    agency = entry.agency.name if entry.agency else _("the agency")
    return str(words) % {"agency": agency}


def author(entry: Entry, *, names: bool) -> str:
    """Return who wrote a line: the office for citizens, with the person's name for officers."""
    office = str(Entry.Author(entry.author).label)
    if entry.author == Entry.Author.AGENCY and entry.agency:
        office = entry.agency.name
    if names and entry.actor and entry.actor.name:
        return f"{entry.actor.name}, {office}"
    return office
