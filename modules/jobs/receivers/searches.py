"""One letter a day with what is new for the searches somebody keeps."""

from django.utils import timezone

from balai.accounts.models import User
from balai.modules import EventData, receiver
from modules.jobs.models import SavedSearch
from modules.jobs.receivers.wording import absolute, write
from modules.jobs.selectors import searches
from modules.jobs.selectors.searches import News
from modules.jobs.services.searches import DUE


@receiver(DUE)
def tell_of_news(event: EventData) -> None:
    """Write what is new for all of an account's searches, and note that it was told."""
    key, now = int(event.payload["user"] or 0), timezone.now()
    user = User.objects.filter(pk=key, is_active=True).first()
    found = searches.news(key)
    if user is None or not found:
        return
    told = {
        "searches": [_told(one) for one in found],
        "count": sum(one.count for one in found),
        "url": absolute("jobs:searches"),
    }  # fmt: skip
    write([user], "news", told, f"jobs.searches:{event.id}")
    SavedSearch.objects.filter(user=user, notify=True).update(told_at=now)


def _told(one: News) -> list[object]:
    """Return a search's name, address, rows as [title, employer, address], and how many more."""
    rows = [
        [row.title, row.employer.name, absolute("jobs:detail", row.uuid)] for row in one.vacancies
    ]
    address = f"{absolute('jobs:index')}?{one.search.query}"
    return [one.search.name, address, rows, one.count - len(rows)]
