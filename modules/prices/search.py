"""What the site's search finds: goods with their price, and markets."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from balai.home.search import SearchHit
from balai.ui import formats
from modules.prices.models import Market, Variety
from modules.prices.selectors import published


def search(query: str, user: Any, limit: int) -> Iterator[SearchHit]:
    """Yield goods whose name (in either language) holds all words, then markets."""
    words, named = Q(), Q()
    for word in query.split()[:6]:
        words &= Q(label_id__icontains=word) | Q(label_en__icontains=word) | Q(
            group__label_id__icontains=word) | Q(group__label_en__icontains=word)  # fmt: skip
        named &= Q(name__icontains=word)
    pair = published.pair()
    rows = pair.rows if pair else {}
    for variety in Variety.objects.filter(words, active=True)[:limit]:
        row, text = rows.get(variety.pk), _("Not observed yet")
        if row and pair:
            text = _("%(price)s per %(unit)s, %(day)s") % {
                "price": formats.rupiah(row.mean), "unit": variety.get_unit_display(),
                "day": formats.short_date(pair.today.date),
            }  # fmt: skip
        url = reverse("prices:variety", args=[variety.slug])
        yield SearchHit(variety.label, url, text, "shopping-basket")
    for market in Market.objects.filter(named, active=True)[:limit]:
        url = f"{reverse('prices:index')}?market={market.slug}"
        yield SearchHit(market.name, url, _("Today's prices in this market"), "store")
