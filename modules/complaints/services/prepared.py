"""Admins write and remove prepared answers."""

from typing import Any

from django.db import transaction

from balai import audit
from modules.complaints.models import CannedReply

TRACED = ("label", "state", "text")


def traced(reply: CannedReply) -> dict[str, Any]:
    """Return the values whose changes the audit log keeps."""
    return {name: getattr(reply, name) for name in TRACED}


@transaction.atomic
def save_reply(*, reply: CannedReply, before: dict[str, Any] | None = None) -> CannedReply:
    """Store a new or changed prepared answer; ``before`` are the values it had."""
    reply.save()
    action = "complaints.answer_added" if before is None else "complaints.answer_changed"
    audit.record(action=action, target=str(reply.uuid), before=before, after=traced(reply))
    return reply


@transaction.atomic
def delete_reply(*, reply: CannedReply) -> None:
    """Remove a prepared answer; what was written with it stays."""
    before, target = traced(reply), str(reply.uuid)
    reply.delete()
    audit.record(action="complaints.answer_deleted", target=target, before=before)
