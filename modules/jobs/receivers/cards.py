"""Tell the holder of an AK/I card what the office did, when to report, and when it ends."""

from typing import Final

from balai.modules import EventData, receiver
from modules.jobs import card_codes
from modules.jobs.models import Application, Card
from modules.jobs.receivers.wording import absolute, write
from modules.jobs.selectors import cards as rows
from modules.jobs.states import CardState

MOVES: Final = ("apply", "return", "issue", "expire", "lapse")
"""What the holder does themselves is said on the page, not sent."""


@receiver(*(f"jobs.card_{move}" for move in MOVES))
def tell_holder(event: EventData) -> None:
    """Write to the holder; nobody is written to about a sample."""
    row = _card(event)
    if row is None:
        return
    move = event.topic.removeprefix("jobs.card_")
    line = row.told(move)
    told = {
        "move": move,
        "text": line["text"] if line else "",
        "number": row.number,
        "until": row.expires_on,
        "report": row.next_report_on,
        "url": absolute("jobs:cards") if move == "lapse" else absolute("jobs:card", row.uuid),
    }
    write([row.user], "card", told, f"jobs.card:{event.id}")


@receiver("jobs.card_reminded")
def remind_holder(event: EventData) -> None:
    """Ask for the report, with a link that needs one tap and no password."""
    row = _card(event)
    if row is None or row.state != CardState.ISSUED or row.next_report_on is None:
        return  # reported, or has found work, in the meantime
    if row.reminded != event.payload["stage"]:
        return
    late = event.payload["stage"] == 3
    what = "renew" if row.renewal_due else "late" if late else "soon"
    url = (
        absolute("jobs:card-edit", row.uuid)
        if row.renewal_due
        else absolute("jobs:card-tap", card_codes.tap_for(row))
    )
    told = {"what": what, "number": row.number, "due": row.next_report_on, "url": url}
    write([row.user], "card_report", told, f"jobs.card_report:{event.id}")


@receiver("jobs.application_hire", "jobs.application_accept")
def ask_hired(event: EventData) -> None:
    """Ask somebody who was hired here to say so on the card, too."""
    found = Application.objects.filter(pk=int(event.payload["application"] or 0))
    application = found.select_related("seeker__user", "vacancy").first()
    if application is None or application.vacancy.sample:
        return
    row = rows.valid_of(application.seeker.user)
    if row is None or row.sample:
        return
    told = {"what": "hired", "number": row.number, "due": None,
            "url": absolute("jobs:card-tap", card_codes.tap_for(row))}  # fmt: skip
    write([application.seeker.user], "card_report", told, f"jobs.card_hired:{event.id}")


def _card(event: EventData) -> Card | None:
    found = Card.objects.filter(pk=int(event.payload["card"] or 0), sample=False)
    return found.select_related("user").first()
