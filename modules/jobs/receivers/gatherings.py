"""Tell who registered what became of it, and everybody with a number that nothing takes place."""

from typing import Final

from django.db.models import QuerySet

from balai.modules import EventData, receiver
from modules.jobs.models import Gathering, Seat
from modules.jobs.receivers.wording import absolute, write
from modules.jobs.states import SeatState

DECISIONS: Final = ("accept", "refuse", "reconsider", "pass")
VOID: Final = (SeatState.CANCELLED, SeatState.REFUSED)


@receiver(*(f"jobs.seat_{move}" for move in DECISIONS))
def tell_of_class(event: EventData) -> None:
    """Tell somebody who registered for a class of the decision, unless it was taken back since."""
    row = _seats().filter(pk=int(event.payload["seat"] or 0)).first()
    if row is None or row.user is None:
        return
    move = event.topic.removeprefix("jobs.seat_")
    told = {
        "move": move, "title": row.session.gathering.title, "text": row.answers.get("reply", ""),
        "starts": row.session.starts_at, "place": row.session.gathering.place,
        "url": absolute("jobs:seat", row.uuid),
    }  # fmt: skip
    write([row.user], "seat", told, f"jobs.seat:{event.id}")


@receiver("jobs.gathering_called_off", "jobs.gathering_resumed")
def tell_of_gathering(event: EventData) -> None:
    """Tell everybody with a number that it does not take place, or that it does after all."""
    off = event.topic.endswith("called_off")
    found = Gathering.objects.filter(pk=int(event.payload["gathering"] or 0)).first()
    if found is None or found.sample or (found.cancelled_at is not None) != off:
        return
    rows = _seats().filter(session__gathering=found, user__is_active=True)
    for row in rows.exclude(state__in=VOID).order_by("pk").iterator(chunk_size=500):
        told = {
            "move": "off" if off else "on", "title": found.title, "text": "",
            "starts": row.session.starts_at, "place": found.place,
            "url": absolute("jobs:seat", row.uuid),
        }  # fmt: skip
        write([row.user] if row.user else [], "seat", told, f"jobs.gathering:{event.id}")


def _seats() -> QuerySet[Seat]:
    rows = Seat.objects.filter(session__gathering__sample=False)
    return rows.select_related("user", "session__gathering")
