"""Officers keep an inbox under a name, rename it, throw it away and take it back."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.complaints.models import SavedFilter
from modules.complaints.selectors.desk_filters import LONGEST_QUERY, Filters, to_query
from modules.complaints.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

MOST = 12
KEPT = timedelta(days=1)
"""How long a deleted filter can be taken back."""


@transaction.atomic
def save_filter(*, name: str, filters: Filters, by: "User") -> SavedFilter:
    """Keep ``filters`` under ``name``; one of the same name is replaced.

    Raises:
        NotAllowed: when there are as many as one can oversee, or the filters are too long.
    """
    query = to_query(filters)
    if len(query) > LONGEST_QUERY:
        raise NotAllowed(_("These filters are too long to be kept. Take some words away."))
    own = SavedFilter.objects.select_for_update().filter(user=by, deleted_at=None)
    same = next((row for row in own if row.name.lower() == name.lower()), None)
    if same is None and len(own) >= MOST:
        raise NotAllowed(_("You have %(most)d saved filters. Delete one first.") % {"most": MOST})
    if same is None:
        return SavedFilter.objects.create(user=by, name=name, query=query)
    same.query = query
    same.save(update_fields=["query"])
    return same


@transaction.atomic
def rename_filter(*, saved: SavedFilter, name: str) -> SavedFilter:
    """Give a saved filter another name.

    Raises:
        NotAllowed: when another one is called so.
    """
    others = SavedFilter.objects.filter(user=saved.user_id, deleted_at=None, name__iexact=name)
    if others.exclude(pk=saved.pk).exists():
        raise NotAllowed(_("You have a filter of this name already."))
    saved.name = name
    saved.save(update_fields=["name"])
    return saved


@transaction.atomic
def delete_filter(*, saved: SavedFilter, now: datetime | None = None) -> None:
    """Take a saved filter away; :func:`restore_filter` brings it back for a day."""
    saved.deleted_at = now or timezone.now()
    saved.save(update_fields=["deleted_at"])


@transaction.atomic
def restore_filter(*, saved: SavedFilter) -> None:
    """Bring a deleted filter back."""
    saved.deleted_at = None
    saved.save(update_fields=["deleted_at"])


@transaction.atomic
def forget_filters(*, now: datetime) -> int:
    """Remove for good what was deleted more than a day ago; return how many."""
    return int(SavedFilter.objects.filter(deleted_at__lt=now - KEPT).delete()[0])
