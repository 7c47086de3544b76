"""Somebody wants to be told when a price falls; each fall is told once."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse

from balai import context, notify, outbox
from balai.notify import subscriptions
from modules.prices import topics
from modules.prices.models import DayPrice, Market, Publication, Variety, Watch
from modules.prices.selectors import history, published, watches
from modules.prices.watching import subject

if TYPE_CHECKING:
    from django.utils.functional import Promise


@transaction.atomic
def watch(
    *,
    variety: Variety,
    market: Market | None,
    below: int,
    language: str,
    label: "str | Promise" = "",
    **who: Any,
) -> Watch:
    """Tell somebody when a price is ``below`` rupiah (for the variety's unit) or less.

    A price that is there already is no fall: the watch waits until it has been above.

    Args:
        market: None is the city's average.
        label: what the letter calls it that asks an e-mail address to confirm.
        who: ``user``, ``email`` or ``device``, as ``subscriptions.follow`` takes it.
    """
    price = _shown(variety, market)
    found, _new = Watch.objects.get_or_create(
        variety=variety, market=market, below=below,
        defaults={"armed": price is None or price > below},
    )  # fmt: skip
    subscriptions.follow(subject=subject(found.uuid), language=language, label=str(label), **who)
    return found


@transaction.atomic
def look(*, publication: Publication) -> list[Watch]:
    """Hold all watches against a day that was published; return those whose price fell.

    Only the newest day counts: what came in of older days is no news. Each fall is an event of
    its own (``topics.FELL``), so that one with many followers does not hold up the others.
    """
    newest = published.newest(1)
    if not newest or newest[0].pk != publication.pk:
        return []
    rows = published.prices(newest)[publication.pk]
    fell, rose = [], []
    for one in Watch.objects.select_for_update(of=("self",)):
        price = watches.observed(rows.get(one.variety_id), one.market_id)
        if price is None:
            continue
        if price > one.below and not one.armed:
            one.armed = True
            rose.append(one)
        elif price <= one.below and one.armed:
            one.armed, one.fired_on = False, publication.date
            fell.append(one)
    Watch.objects.bulk_update([*rose, *fell], ["armed", "fired_on"], batch_size=500)
    for one in fell:
        outbox.publish(topics.FELL, key=str(one.uuid), watch=one.pk, publication=publication.pk)
    return fell


@transaction.atomic
def tell(*, watch_: int, publication: int, reference: str) -> int:
    """Write to everybody who watches a price; return to how many.

    Args:
        watch_: the watch's pk; ``publication`` that of the day on which it fell.
        reference: makes the messages of one fall unique.
    """
    found = Watch.objects.select_related("variety", "market").filter(pk=watch_).first()
    row = (
        DayPrice.objects.filter(publication=publication, variety=found.variety_id).first()
        if found
        else None
    )
    price = watches.observed(row, found.market_id) if found else None
    if found is None or row is None or price is None:
        return 0
    told = subscriptions.recipients(subject(found.uuid))
    for to in told:
        notify.send(
            template="prices/fell", to=to, context=_words(found, row.date, price),
            dedupe_key=f"{reference}:{to.reference}",
        )  # fmt: skip
    return len(told)


@transaction.atomic
def forget(*, before: date) -> int:
    """Delete watches made before a day that nobody follows, confirmed or not; return how many."""
    from balai.notify.models import Subscription

    count = 0
    for one in Watch.objects.filter(created_at__date__lt=before):
        if not Subscription.objects.filter(subject=subject(one.uuid)).exists():
            one.delete()
            count += 1
    return count


def _shown(variety: Variety, market: Market | None) -> int | None:
    """Return the price that everybody reads now, also one that was carried forward."""
    newest = published.newest(1)
    row = published.prices(newest)[newest[0].pk].get(variety.pk) if newest else None
    return history.value(row, market)[0]


def _words(found: Watch, day: date, price: int) -> dict[str, Any]:
    """Return the letter's facts; both languages' names, for it is written in the reader's."""
    path = reverse("prices:variety", args=[found.variety.slug], urlconf="balai.urls_region")
    market = f"?market={found.market.slug}" if found.market else ""
    return {
        "name_id": found.variety.label_id, "name_en": found.variety.label_en or "",
        "unit": found.variety.unit, "market": found.market.name if found.market else "",
        "price": price, "below": found.below, "day": day,
        "url": f"{context.current_region().base_url}{path}{market}", "tag": f"prices-{found.pk}",
    }  # fmt: skip
