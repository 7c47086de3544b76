"""What other programs are told of events: the newest day's prices, as everybody reads them."""

from django.urls import reverse

from balai import context
from balai.modules import EventData
from modules.prices import showing
from modules.prices.selectors.board import board


def facts(event: EventData) -> dict[str, object] | None:
    """Return the published day; None for samples and for days that are not the newest."""
    shown = board()
    if shown is None or shown.today.pk != event.payload.get("publication") or shown.today.sample:
        return None
    page = reverse("prices:index", urlconf="balai.urls_region")
    told = showing.day(shown).model_dump(mode="json")
    return {"day": told, "url": f"{context.current_region().base_url}{page}"}
