"""What ``/readyz`` and `balai doctor` say of the cells."""

from collections.abc import Iterator

from balai.doctor.finding import Finding, bad, note, ok
from balai.health.probes.probe import Probe, Status
from provisioning.cells import survey


def cells() -> Probe:
    """Say which cells answer. One that is down takes only its own regions with it: degraded."""
    found = survey.look(thorough=False)
    down = [place.name for place in found if not place.up]
    status = Status.DEGRADED if down else Status.OK
    return Probe(status, {"cells": len(found), "down": down})


def doctor() -> Iterator[Finding]:
    """Can every cell be reached, is it new enough, does it keep what it acknowledges?"""
    for place in survey.look(thorough=True):
        name = f"Cell {place.name}"
        if not place.up:
            yield bad(name, place.trouble, "Start its server, or set its address in BALAI_CELLS.")
        elif place.trouble:
            yield bad(name, place.trouble, "docs/adr/0010-cells.md says what a cell must be.")
        elif place.strangers:
            said = f"schemas nobody knows: {', '.join(place.strangers[:3])}"
            yield note(
                name, said, "Look at them by hand; nothing of ours drops data it has not made."
            )
        else:
            yield ok(
                name, f"{place.regions} of {place.capacity} regions, PostgreSQL {place.version}"
            )
