"""Legal holds: records that no retention and no deletion removes while a procedure runs."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.privacy.models import LegalHold

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def place(*, part: str, reference: str, reason: str, by: "User") -> LegalHold:
    """Hold a record; held already, the hold that is there is returned.

    Raises:
        ValidationError: without a reason.
    """
    if len(reason.strip()) < 5:
        raise ValidationError({"reason": _("Write which procedure it is.")})
    known = LegalHold.objects.filter(part=part, reference=reference, lifted_at=None).first()
    if known is not None:
        return known
    hold = LegalHold.objects.create(
        part=part, reference=reference, reason=reason.strip(), made_by=by
    )
    audit.record(action="privacy.hold_placed", target=f"{part} {reference}", reason=reason.strip())
    return hold


@transaction.atomic
def lift(*, hold: LegalHold) -> None:
    """End a hold: the record goes when its time is over."""
    row = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if row.lifted_at is None:
        row.lifted_at = timezone.now()
        row.save(update_fields=["lifted_at"])
        audit.record(action="privacy.hold_lifted", target=f"{row.part} {row.reference}")


def held(part: str, references: Collection[str] | None = None) -> frozenset[str]:
    """Return the numbers of a part's records on hold, of ``references`` or all (1 query)."""
    rows = LegalHold.objects.filter(part=part, lifted_at=None)
    if references is not None:
        rows = rows.filter(reference__in=references)
    return frozenset(rows.values_list("reference", flat=True))
