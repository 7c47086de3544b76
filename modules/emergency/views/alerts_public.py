"""Citizens' pages of alerts: what holds now, what was, one alert in full; ours and others'."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.modules.banners import TOPIC
from modules.emergency import alert_looks, alert_map
from modules.emergency.models import FeedItem
from modules.emergency.selectors import alerts
from modules.emergency.views import alert_cards

PAST = 20


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what is in force, then what was."""
    return render(request, "emergency/alerts/index.html", _listing())


@never_cache
@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """Answer with the lists alone, for a page that is open."""
    return render(request, "emergency/alerts/parts/listing.html", _listing())


@never_cache
@require_safe
def one(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Show one alert in full, with what came before and after it."""
    found = get_object_or_404(alerts.sent().select_related("references"), uuid=alert)
    now = timezone.now()
    newer = alerts.sent().filter(references=found).first()
    page = {
        "card": alert_cards.card(found, now),
        "newer": alert_cards.row(newer, now) if newer else None,
        "earlier": [alert_cards.row(item, now) for item in alerts.chain(found)],
        "kind": alert_looks.KINDS.get(found.msg_type, ""),
        "holds": found.state == found.State.PUBLISHED and found.expires_at > now,
    }
    return render(request, "emergency/alerts/alert.html", page)


def _listing() -> dict[str, object]:
    now = timezone.now()
    others = list(alerts.others_in_force(now)[:PAST])
    return {
        "cards": [alert_cards.row(alert, now) for alert in alerts.in_force(now)[:PAST]],
        "others": [(item, alert_looks.of_item(item), alert_cards.names_of(item.areas))
                   for item in others],
        "others_map": _map_of(others),
        "past": [alert_cards.row(alert, now) for alert in alerts.past(now)[:PAST]],
        "topic": TOPIC,
    }  # fmt: skip


def _map_of(items: list[FeedItem]) -> str:
    """Return one map of everything that others warn of; "" when there is nothing."""
    if not items:
        return ""
    codes = {code for item in items for code in item.areas}
    return alert_map.draw(codes, [ring for item in items for ring in item.polygons])
