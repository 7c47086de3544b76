"""What the centre knows of an incident is put right, and what else became known is noted.

Two people may have the same incident open. A form says with which facts it began; what only one of
them changed is taken from both, and what both changed differently is a :class:`Conflict` that shows
both: nobody's words are lost by somebody else's "Save".
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from modules.emergency import workflow
from modules.emergency.models import Category, Incident, Stamp
from modules.emergency.selectors import sealing
from modules.emergency.services import marking
from modules.emergency.states import Source
from modules.emergency.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

TAKE: Final = "emergency.take"
FIELDS: Final = (
    "category_id", "text", "address", "landmark", "area_id", "latitude", "longitude", "casualties",
    "hazards",
)  # fmt: skip
Facts = dict[str, Any]


class Conflict(Exception):  # noqa: N818  # it reads as what happened
    """Raised when somebody else changed the same fact; ``theirs`` holds it as it is now."""

    def __init__(self, theirs: Facts) -> None:
        super().__init__(", ".join(theirs))
        self.theirs = theirs


def facts(incident: Incident) -> Facts:
    """Return what an edit form begins with; plain values."""
    return {name: getattr(incident, name) for name in FIELDS}


@transaction.atomic
def change(
    *,
    incident: Incident,
    began: Mapping[str, Any],
    wanted: Mapping[str, Any],
    by: "User",
    now: datetime | None = None,
) -> list[str]:
    """Change what was told; return the names of the facts that are different now.

    Args:
        began: the facts as the form showed them first.
        wanted: the facts as they were sent.

    Raises:
        Conflict: when somebody changed one of the same facts to something else meanwhile.
        NotAllowed: for an incident that has ended.
        PermissionDenied: when ``by`` neither takes calls nor dispatches, or it is sealed to them.
    """
    current = marking.locked(incident)
    _require(current, by)
    if not current.open:
        raise NotAllowed(workflow.MOVED_ON)
    is_now = facts(current)
    mine = {name: wanted[name] for name in FIELDS if wanted[name] != began[name]}
    theirs = {
        name: is_now[name]
        for name, value in mine.items()
        if is_now[name] not in (began[name], value)
    }
    if theirs:
        raise Conflict(theirs)
    changes = {name: value for name, value in mine.items() if is_now[name] != value}
    if changes:
        _write(current, changes, is_now, by, now or timezone.now())
    return list(changes)


@transaction.atomic
def note(*, incident: Incident, text: str, by: "User", now: datetime | None = None) -> Stamp:
    """Add a line to the record; also to one that has ended.

    Raises:
        NotAllowed: for an empty line.
        PermissionDenied: when ``by`` neither takes calls nor dispatches, or it is sealed to them.
    """
    if not text.strip():
        raise NotAllowed(_("Write something first."))
    current = marking.locked(incident)
    _require(current, by)
    added = marking.stamp(current, "note", at=now or timezone.now(), by=by, text=text)
    marking.changed(current)
    return added


def _write(current: Incident, changes: Facts, before: Facts, by: "User", now: datetime) -> None:
    for name, value in changes.items():
        setattr(current, name, value)
    saved = set(changes)
    if {"latitude", "longitude"} & saved:
        current.source, current.accuracy = (
            (Source.MAP if current.latitude is not None else ""),
            None,
        )
        saved |= {"source", "accuracy"}
    if "category_id" in changes:
        category = Category.objects.get(pk=changes["category_id"])
        # Secrecy only grows: what was told under a sealed category stays sealed.
        current.sealed = current.sealed or category.sealed
        current.agency_id = category.agency_id
        saved |= {"sealed", "agency_id"}
    told = {name: [before[name], value] for name, value in changes.items()}
    marking.stamp(current, "facts", at=now, by=by, text=json.dumps(told, ensure_ascii=False))
    marking.changed(current, *(name.removesuffix("_id") for name in saved))
    audit.record(
        action="emergency.facts_changed", target=current.number,
        after={"facts": ", ".join(sorted(changes))},
    )  # fmt: skip


def _require(current: Incident, by: "User") -> None:
    if not (by.has_perm(TAKE) or by.has_perm(workflow.DISPATCH)):
        raise PermissionDenied
    if not sealing.visible(current, by):
        raise PermissionDenied
