"""Say which agency of the directory an agency of the budget is."""

from django.db import transaction

from balai import audit
from balai.directory.models import Agency
from modules.budget.models import Heading


@transaction.atomic
def link(*, heading: Heading, agency: Agency | None) -> bool:
    """Link an agency of the budget, or unlink it; return whether that changed anything."""
    row = (
        Heading.objects.select_for_update(of=("self",)).select_related("agency").get(pk=heading.pk)
    )
    before = row.agency
    if before == agency:
        return False
    row.agency = agency
    row.save(update_fields=["agency"])
    audit.record(
        action="budget.agency_linked", target=row.key,
        before={"agency": before.code if before else ""},
        after={"agency": agency.code if agency else ""},
    )  # fmt: skip
    return True
