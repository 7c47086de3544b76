"""What ``/readyz`` asks; a layer above adds its own through READY_CHECKS in settings.

A probe is a function without arguments that returns a :class:`Probe`. One that raises counts as
degraded. Only what no request can do without is ``DOWN``: reports and 112 must be taken while
the cache, the broker or the event hub is away.
"""

from balai.health.probes.probe import Probe, Status, ask_all, worst

__all__ = ["Probe", "Status", "ask_all", "worst"]
