"""The photos of a card: what is uploaded waits in its owner's tray until the form is complete.

So a form with a mistake keeps the photos that were good, and a photo that is refused never
costs the text. Whose a file is stands in its ``owner``: ``jobs.tray:<account>:<slot>``, then
``jobs.card:<card>:<slot>``.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from balai import files
from balai.files.models import StoredFile
from balai.files.services import remove_bytes
from modules.jobs.models import Card

if TYPE_CHECKING:
    from balai.accounts.models import User

PURPOSE: Final = "jobs_card"
SLOTS: Final = ("photo", "ktp", "diploma", "family", "certificate", "signature")
NEEDED: Final = ("photo", "ktp", "diploma")
COMPARED: Final = ("ktp", "diploma", "family", "certificate")
"""Only for the check; what is printed on the card stays as long as the card."""
TRAY_KEPT: Final = timedelta(days=2)


def tray_of(user: Any) -> str:
    """Return what the owner of every file in somebody's tray begins with."""
    return f"jobs.tray:{user.uuid}:"


def owner_of(card: Card) -> str:
    """Return what the owner of every file of a card begins with."""
    return f"jobs.card:{card.uuid}:"


@transaction.atomic
def put(*, user: "User", slot: str, upload: Any) -> StoredFile:
    """Store a photo in its owner's tray, in place of the one that lay there.

    Raises:
        UploadRejected: for what is no photo; what lay there stays.
    """
    owner = tray_of(user) + slot
    stored = files.store_photo(upload, owner=owner, purpose=PURPOSE, created_by=user)
    remove(StoredFile.objects.filter(owner=owner).exclude(pk=stored.pk))
    return stored


def present(user: Any, card: Card | None) -> dict[str, StoredFile]:
    """Return the photo of each slot: what was just uploaded, else what the card has; one query."""
    owners = [tray_of(user) + slot for slot in SLOTS]
    if card is not None:
        owners += [owner_of(card) + slot for slot in SLOTS]
    rows = {row.owner: row for row in StoredFile.objects.filter(owner__in=owners)}
    return {owner.rpartition(":")[2]: rows[owner] for owner in reversed(owners) if owner in rows}


def of(card: Card) -> dict[str, StoredFile]:
    """Return the photos of a card by slot; one query."""
    rows = StoredFile.objects.filter(owner__in=[owner_of(card) + slot for slot in SLOTS])
    return {row.owner.rpartition(":")[2]: row for row in rows}


def take(*, user: "User", card: Card) -> dict[str, str]:
    """Move what lies in the tray to the card; return all its photos by slot, as it stores them."""
    for slot in SLOTS:
        new = StoredFile.objects.filter(owner=tray_of(user) + slot).first()
        if new is not None:
            remove(StoredFile.objects.filter(owner=owner_of(card) + slot))
            new.owner = owner_of(card) + slot
            new.save(update_fields=["owner"])
    return {slot: str(row.uuid) for slot, row in of(card).items()}


def drop(card: Card, slots: Iterable[str] = SLOTS) -> dict[str, str]:
    """Delete photos of a card; return those it still has."""
    gone = [owner_of(card) + slot for slot in slots]
    remove(StoredFile.objects.filter(owner__in=gone))
    return {slot: name for slot, name in card.papers.items() if slot not in slots}


def empty_trays(*, now: datetime) -> None:
    """Delete what was uploaded for a form that was never sent."""
    old = StoredFile.objects.filter(purpose=PURPOSE, created_at__lt=now - TRAY_KEPT)
    remove(old.filter(owner__startswith="jobs.tray:"))


def empty_tray(*, user: int) -> None:
    """Delete what lies in the tray of an account that is being closed."""
    mine = StoredFile.objects.filter(purpose=PURPOSE, created_by=user)
    remove(mine.filter(owner__startswith="jobs.tray:"))


def remove(rows: Iterable[StoredFile]) -> None:
    """Delete files: the rows now, the bytes after the commit."""
    for row in rows:
        row.delete()
        transaction.on_commit(partial(remove_bytes, row.purpose, row.uuid))
