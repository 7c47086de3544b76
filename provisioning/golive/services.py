"""Proofs, the request and the decision; each is audited in the region it concerns."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, gettext_noop

from balai import audit, context
from balai.accounts.members.selectors import lasting_admins
from balai.accounts.models import User
from provisioning.golive import checklist
from provisioning.lifecycle import sandbox
from provisioning.models import Attestation, GoLiveRequest, LegalBasis
from provisioning.opening.made import by_schema
from provisioning.signup import mail
from tenants.models import Region

PDF = b"%PDF-"
OPERATOR = gettext_noop("operator")
APPROVED = gettext_noop("The request to go live was approved.")
MOST_MEGABYTES = 10


@transaction.atomic
def attest(*, key: str, by: User) -> None:
    """Keep that a person checked what no computer can.

    Raises:
        ValidationError: for a key that nobody asks for.
    """
    if key != checklist.EMERGENCY:
        raise ValidationError(_("There is no such check."))
    region = context.current_region()
    with context.platform():
        _row, new = Attestation.objects.get_or_create(
            region_id=region.id, key=key, defaults={"by": by.label}
        )
    if new:
        audit.record(action="golive.attested", target=key)


@transaction.atomic
def add_legal_basis(*, document: UploadedFile, by: User, **fields: Any) -> LegalBasis:
    """Keep the agreement or decree.

    Args:
        document: a PDF of at most 10 MB.
        fields: ``kind`` (pks, sk), ``number``, ``dated``.

    Raises:
        ValidationError: when the file is no PDF, or too large.
    """
    check_pdf(document)
    region = context.current_region()
    with context.platform():
        kept = LegalBasis.objects.create(
            region_id=region.id, document=document, by=by.label, **fields
        )
    audit.record(action="golive.legal_basis_added", target=str(kept.pk), after={"kind": kept.kind})
    return kept


def check_pdf(document: UploadedFile) -> None:
    """Raise ValidationError unless the upload begins like a PDF and is not too large."""
    if (document.size or 0) > MOST_MEGABYTES * 1024 * 1024:
        raise ValidationError(_("The file may have at most %(n)d MB.") % {"n": MOST_MEGABYTES})
    head = document.read(1024)
    document.seek(0)
    if not head.startswith(PDF):
        raise ValidationError(_("This is not a PDF file."))


def open_request(region: context.Region) -> GoLiveRequest | None:
    """Return the region's latest request, decided or not."""
    with context.platform():
        return GoLiveRequest.objects.filter(region_id=region.id).first()


@transaction.atomic
def ask(*, by: User, note: str = "") -> GoLiveRequest:
    """Ask the operators to make the region an official service.

    Raises:
        ValidationError: outside the sandbox, or while an earlier request is open.
    """
    region = context.current_region()
    missing = checklist.missing(checklist.checks())
    with context.platform():
        if not sandbox.may_go_live(Region.objects.get(pk=region.id)):
            raise ValidationError(_("The site has left the sandbox already."))
        if GoLiveRequest.objects.filter(region_id=region.id, decided_at=None).exists():
            raise ValidationError(_("You have asked already; we are checking."))
        request = GoLiveRequest.objects.create(
            region_id=region.id, by=by.label, missing=missing, note=note
        )
    audit.record(action="golive.asked", after={"missing": missing})
    transaction.on_commit(lambda: _tell_operators(request, region), robust=True)
    return request


@transaction.atomic
def decide(request: GoLiveRequest, *, approved: bool, answer: str = "") -> GoLiveRequest:
    """Answer a request; approved, the region leaves the sandbox. Runs on the platform.

    Raises:
        ValidationError: when it has been decided, or the region is no longer in the sandbox.
    """
    request = GoLiveRequest.objects.select_for_update().get(pk=request.pk)
    row = Region.objects.select_for_update().get(pk=request.region_id)
    if request.decided_at or (approved and not sandbox.may_go_live(row)):
        raise ValidationError(_("This request has been decided already."))
    request.approved, request.answer = approved, answer
    request.decided_at = timezone.now()
    request.save(update_fields=["approved", "answer", "decided_at"])
    if approved:
        sandbox.leave(row, by=OPERATOR, why=APPROVED)
    action = "golive.approved" if approved else "golive.refused"
    audit.record(action=action, target=row.schema_name, reason=answer)
    with context.region_context(by_schema(row.schema_name)):
        audit.record(action=action, after={"state": row.state}, reason=answer)
        admins = [member.user.email for member in lasting_admins().select_related("user")]
    told = {"region": row.name, "approved": approved, "answer": answer}
    to = [address for address in admins if address]
    transaction.on_commit(lambda: mail.deliver("golive_answer", to, told), robust=True)
    return request


def _tell_operators(request: GoLiveRequest, region: context.Region) -> None:
    with context.platform():
        mail.send_operators("golive", request, {"region": region.name})
