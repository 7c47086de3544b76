"""The states of calls, incidents, assignments, units and alerts, and how each one looks."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balai.ui.status import Status


class CallType(TextChoices):
    """What a call turned out to be; one key each."""

    NORMAL = "normal", pgettext_lazy("call", "Emergency")
    INFORMATION = "information", pgettext_lazy("call", "Information")
    GHOST = "ghost", pgettext_lazy("call", "Ghost call")
    PRANK = "prank", pgettext_lazy("call", "Prank")
    TEST = "test", pgettext_lazy("call", "Test")
    WRONG_AREA = "wrong_area", pgettext_lazy("call", "Wrong area")


NOISE = tuple(kind for kind in CallType if kind is not CallType.NORMAL)
KEYS: dict[str, str] = {
    CallType.GHOST: "1",
    CallType.PRANK: "2",
    CallType.INFORMATION: "3",
    CallType.TEST: "4",
    CallType.WRONG_AREA: "5",
}


class Channel(TextChoices):
    """How it reached the centre."""

    CALL = "call", pgettext_lazy("channel", "112 call")
    PANIC = "panic", pgettext_lazy("channel", "Panic button")
    WALK_IN = "walk_in", pgettext_lazy("channel", "Walk-in")
    RADIO = "radio", pgettext_lazy("channel", "Radio")
    SOCIAL = "social", pgettext_lazy("channel", "Social media")
    CENTRE = "centre", pgettext_lazy("channel", "Another centre")


class Source(TextChoices):
    """Where a position comes from, the surest first."""

    AML = "aml", pgettext_lazy("position", "Advanced Mobile Location")
    APP = "app", pgettext_lazy("position", "GPS of the app")
    MAP = "map", pgettext_lazy("position", "Pointed at on the map")
    CALLER = "caller", pgettext_lazy("position", "Told by the caller")
    CELL = "cell", pgettext_lazy("position", "Cell of the network")


class State(TextChoices):
    """Where an incident stands. Ringing, taken and classified are the call's own stages."""

    QUEUED = "queued", pgettext_lazy("incident", "Waits for a unit")
    DISPATCHED = "dispatched", pgettext_lazy("incident", "Unit sent")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("incident", "Unit confirmed")
    EN_ROUTE = "en_route", pgettext_lazy("incident", "On the way")
    ON_SCENE = "on_scene", pgettext_lazy("incident", "On scene")
    TRANSPORTING = "transporting", pgettext_lazy("incident", "Transporting")
    CLEARED = "cleared", pgettext_lazy("incident", "Cleared")
    CLOSED = "closed", pgettext_lazy("incident", "Closed")
    TRANSFERRED = "transferred", pgettext_lazy("incident", "Handed over")
    MERGED = "merged", pgettext_lazy("incident", "Merged")
    CANCELLED = "cancelled", pgettext_lazy("incident", "Cancelled")


class Leg(TextChoices):
    """How far one unit is with one incident."""

    DISPATCHED = "dispatched", pgettext_lazy("unit", "Assigned")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("unit", "Confirmed")
    EN_ROUTE = "en_route", pgettext_lazy("unit", "On the way")
    ON_SCENE = "on_scene", pgettext_lazy("unit", "On scene")
    TRANSPORTING = "transporting", pgettext_lazy("unit", "Transporting")
    CLEARED = "cleared", pgettext_lazy("unit", "Cleared")
    RECALLED = "recalled", pgettext_lazy("unit", "Called back")


class UnitState(TextChoices):
    """What a unit is doing, as the board shows it."""

    AVAILABLE = "available", pgettext_lazy("unit", "Available")
    ASSIGNED = "assigned", pgettext_lazy("unit", "Assigned")
    EN_ROUTE = "en_route", pgettext_lazy("unit", "On the way")
    ON_SCENE = "on_scene", pgettext_lazy("unit", "On scene")
    TRANSPORTING = "transporting", pgettext_lazy("unit", "Transporting")
    OUT_OF_SERVICE = "out_of_service", pgettext_lazy("unit", "Out of service")


_INCIDENT_LOOKS = {
    State.QUEUED: ("red", "siren"),
    State.DISPATCHED: ("red", "send"),
    State.ACKNOWLEDGED: ("amber", "check"),
    State.EN_ROUTE: ("amber", "navigation"),
    State.ON_SCENE: ("amber", "map-pin"),
    State.TRANSPORTING: ("amber", "ambulance"),
    State.CLEARED: ("green", "check-check"),
    State.CLOSED: ("green", "lock"),
    State.TRANSFERRED: ("blue", "arrow-up-right"),
    State.MERGED: ("grey", "merge"),
    State.CANCELLED: ("grey", "ban"),
}
_UNIT_LOOKS = {
    UnitState.AVAILABLE: ("green", "circle-check"),
    UnitState.ASSIGNED: ("red", "send"),
    UnitState.EN_ROUTE: ("amber", "navigation"),
    UnitState.ON_SCENE: ("amber", "map-pin"),
    UnitState.TRANSPORTING: ("amber", "ambulance"),
    UnitState.OUT_OF_SERVICE: ("grey", "circle-off"),
}
STATUSES = {state.value: Status(*look, state.label) for state, look in _INCIDENT_LOOKS.items()}
UNIT_STATUSES = {state.value: Status(*look, state.label) for state, look in _UNIT_LOOKS.items()}

OPEN = (
    State.QUEUED, State.DISPATCHED, State.ACKNOWLEDGED, State.EN_ROUTE, State.ON_SCENE,
    State.TRANSPORTING, State.CLEARED,
)  # fmt: skip
ENDED = (State.CLOSED, State.TRANSFERRED, State.MERGED, State.CANCELLED)
ACTIVE_LEGS = (
    Leg.DISPATCHED, Leg.ACKNOWLEDGED, Leg.EN_ROUTE, Leg.ON_SCENE, Leg.TRANSPORTING,
)  # fmt: skip
UNIT_STATE_OF: dict[str, UnitState] = {
    Leg.DISPATCHED: UnitState.ASSIGNED,
    Leg.ACKNOWLEDGED: UnitState.ASSIGNED,
    Leg.EN_ROUTE: UnitState.EN_ROUTE,
    Leg.ON_SCENE: UnitState.ON_SCENE,
    Leg.TRANSPORTING: UnitState.TRANSPORTING,
    Leg.CLEARED: UnitState.AVAILABLE,
    Leg.RECALLED: UnitState.AVAILABLE,
}
