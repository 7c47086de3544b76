"""The name under which a report is followed; see ``balai.notify.subscriptions``."""

from uuid import UUID

PREFIX = "complaints.report:"


def subject(report: UUID) -> str:
    """Return the subject of a report."""
    return f"{PREFIX}{report}"


def uuid_of(subject: str) -> UUID | None:
    """Return the report that a subject names, or None for another module's."""
    return UUID(subject.removeprefix(PREFIX)) if subject.startswith(PREFIX) else None
