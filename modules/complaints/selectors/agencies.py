"""The agencies a visitor may filter public reports by."""

from balai.directory.models import Agency


def offered() -> list[Agency]:
    """Return the agencies at work, by name; one query."""
    return list(Agency.objects.filter(active=True).order_by("short_name", "id"))


def names() -> dict[int, str]:
    """Return the names of all agencies, past ones too, by pk; one query."""
    return dict(Agency.objects.order_by().values_list("id", "name"))
