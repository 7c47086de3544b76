"""A probe's answer, and asking them all."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

log = structlog.get_logger(__name__)

KERNEL: Final = (
    "balai.health.probes.database.database",
    "balai.health.probes.valkey.cache",
    "balai.health.probes.valkey.broker",
    "balai.health.probes.outbox.outbox",
    "balai.health.probes.migrations.migrations",
    "balai.health.probes.hub.event_hub",
)


class Status(IntEnum):
    """How bad it is; the worst probe decides."""

    OK = 0
    DEGRADED = 1
    DOWN = 2

    @property
    def word(self) -> str:
        """The status as ``/readyz`` says it."""
        return self.name.lower()


@dataclass(frozen=True)
class Probe:
    """One answer. ``detail`` is for operators: no personal data, no secrets."""

    status: Status
    detail: Mapping[str, Any] = field(default_factory=dict)


def ask_all() -> dict[str, Probe]:
    """Ask the kernel's probes and those in READY_CHECKS; by the name of their function."""
    paths = [*KERNEL, *getattr(settings, "READY_CHECKS", ())]
    return {path.rpartition(".")[2]: _ask(path) for path in paths}


def worst(probes: Iterable[Probe]) -> Status:
    """Return the worst status of all."""
    return max((probe.status for probe in probes), default=Status.OK)


def _ask(path: str) -> Probe:
    began = time.perf_counter()
    try:
        probe: Probe = import_string(path)()
    except Exception as error:  # whatever it is: one probe must not hide the others
        log.warning("probe_failed", probe=path, error=type(error).__name__)
        probe = Probe(Status.DEGRADED, {"error": type(error).__name__})
    spent = round((time.perf_counter() - began) * 1000, 1)
    return Probe(probe.status, {**probe.detail, "ms": spent})
