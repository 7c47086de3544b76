"""How alerts are put before people: rows, cards, times; the same for desk and citizens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.safestring import SafeString

from balai.context import current_region
from balai.ui.status import Status
from modules.emergency import alert_looks, alert_map
from modules.emergency.alert_forms import LOCAL
from modules.emergency.models import Alert
from modules.emergency.selectors import audience, places


@dataclass(frozen=True, slots=True)
class Row:
    """An alert in a list."""

    alert: Alert
    look: Status
    state: Status
    headline: str
    kind: str


@dataclass(frozen=True, slots=True)
class Card:
    """An alert in full, in the reader's language."""

    alert: Alert
    look: Status
    state: Status
    told: dict[str, str]
    names: list[str]
    map: SafeString


def row(alert: Alert, now: datetime) -> Row:
    """Return what a list shows of an alert; no query."""
    return Row(
        alert=alert,
        look=alert_looks.severity(alert),
        state=alert_looks.state(alert, now),
        headline=alert_looks.headline(alert),
        kind=str(alert_looks.KINDS.get(alert.msg_type, "")),
    )


def card(alert: Alert, now: datetime) -> Card:
    """Return an alert with its area by name, unless the words say it already, and on the map."""
    codes = audience.areas_of(alert)
    names = names_of(codes)
    return Card(
        alert=alert,
        look=alert_looks.severity(alert),
        state=alert_looks.state(alert, now),
        told=alert_looks.texts(alert),
        names=[] if ", ".join(names) in alert.area_name else names,
        map=alert_map.draw(codes, alert.polygons, alert.circles),
    )


def names_of(codes: list[str]) -> list[str]:
    """Return the names of kecamatan, in the order of their codes."""
    known = places.districts()
    wanted = set(codes)
    return [name for code, name in zip(known.codes, known.names, strict=True) if code in wanted]


def times(hours: int) -> dict[str, str]:
    """Return what the form's end begins with: so many hours from now, on the quarter hour."""
    end = timezone.now().astimezone(current_region().zone) + timedelta(hours=hours)
    end += timedelta(minutes=-end.minute % 15)
    return {"expires_at": end.strftime(LOCAL)}
