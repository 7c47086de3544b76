"""Name who heads an agency."""

import uuid

from django.db import transaction

from balai import audit
from balai.directory.models import Agency, OfficeHolder


@transaction.atomic
def save_office_holder(
    *,
    agency: Agency | None,
    title: str,
    name: str,
    user_uuid: uuid.UUID | None = None,
    holder: OfficeHolder | None = None,
) -> OfficeHolder:
    """Add an office-holder, or change ``holder``; without an agency it is the region's leader.

    Raises:
        ValidationError: when a value does not fit.
    """
    holder = holder or OfficeHolder()
    before = {"title": holder.title, "name": holder.name} if holder.pk else {}
    holder.agency, holder.title, holder.name, holder.user_uuid = agency, title, name, user_uuid
    holder.full_clean(exclude=["agency"])
    holder.save()
    audit.record(
        action="office_holder.changed" if before else "office_holder.added",
        target=_target(holder),
        before=before,
        after={"title": title, "name": name},
    )
    return holder


@transaction.atomic
def remove_office_holder(*, holder: OfficeHolder) -> None:
    """Remove an office-holder; the audit log keeps who it was."""
    audit_target, before = _target(holder), {"title": holder.title, "name": holder.name}
    holder.delete()
    audit.record(action="office_holder.removed", target=audit_target, before=before)


def _target(holder: OfficeHolder) -> str:
    return holder.agency.code if holder.agency else "region"
