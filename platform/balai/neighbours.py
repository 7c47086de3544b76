"""Hand a thing to another region on the platform and get its receipt: the one door between regions.

Regions share nothing: one has no right in another's schema, and no key points across. A message
is plain data that the sender chose; it is given, in this process, to a function that runs as the
*receiving* region, with that region's database role. That function's plain answer comes back.
Nobody can read across: the receiver is not asked for anything but its receipt, and the sender's
rows are out of reach while the receiver's code runs.

- A region receives only what its module has a door for, while the module is on and the door's own
  rule lets that sender in (a setting of the receiving region).
- Who sends is not said by the message: it is the region that is active. So no signature is needed
  while both live in one deployment; nothing leaves the process.
- The caller sends from a receiver of its outbox, again and again until it has the receipt, each
  time with the same ``key``; the receiving function must return the same receipt for it.
- Sent inside the caller's transaction: its note of the receipt and the receiver's rows commit
  together or not at all. Where the receiver lives in another cell its rows commit just before:
  after a crash in between the sender, who has no receipt, sends the same key again.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from balai import context, tasks
from balai.audit.actor import acting_as
from balai.context import Region
from balai.modules import registry

log = structlog.get_logger(__name__)

STAFFED: Final = frozenset({"active", "past_due", "restricted"})
"""States of a region in which people answer. A sandbox hands over to sandboxes only."""
PATIENCE_MS: Final = 3000
HURRY: Final = (
    "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)"
)

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A region as another one may know it; ``facts`` is what it tells senders about itself."""

    schema: str
    name: str
    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """What arrives: whence, under which key, and the plain data that was sent."""

    kind: str
    key: UUID
    origin: Neighbour
    body: Body


class NotReached(Exception):  # noqa: N818  # it reads as what happened
    """Raised when no receipt came back; ``reason`` is "unknown", "closed" or "failed"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Receive = Callable[[Message], Body]
Opens = Callable[[Region, Region], Mapping[str, str] | None]


@dataclass(frozen=True, slots=True)
class _Door:
    receive: Receive
    opens: Opens


_doors: dict[str, _Door] = {}


def door(kind: str, *, opens: Opens) -> Callable[[Receive], Receive]:
    """Declare what receives messages of ``kind`` ("emergency.incident").

    Args:
        opens: called with the receiving and the sending region, outside both, so it can only
            look at their settings; returns what the sender may know of the receiver, such as a
            phone number, or None to stay closed.

    Raises:
        ValueError: when the kind has a door already.
    """

    def register(receive: Receive) -> Receive:
        if kind in _doors:
            raise ValueError(f"{kind!r} has a door already")
        _doors[kind] = _Door(receive, opens)
        return receive

    return register


def reachable(kind: str) -> list[Neighbour]:
    """Return the regions that would take a message of ``kind`` from the active one, by name."""
    origin = context.current_region()
    found = (_face(kind, region, origin) for region in tasks.regions())
    return sorted((face for face in found if face), key=lambda face: face.name)


def hand_over(kind: str, *, to: str, key: UUID, body: Body) -> Body:
    """Give ``body`` to the region with schema ``to`` and return its answer.

    Args:
        key: the message's own; the same again is the same message.
        body: what JSON can say, nothing else: no object of this region can slip through.

    Raises:
        NotReached: when it is no region, its door is closed, or its code failed; nothing of it
            is left behind then.
        TypeError: for a body that is not plain.
    """
    origin = context.current_region()
    target = import_string(settings.REGION_LOADER)(to)
    if target is None or target.schema == origin.schema:
        raise NotReached("unknown")
    if _face(kind, target, origin) is None:
        raise NotReached("closed")
    sender = Neighbour(origin.schema, origin.name, origin.code, {})
    message = Message(kind, key, sender, _plain(body))
    try:
        with (
            context.crossing(),
            context.region_context(target),
            acting_as(origin.name),
            transaction.atomic(),
        ):
            answer = _hurried(lambda: _plain(_doors[kind].receive(message)))
    except Exception as error:
        log.warning("hand_over_failed", kind=kind, to=to, key=str(key), error=type(error).__name__)
        raise NotReached("failed") from error
    log.info("handed_over", kind=kind, to=to, key=str(key))
    return answer


def _face(kind: str, target: Region, origin: Region) -> Neighbour | None:
    """Return what ``origin`` may know of ``target`` where a message could arrive, else None."""
    found = _doors.get(kind)
    if found is None or target.schema == origin.schema or not _both_real(target, origin):
        return None
    slug = registry.owner_of(found.receive)
    if slug and slug not in target.active_modules:
        return None
    facts = found.opens(target, origin)
    return None if facts is None else Neighbour(target.schema, target.name, target.code, facts)


def _both_real(target: Region, origin: Region) -> bool:
    """Tell whether people answer at both ends, or nobody does at either: no trial in earnest."""
    sandboxes = {target.state, origin.state} == {"sandbox"}
    return sandboxes or (target.state in STAFFED and origin.state in STAFFED)


def _plain(body: Body) -> Body:
    copied: Body = json.loads(json.dumps(body))
    return copied


def _hurried(work: Callable[[], Body]) -> Body:
    """Run ``work`` with short time limits: a busy neighbour must not hold the sender."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('lock_timeout'), current_setting('statement_timeout')"
        )
        before = cursor.fetchone()
        cursor.execute(HURRY, [str(PATIENCE_MS), str(PATIENCE_MS)])
        answer = work()
        cursor.execute(HURRY, list(before))
    return answer
