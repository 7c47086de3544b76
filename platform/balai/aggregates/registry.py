"""Which figures there are: ``aggregates.py`` of the installed modules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

import structlog
from django.db import DatabaseError, transaction

from balai.aggregates import Figure, Measured, Month
from balai.modules import registry
from balai.modules.manifest import Module

log = structlog.get_logger(__name__)
PART: Final = "aggregates"


@dataclass(frozen=True, slots=True)
class Known:
    """A figure with its key and the module it comes from."""

    key: str
    module: Module
    figure: Figure


def known() -> dict[str, Known]:
    """Return every figure of this deployment by key, whichever modules a region uses."""
    found = {}
    for module in registry.installed():
        for figure in getattr(registry.part(module, PART), "FIGURES", ()):
            key = f"{module.slug}.{figure.name}"
            found[key] = Known(key, module, figure)
    return found


def measure(month: Month) -> dict[str, Measured]:
    """Ask the modules that are on in the active region; one that fails gives no figures.

    Raises:
        ValueError: for a figure that its module did not declare.
    """
    declared, found = known(), {}
    for module in registry.active():
        part = registry.part(module, PART)
        if part is None:
            continue
        work = cast("Callable[[Month], Mapping[str, Measured]]", part.measure)  # type: ignore[attr-defined]  # the convention
        for name, measured in _ask(module, work, month).items():
            key = f"{module.slug}.{name}"
            if key not in declared:
                raise ValueError(f"{key} is not among the FIGURES of {module.name}")
            found[key] = measured
    return found


def _ask(
    module: Module, work: Callable[[Month], Mapping[str, Measured]], month: Month
) -> Mapping[str, Measured]:
    try:
        with transaction.atomic():
            return work(month)
    except (ArithmeticError, DatabaseError, LookupError, TypeError) as error:
        log.exception("aggregates_failed", module=module.slug, error=type(error).__name__)
        return {}
