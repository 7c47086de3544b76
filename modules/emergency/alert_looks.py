"""How an alert looks: its severity as icon, word and colour, its state as a chip."""

from datetime import datetime
from typing import Final

from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy

from balai.modules.banners import Level
from balai.ui.status import Status
from modules.emergency.models import Alert, FeedItem

LANGUAGES: Final = {"id": "id-ID", "en": "en-US"}
MAIN: Final = "id-ID"
SEVERITIES: Final = {
    "Extreme": Status("red", "octagon-alert", pgettext_lazy("alert", "Extreme danger")),
    "Severe": Status("red", "triangle-alert", pgettext_lazy("alert", "Danger")),
    "Moderate": Status("amber", "triangle-alert", pgettext_lazy("alert", "Warning")),
    "Minor": Status("blue", "info", pgettext_lazy("alert", "Notice")),
    "Unknown": Status("grey", "info", pgettext_lazy("alert", "Notice")),
}
CLEAR: Final = Status("green", "circle-check", pgettext_lazy("alert", "All clear"))
TRIAL: Final = Status("blue", "flask-conical", pgettext_lazy("alert", "Test, not real"))
EXERCISE: Final = Status("blue", "flask-conical", pgettext_lazy("alert", "Exercise, not real"))
CANCELLED: Final = Status("grey", "ban", pgettext_lazy("alert", "Cancelled"))
LEVELS: Final = {
    "Extreme": Level.DANGER,
    "Severe": Level.DANGER,
    "Moderate": Level.WARNING,
}
STATES: Final = {
    Alert.State.DRAFT: Status("grey", "pencil", Alert.State.DRAFT.label),
    Alert.State.SUBMITTED: Status("amber", "user-check", Alert.State.SUBMITTED.label),
    Alert.State.PUBLISHED: Status("red", "megaphone", pgettext_lazy("alert", "In force")),
    Alert.State.ENDED: Status("grey", "history", pgettext_lazy("alert", "Replaced")),
}
EXPIRED: Final = Status("grey", "clock", pgettext_lazy("alert", "Over"))
KINDS: Final = {
    "Update": gettext_lazy("Update"),
    "Cancel": gettext_lazy("Cancellation"),
}


def severity(alert: Alert) -> Status:
    """Return what stands before an alert's headline."""
    if alert.msg_type == "Cancel":
        return CANCELLED
    if alert.status == "Test":
        return TRIAL
    if alert.status == "Exercise":
        return EXERCISE
    return CLEAR if alert.response == "AllClear" else SEVERITIES[alert.severity]


def word(alert: Alert, language: str = "") -> str:
    """Return what stands before a headline in a line of text; "" where the headline says it."""
    said = str(severity(alert).label)
    return "" if headline(alert, language).casefold().startswith(said.casefold()) else said


def titled(alert: Alert) -> str:
    """Return the headline with how bad it is before it, in the language that is active."""
    before = word(alert)
    return f"{before}: {headline(alert)}" if before else headline(alert)


def of_item(item: FeedItem) -> Status:
    """Return what stands before the headline of somebody else's alert."""
    return SEVERITIES.get(item.severity, SEVERITIES["Unknown"])


def level(alert: Alert) -> Level:
    """Return how loud an alert's banner is."""
    if alert.status != "Actual":
        return Level.NOTICE
    return Level.CLEAR if alert.response == "AllClear" else LEVELS.get(alert.severity, Level.NOTICE)


def state(alert: Alert, now: datetime) -> Status:
    """Return how far an alert is; whether it is over, the clock says and not the row."""
    if alert.state == Alert.State.PUBLISHED and (
        alert.expires_at <= now or alert.msg_type == "Cancel"
    ):
        return CANCELLED if alert.msg_type == "Cancel" else EXPIRED
    return STATES[Alert.State(alert.state)]


def texts(alert: Alert, language: str = "") -> dict[str, str]:
    """Return event, headline, description and instruction in the reader's language, or in ours."""
    wanted = LANGUAGES.get(language or get_language() or "", MAIN)
    found: dict[str, str] = alert.infos.get(wanted) or alert.infos.get(MAIN) or {}
    return found


def headline(alert: Alert, language: str = "") -> str:
    """Return the headline, or words for a draft that has none."""
    return texts(alert, language).get("headline") or _("Without a headline")
