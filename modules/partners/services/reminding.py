"""Tell people in time that a co-operation ends; sharing itself stops without any job."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from balai import context, notify
from modules.partners import conf
from modules.partners.models import Cooperation
from modules.partners.selectors import addressees, agreements


def remind(today: date | None = None) -> int:
    """Write about every co-operation that ends soon, once for each of the region's days.

    A round that was missed is made up for: of several days that have passed only the last counts.
    Returns how many co-operations were written about.
    """
    today = today or timezone.localdate()
    days = sorted(conf.current().remind_days)
    told = 0
    for row in agreements.ending_within(days[-1], today) if days else ():
        left = (row.ends_on - today).days
        step = next(one for one in days if left <= one)
        told += _write(row, step)
    return told


@transaction.atomic
def _write(row: Cooperation, step: int) -> int:
    if row.sample:
        return 0
    page = reverse("partners_console:partner", args=[row.partner.uuid])
    told = {
        "partner": row.partner.short_name,
        "number": row.number,
        "until": row.ends_on,
        "url": context.current_region().base_url + page,
    }
    key = f"partners.ending:{row.uuid}:{row.ends_on}:{step}"
    for name, recipient in (*addressees.sharers(), *addressees.contacts(row)):
        notify.send(
            template="partners/ending", to=recipient, context=told, dedupe_key=f"{key}:{name}"
        )
    return 1
