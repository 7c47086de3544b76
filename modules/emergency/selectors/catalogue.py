"""What the admins arrange, as lists."""

from modules.emergency.models import Category, Outcome, Unit


def categories() -> list[Category]:
    """Return every category in its order (1 query)."""
    return list(Category.objects.select_related("agency"))


def outcomes() -> list[Outcome]:
    """Return every outcome in its order (1 query)."""
    return list(Outcome.objects.all())


def units() -> list[Unit]:
    """Return every unit, those in use first (1 query)."""
    return list(Unit.objects.select_related("agency").order_by("-active", "kind", "callsign"))
