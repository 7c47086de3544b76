"""Give an instruction to the head of an agency, answer it, accept or return it."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, workcal
from balai.directory.models import Agency
from balai.modules import oversight
from balai.outbox import publish
from modules.liveroom import topics, workflow
from modules.liveroom.models import Instruction, InstructionStep
from modules.liveroom.rights import ANSWER, INSTRUCT
from modules.liveroom.workflow import Move, NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User

USUAL_DAYS = 3
"""Working days that an agency has unless the giver says another day."""


def usual_day() -> date:
    """Return the day an instruction of now is due unless somebody says another."""
    return timezone.localtime(workcal.add_working_days(timezone.localtime(), USUAL_DAYS)).date()


@transaction.atomic
def give(
    *,
    agency: Agency,
    text: str,
    due_on: date,
    by: "User",
    module: str = "",
    reference: str = "",
) -> Instruction:
    """Give an agency's head one line to act upon, and tell them.

    Args:
        module, reference: the case it is about; empty for the agency as such.

    Raises:
        PermissionDenied: when ``by`` may not instruct.
        NotAllowed: without words, for a day that has passed, or a case that is not there.
    """
    if not by.has_perm(INSTRUCT):
        raise PermissionDenied
    line = " ".join(text.split())
    if not line:
        raise NotAllowed(_("Write what is to be done."))
    _require_day(due_on)
    row = Instruction.objects.create(
        agency=agency, module=module, reference=reference, text=line[:200], due_on=due_on,
        number=_number(module, reference, agency, by), given_by=by,
    )  # fmt: skip
    publish(topics.GIVEN, key=str(row.uuid), instruction=row.pk)
    audit.record(
        action=topics.GIVEN, target=str(row.uuid),
        after={"agency": agency.code, "due_on": due_on.isoformat(), "number": row.number},
    )  # fmt: skip
    return row


@transaction.atomic
def move(
    name: str,
    *,
    instruction: Instruction,
    by: "User",
    text: str = "",
    due_on: date | None = None,
) -> Instruction:
    """Make the move called ``name`` and return the instruction as it is now.

    Args:
        text: the answer, the remark or the reason.
        due_on: another day, for one that is returned.

    Raises:
        PermissionDenied: when it is somebody else's move.
        NotAllowed: when the table does not know it from here, or words are missing.
    """
    step = workflow.get(name)
    row = Instruction.objects.select_for_update(of=("self",)).get(pk=instruction.pk)
    _require(by, step, row)
    if row.state not in step.sources:
        raise NotAllowed(str(workflow.MOVED_ON))
    if step.asks and not text.strip():
        raise NotAllowed(_("Write a word about it."))
    before, row.state = row.state, step.target.value
    if due_on is not None and step.name == "return":
        _require_day(due_on)
        row.due_on = due_on
    row.save(update_fields=["state", "due_on"])
    InstructionStep.objects.create(
        instruction=row, move=step.name, actor=by, text=text.strip()[:2000]
    )
    publish(step.topic, key=str(row.uuid), instruction=row.pk)
    audit.record(
        action=step.topic, target=str(row.uuid),
        before={"state": before}, after={"state": row.state},
    )  # fmt: skip
    return row


def _require(by: "User", step: Move, row: Instruction) -> None:
    if step.who is Who.GIVER:
        if not by.has_perm(INSTRUCT):
            raise PermissionDenied
    elif not by.agencies_for(ANSWER).covers(row.agency_id):
        raise PermissionDenied


def _require_day(due_on: date) -> None:
    if due_on < timezone.localdate():
        raise NotAllowed(_("This day has passed. Choose a later one."))


def _number(module: str, reference: str, agency: Agency, by: "User") -> str:
    """Return what people call the case; it must be the agency's, and one that ``by`` may see."""
    if not module:
        return ""
    offered = oversight.find(module)
    found = offered.case(by, reference) if offered else None
    if found is None or found.case.agency_id != agency.pk:
        raise NotAllowed(_("This case is not with the agency any more."))
    return found.case.number
