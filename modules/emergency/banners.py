"""What stands above every page of the region: alerts in force, and grave ones of others."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from balai.modules.banners import Banner
from modules.emergency import alert_looks
from modules.emergency.selectors import alerts

URLCONF = "balai.urls_region"


def banners() -> Iterator[Banner]:
    """Yield our alerts, then those of feeds that are severe or worse."""
    now = timezone.now()
    for alert in alerts.in_force(now)[:20]:
        yield Banner(
            key=f"alert-{alert.uuid.hex}",
            level=alert_looks.level(alert),
            icon=alert_looks.severity(alert).icon,
            word=str(alert_looks.severity(alert).label),
            title=alert_looks.headline(alert),
            url=reverse("emergency:alert", args=[alert.uuid], urlconf=URLCONF),
            since=alert.sent_at,
            until=alert.expires_at,
        )
    listing = reverse("emergency:alerts", urlconf=URLCONF)
    for item in alerts.others_in_force(now).filter(severity__in=alerts.LOUD)[:20]:
        look = alert_looks.of_item(item)
        yield Banner(
            key=f"feed-{item.feed_id}-{item.pk}", level=alert_looks.LEVELS[item.severity],
            icon=look.icon, word=str(look.label), title=item.headline,
            url=f"{listing}#feed-{item.pk}", since=item.seen_at,
            until=item.expires_at, credit=item.feed.credit,
        )  # fmt: skip
