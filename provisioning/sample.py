"""Sample data in the active region: put in by the modules themselves, taken out in one go."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.db import transaction

from balai import audit
from balai.modules import Module, registry


def load() -> int:
    """Have every active module add its sample data; return how many things there are now."""
    count: int = sum(module.load() for module in _samples(registry.active()))
    audit.record(action="sample.loaded", after={"count": count})
    return count


@transaction.atomic
def clear() -> int:
    """Have every module take its sample data away, also those that are off; return how many."""
    count: int = sum(module.clear() for module in _samples(registry.installed()))
    audit.record(action="sample.cleared", after={"count": count})
    return count


def offered() -> bool:
    """Tell whether any active module has sample data."""
    return any(True for _ in _samples(registry.active()))


def officers() -> list[tuple[str, str, str, str, str]]:
    """Return who else can sign in at the demo: the ``OFFICERS`` of active modules' samples.

    Each is what the person is, the sign-in name before the @, a name, a role and an agency's
    code ("" for the whole region).
    """
    return [
        row for module in _samples(registry.active()) for row in getattr(module, "OFFICERS", ())
    ]


def _samples(modules: list[Module]) -> Iterator[ModuleType]:
    for module in modules:
        if module.provides("sample"):
            yield import_module(f"{module.name}.sample")
