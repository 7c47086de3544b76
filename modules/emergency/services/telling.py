"""Write to an alert's subscribers, a page at a time: a large city has a hundred thousand."""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _, override

from balai import notify
from balai.notify import followers
from balai.outbox import publish
from modules.emergency import alert_looks, topics
from modules.emergency.models import Alert
from modules.emergency.selectors import alerts, audience
from modules.emergency.services import alert_messages

PAGE: Final = 300


def tell(*, alert: Alert, after: int = 0) -> int:
    """Queue the messages of one page and an event for the next; return how many were queued.

    Nobody is written to twice, however many areas they follow and however often this runs.
    Exercises and tests are told to nobody, and what is over or replaced by then is told no more:
    a queue that stood still does not warn of yesterday. Call it in a transaction.

    Args:
        after: the place of the last subscription that was told.
    """
    over = alert.state != Alert.State.PUBLISHED or alert.expires_at <= timezone.now()
    if alert.status != "Actual" or over:
        return 0
    page = followers.page(audience.subjects_of(alert), after=after, limit=PAGE)
    for follower in page:
        notify.send(
            template="emergency/alert",
            to=follower.to,
            context=_words(alert, follower.to.language or "id"),
            dedupe_key=f"emergency.alert:{alert.pk}:{follower.person}",
        )
    if len(page) == PAGE:
        publish(topics.ALERT_TOLD, key=str(alert.uuid), alert=alert.pk, after=page[-1].at)
    return len(page)


def ask_approvers(alert: Alert) -> None:
    """Write to everybody who may approve that an alert waits."""
    for person in audience.approvers(besides=alert.author_id):
        notify.send(
            template="emergency/alert_waits",
            to=notify.Recipient(user=person),
            context={"headline": alert_looks.headline(alert), "url": alert_messages.desk(alert)},
            dedupe_key=f"emergency.alert_waits:{alert.pk}:{alerts.round_of(alert)}:{person.pk}",
        )


def _words(alert: Alert, language: str) -> dict[str, object]:
    told = alert_looks.texts(alert, language)
    with override(language):
        word = alert_looks.word(alert, language)
        area = alert.area_name or _("the whole region")
    return {
        "word": word,
        "headline": told.get("headline", ""),
        "description": told.get("description", ""),
        "instruction": told.get("instruction", ""),
        "area": area,
        "until": alert.expires_at,
        "url": alert_messages.address(alert),
        "tag": f"alert-{_first(alert).uuid.hex}",
    }


def _first(alert: Alert) -> Alert:
    """Return the message a chain began with: a phone shows the newest of a chain, not all."""
    return (alerts.chain(alert) or [alert])[-1]
