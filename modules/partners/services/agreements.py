"""Institutions, co-operations and rules: what admins write down."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from modules.partners.models import Cooperation, Partner, SharingRule
from modules.partners.services import delegates, documents
from modules.partners.workflow import NotAllowed

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

PARTNER = ("slug", "short_name", "name", "kind", "tasks", "active")
PAPER = (
    "basis", "number", "signed_on", "starts_on", "ends_on", "purpose", "categories", "areas",
    "fields", "acknowledge_days", "contacts",
)  # fmt: skip


@transaction.atomic
def save_partner(*, told: Mapping[str, Any], partner: Partner | None = None) -> Partner:
    """Add an institution or change one; resting it ends what it sees at once."""
    row = partner or Partner()
    before = _facts(row, PARTNER) if partner else {}
    for name in PARTNER:
        if name in told:
            setattr(row, name, told[name])
    row.save()
    if partner is not None:
        delegates.follow_papers(partner=row)
    _audit("partner", row, before, PARTNER)
    return row


@transaction.atomic
def save_cooperation(
    *,
    partner: Partner,
    told: Mapping[str, Any],
    upload: "UploadedFile[Any] | None" = None,
    cooperation: Cooperation | None = None,
    sample: bool = False,
) -> Cooperation:
    """Write down a co-operation or change one. One that was ended stays as it is.

    Raises:
        NotAllowed: for one that was ended.
        UploadRejected: for a file that is no plain PDF; its ``message`` is for people.
    """
    if cooperation is not None and cooperation.ended_at is not None:
        raise NotAllowed(_("It was ended. Write down a new co-operation."))
    row = cooperation or Cooperation(partner=partner, sample=sample)
    before = _facts(row, PAPER) if cooperation else {}
    for name in PAPER:
        setattr(row, name, told[name])
    if upload is not None:
        row.document_key, row.document_name = documents.keep(upload, instead_of=row.document_key)
    row.save()
    delegates.follow_papers(partner=partner)
    _audit("cooperation", row, before, PAPER)
    return row


@transaction.atomic
def end_cooperation(
    *, cooperation: Cooperation, reason: str, now: datetime | None = None
) -> Cooperation:
    """End a co-operation before its time: from now on its partner reads nothing under it.

    Raises:
        NotAllowed: without a reason, or when it was ended before.
    """
    row = Cooperation.objects.select_for_update().get(pk=cooperation.pk)
    if row.ended_at is not None:
        raise NotAllowed(_("It was ended already."))
    if not reason.strip():
        raise NotAllowed(_("Say why it ends."))
    row.ended_at, row.ended_reason = now or timezone.now(), reason.strip()[:255]
    row.save(update_fields=["ended_at", "ended_reason"])
    delegates.follow_papers(partner=row.partner)
    audit.record(action="partners.cooperation_ended", target=str(row.uuid), reason=row.ended_reason)
    return row


@transaction.atomic
def add_rule(*, cooperation: Cooperation, told: Mapping[str, Any]) -> SharingRule:
    """Let a partner get some cases by itself.

    Raises:
        NotAllowed: for categories or fields that the co-operation does not allow.
    """
    source = told["source"]
    wrong = set(told["categories"]) - set(cooperation.categories.get(source, []))
    if wrong or set(told["fields"]) - set(cooperation.fields.get(source, [])):
        raise NotAllowed(_("The co-operation does not allow this. Change it first."))
    row = SharingRule.objects.create(cooperation=cooperation, **told)
    audit.record(
        action="partners.rule_added", target=str(row.uuid),
        after={name: told[name] for name in sorted(told)},
    )  # fmt: skip
    return row


@transaction.atomic
def switch_rule(*, rule: SharingRule, active: bool) -> SharingRule:
    """Let a rule rest or work again; what was shared stays shared."""
    row = SharingRule.objects.select_for_update().get(pk=rule.pk)
    if row.active != active:
        row.active = active
        row.save(update_fields=["active"])
        audit.record(
            action="partners.rule_switched", target=str(row.uuid), after={"active": active}
        )
    return row


def _facts(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    # A contact's name and number are personal: the log says how many there are.
    told = {name: getattr(row, name) for name in names}
    if "contacts" in told:
        told["contacts"] = len(told["contacts"])
    return told


def _audit(kind: str, row: Any, before: dict[str, Any], names: tuple[str, ...]) -> None:
    after = _facts(row, names)
    changed = {name for name in names if before.get(name) != after[name]}
    if changed:
        audit.record(
            action=f"partners.{kind}_{'changed' if before else 'added'}", target=str(row.uuid),
            before={name: before[name] for name in sorted(changed) if before},
            after={name: after[name] for name in sorted(changed)},
        )  # fmt: skip
