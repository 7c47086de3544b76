"""How many follow each report, counted now and then: the order "most followed" is read from it."""

from collections import Counter
from uuid import UUID

from django.db.models import Count, Q

from balai.notify.models import Subscription
from modules.complaints.models import Complaint

SUBJECT = "complaints.report:"
BATCH = 500


def recount() -> int:
    """Write the number of followers where it changed; return how many reports that were.

    Followers are those who subscribed and confirmed, and the reporters of merged duplicates.
    """
    counted = _subscribers()
    merged = Complaint.objects.filter(merged_into__isnull=False).order_by()
    for case, n in merged.values_list("merged_into__uuid").annotate(n=Count("id")):
        counted[case] += n
    wanted = Q(followers__gt=0) | Q(uuid__in=list(counted))
    changed = []
    for row in Complaint.objects.filter(wanted).only("uuid", "followers").order_by("id"):
        if row.followers != counted[row.uuid]:
            row.followers = counted[row.uuid]
            changed.append(row)
    Complaint.objects.bulk_update(changed, ["followers"], batch_size=BATCH)
    return len(changed)


def _subscribers() -> Counter[UUID]:
    rows = Subscription.objects.filter(subject__startswith=SUBJECT, confirmed_at__isnull=False)
    found = rows.order_by().values_list("subject").annotate(n=Count("id"))
    return Counter({UUID(subject.removeprefix(SUBJECT)): n for subject, n in found})
