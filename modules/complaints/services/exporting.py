"""Remember who took which data out."""

from django.db import transaction

from balai import audit


@transaction.atomic
def note_export(*, kind: str, count: int, identity: bool, reason: str) -> None:
    """Write an export to the audit log before its first byte leaves.

    Args:
        kind: "csv", "xlsx" or "pdf".
        count: how many reports it holds.
        identity: whether names and addresses of reporters are in it.
        reason: why the officer needs it, in their words.
    """
    audit.record(
        action="complaints.exported", reason=reason,
        after={"kind": kind, "reports": count, "identity": identity},
    )  # fmt: skip
