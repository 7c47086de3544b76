"""Settle an objection: upheld or refused, with an answer that is mailed."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai import audit
from balai.directory import reference
from provisioning.models import Claim
from provisioning.models.claim import ClaimState
from provisioning.signup import mail


@transaction.atomic
def decide(claim: Claim, *, upheld: bool, answer: str) -> Claim:
    """Answer a claim. What follows from one that is upheld is done on the region's own page.

    Raises:
        ValidationError: when it has been decided already.
    """
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if claim.state != ClaimState.OPEN:
        raise ValidationError(_("This claim has been decided already."))
    claim.state = ClaimState.UPHELD if upheld else ClaimState.REFUSED
    claim.answer, claim.decided_at = answer, timezone.now()
    claim.save(update_fields=["state", "answer", "decided_at"])
    action = "claim.upheld" if upheld else "claim.refused"
    audit.record(action=action, target=str(claim.uuid), reason=answer)
    place = reference.find(claim.code)
    name = place.full_name if isinstance(place, reference.Regency) else claim.code
    told = {"region": name, "upheld": upheld, "answer": answer}
    transaction.on_commit(lambda: mail.deliver("claim_answer", [claim.email], told), robust=True)
    return claim
