"""The one case that duplicates belong to, and the duplicates of a case."""

from modules.complaints.models import Complaint

DEEPEST = 50
"""Steps up or down a chain; no chain of people's making is that long, and a loop cannot exist."""


def root(complaint: Complaint) -> Complaint:
    """Return the case at the end of the chain; ``complaint`` itself when it is no duplicate."""
    for _step in range(DEEPEST):
        if complaint.merged_into_id is None:
            return complaint
        rows = Complaint.objects.select_related("category", "area", "district", "agency")
        rows = rows.defer("area__boundary", "district__boundary")
        complaint = rows.get(pk=complaint.merged_into_id)
    return complaint


def members(complaint: Complaint) -> list[Complaint]:
    """Return every report joined to ``complaint``, directly or through another, oldest first."""
    found: dict[int, Complaint] = {}
    level = [complaint.pk]
    for _step in range(DEEPEST):
        rows = Complaint.objects.filter(merged_into__in=level).exclude(pk__in=found)
        new = {row.pk: row for row in rows.select_related("category", "reporter", "contact")}
        if not new:
            break
        found.update(new)
        level = list(new)
    return sorted(found.values(), key=lambda row: row.pk)


def public_members(complaint: Complaint) -> int:
    """Return how many public reports are joined to ``complaint``; secret ones are not betrayed."""
    return sum(row.is_public for row in members(complaint))
