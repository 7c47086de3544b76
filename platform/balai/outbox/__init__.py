"""Domain events that leave the transaction: ``outbox.publish(...)`` beside the change itself."""

from typing import TYPE_CHECKING

from balai.modules.events import EventData, Value, receiver

if TYPE_CHECKING:
    from balai.outbox.models import Event

__all__ = ["EventData", "publish", "receiver"]


def publish(topic: str, *, key: str = "", **payload: Value) -> "Event":
    """Write an event in the caller's transaction; it is told to others once that commits.

    Args:
        topic: "<module>.<what happened>", such as "complaints.report_received".
        key: which thing it is about, such as a tracking number; never a name or an address.
        payload: numbers, short texts, booleans and None. Ids, never personal data.

    Raises:
        NotInTransaction: outside ``transaction.atomic``.
        NoRegionError: outside a region and the platform.
        TypeError, ValueError: for a payload that is not plain, or too long.
    """
    from balai.outbox import services  # models cannot be imported while apps are being loaded

    return services.publish(topic, key=key, payload=payload)
