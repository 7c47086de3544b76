"""The one place where a round changes state: right, table, four eyes, event, audit."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import publish
from modules.prices import conf, workflow
from modules.prices.models import Round
from modules.prices.workflow import Move, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User


def locked(round_: Round) -> Round:
    """Return the row as it is now, kept for this transaction."""
    return Round.objects.select_for_update(of=("self",)).select_related("market").get(pk=round_.pk)


def require(by: "User | None", permission: str) -> None:
    """Raise PermissionDenied unless ``by`` has the right; None is the clock, which may."""
    if by is not None and not by.has_perm(permission):
        raise PermissionDenied


def move(
    name: str, *, round_: Round, by: "User | None", changes: Mapping[str, Any] | None = None
) -> Round:
    """Make the move called ``name`` with a locked round, in the caller's transaction.

    Raises:
        NotAllowed: when the table does not know the move from here, or four eyes are asked for.
        PermissionDenied: when ``by`` lacks the right.
    """
    step = workflow.get(name)
    require(by, step.permission)
    reason = workflow.problem(step, round_.state)
    if reason:
        raise NotAllowed(reason)
    _four_eyes(step, round_, by)
    before, round_.state = round_.state, step.target
    for field, value in (changes or {}).items():
        setattr(round_, field, value)
    round_.save(update_fields=["state", *(changes or {})])
    publish(step.topic, key=str(round_.uuid), round=round_.pk)
    audit.record(
        action=step.topic, target=str(round_.uuid), before={"state": before},
        after={"state": round_.state},
    )  # fmt: skip
    return round_


def _four_eyes(step: Move, round_: Round, by: "User | None") -> None:
    own = by is not None and round_.enumerator_id == by.pk
    if step.name == "verify" and own and conf.current().four_eyes:
        raise NotAllowed(_("You typed these prices in. Somebody else must verify them."))


def too_late(day: date, today: date) -> bool:
    """Tell whether a day is closed to typing in: more than a week ago, or still to come."""
    return not 0 <= (today - day).days <= 7
