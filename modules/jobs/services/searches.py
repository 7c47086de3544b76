"""Searches that somebody keeps: what is new for them is told once a day."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.accounts.models import User
from balai.outbox import publish
from modules.jobs.models import SavedSearch
from modules.jobs.selectors import searches
from modules.jobs.selectors.filters import Filters, to_query
from modules.jobs.workflow import NotAllowed

MOST: Final = 10
LONGEST: Final = 300
DUE: Final = "jobs.searches_due"
APART: Final = timedelta(hours=20)
"""Two letters to one person are at least so far apart: once a day, even if the clock drifts."""


@transaction.atomic
def keep(*, user: User, filters: Filters, name: str, now: datetime | None = None) -> SavedSearch:
    """Keep a search; the same one again is the one that is there.

    Raises:
        NotAllowed: for more than :data:`MOST`, or a search for everything.
    """
    now, query = now or timezone.now(), to_query(filters.without("sort"))
    if not query or len(query) > LONGEST:
        raise NotAllowed(_("Choose a word or a filter first; then keep the search."))
    User.objects.select_for_update().get(pk=user.pk)  # one at a time counts
    known = SavedSearch.objects.filter(user=user, query=query).first()
    if known is not None:
        return known
    if SavedSearch.objects.filter(user=user).count() >= MOST:
        raise NotAllowed(_("You keep %(n)d searches already. Delete one first.") % {"n": MOST})
    row = SavedSearch.objects.create(
        user=user, name=name[:80], query=query, told_at=now, created_at=now
    )
    audit.record(action="jobs.search_kept", target=str(row.uuid))
    return row


@transaction.atomic
def switch(*, search: SavedSearch, notify: bool, now: datetime | None = None) -> SavedSearch:
    """Switch the letters on or off; switched on again, only what comes from now on is told."""
    if notify and not search.notify:
        search.told_at = now or timezone.now()
    search.notify = notify
    search.save(update_fields=["notify", "told_at"])
    return search


@transaction.atomic
def delete(*, search: SavedSearch) -> dict[str, Any]:
    """Delete a search; return what :func:`restore` needs to bring it back."""
    left = {
        "uuid": str(search.uuid), "name": search.name, "query": search.query,
        "notify": search.notify, "told_at": search.told_at.isoformat(),
        "created_at": search.created_at.isoformat(),
    }  # fmt: skip
    search.delete()
    audit.record(action="jobs.search_deleted", target=str(left["uuid"]))
    return left


@transaction.atomic
def restore(*, user: User, left: dict[str, Any]) -> SavedSearch:
    """Bring a deleted search back under its old reference; doing it twice is doing it once."""
    times = {name: datetime.fromisoformat(left[name]) for name in ("told_at", "created_at")}
    plain = {name: left[name] for name in ("name", "query", "notify")}
    row, _fresh = SavedSearch.objects.get_or_create(
        uuid=UUID(left["uuid"]), user=user, defaults={**plain, **times}
    )
    return row


@transaction.atomic
def announce(*, now: datetime) -> int:
    """Publish an event for everybody whom something new waits for; return for how many.

    Each different search is asked once, however many people keep it.
    """
    users: set[int] = set()
    for query, oldest in searches.due(now - APART).items():
        newest = searches.newest(query, oldest)
        if newest is not None:
            users |= searches.waiting_for(query, newest, now - APART)
    for user in sorted(users):
        publish(DUE, user=user)
    return len(users)
