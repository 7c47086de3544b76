"""The hash chain: each entry's hash covers the one before, so nothing can be changed unseen."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import structlog
from django.db import connection, transaction
from django.utils import timezone

from balai import context
from balai.audit import actor as actors
from balai.audit.models import Entry
from balai.audit.redaction import clean, clean_text

log = structlog.get_logger(__name__)
GENESIS: Final = "0" * 64
FIELDS: Final = (
    "seq", "at", "actor_uuid", "actor_label", "action", "target", "before", "after", "reason",
    "request_id", "prev_hash",
)  # fmt: skip
# One number for the audit log; the other half of the lock is the schema.
LOCK: Final = 0x61756469


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry: what to write down elsewhere to notice that the end was cut off."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the chain does not hold, and why."""

    seq: int
    problem: str


def append(
    *, action: str, target: str, before: dict[str, Any], after: dict[str, Any], reason: str
) -> Entry:
    """Insert the next entry; see :func:`balai.audit.record`."""
    who = actors.current()
    with transaction.atomic():
        last = _lock_head()
        entry = Entry(
            seq=last.seq + 1,
            at=timezone.now(),
            actor_uuid=who.uuid,
            actor_label=who.label[:120],
            action=action,
            target=clean_text(target)[:200],
            before=clean(before),
            after=clean(after),
            reason=clean_text(reason),
            request_id=who.request_id[:64],
            prev_hash=last.hash,
        )
        entry.hash = digest(entry)
        entry.save()
    return entry


def head() -> Head:
    """Return the active schema's last entry (number 0 of an empty log)."""
    row = Entry.objects.values_list("seq", "hash").first()
    return Head(*row) if row else Head(0, GENESIS)


def verify(known: Head | None = None) -> Broken | None:
    """Return the first broken place of the active schema's chain, or None.

    Args:
        known: a head written down earlier; its absence means the end was cut off or replaced.
    """
    broken = _first_break(Entry.objects.order_by("seq").iterator(chunk_size=2000))
    if broken is None and known is not None and known.seq:
        kept = Entry.objects.filter(seq=known.seq).values_list("hash", flat=True).first()
        broken = None if kept == known.hash else Broken(known.seq, "missing")
    if broken:
        log.error("audit_chain_broken", seq=broken.seq, problem=broken.problem)
    return broken


def digest(entry: Entry) -> str:
    """Return the SHA-256 of the entry's fields in one fixed spelling."""
    values = {name: _spell(getattr(entry, name)) for name in FIELDS}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _spell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, int | dict | str) else str(value)


def _first_break(entries: Iterator[Entry]) -> Broken | None:
    last = Head(0, GENESIS)
    for entry in entries:
        if entry.seq != last.seq + 1:
            return Broken(last.seq + 1, "missing")
        if entry.prev_hash != last.hash:
            return Broken(entry.seq, "unlinked")
        if entry.hash != digest(entry):
            return Broken(entry.seq, "altered")
        last = Head(entry.seq, entry.hash)
    return None


def _lock_head() -> Head:
    # A row lock would need the right to update, which a region's role does not have. The lock
    # comes in a statement of its own: the next one must see what the last holder committed.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, context.schema()])
    return head()
