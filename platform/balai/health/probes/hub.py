"""The event hub of this process: pages that show changes as they happen."""

from balai.health.probes.probe import Probe, Status
from balai.live import counts


def event_hub() -> Probe:
    """Say whether this process hears events; when it does not, pages show them on reload."""
    now = counts.snapshot()
    deaf = now["running"] and not now["listening"]
    return Probe(Status.DEGRADED if deaf else Status.OK, now)
