"""Carry out what officers asked for many reports at once, when its time to be undone is over."""

from uuid import UUID

from balai.modules import EventData, receiver
from modules.complaints.services import bulk


@receiver(bulk.DUE)
def begin(event: EventData) -> None:
    """Start it, unless it was taken back."""
    bulk.begin(reference=UUID(str(event.payload["bulk"])))


@receiver(bulk.ITEM)
def carry_out(event: EventData) -> None:
    """Do it to one report."""
    bulk.carry_out(reference=UUID(str(event.payload["bulk"])), target=str(event.payload["target"]))
