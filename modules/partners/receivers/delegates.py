"""After somebody was let in with a platform account, or sent away."""

from balai import notify
from balai.modules import EventData, receiver
from balai.signon.roaming import regions_url
from modules.partners import topics
from modules.partners.models import Delegate
from modules.partners.selectors import delegates as selector
from modules.partners.services import delegates


@receiver(topics.DELEGATE)
def tell_platform(event: EventData) -> None:
    """Keep the platform's copy true."""
    row = _delegate(event)
    if row is not None:
        delegates.tell_platform(delegate=row)


@receiver(topics.DELEGATE)
def invite(event: EventData) -> None:
    """Write to somebody who was let in for the first time where they sign in."""
    row = _delegate(event)
    last = selector.last_day(row) if row is not None else None
    if row is None or last is None or not event.payload.get("fresh"):
        return
    told = {"partner": row.partner.short_name, "until": last, "url": regions_url()}
    notify.send(
        template="partners/delegate", to=notify.Recipient(email=row.email), context=told,
        dedupe_key=f"partners.delegate:{row.uuid}",
    )  # fmt: skip


def _delegate(event: EventData) -> Delegate | None:
    rows = Delegate.objects.select_related("partner", "user")
    return rows.filter(pk=int(event.payload["delegate"] or 0)).first()
