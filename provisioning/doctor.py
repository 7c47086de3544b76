"""What `balai doctor` asks of the layer that makes regions (DOCTOR_CHECKS in settings)."""

from collections.abc import Iterator

from balai.context import platform
from balai.doctor.finding import Finding, bad, note, ok
from provisioning import fleet, release
from provisioning.backups import keeping


def regions_and_release() -> Iterator[Finding]:
    """Is there a release of this code, and does every region's structure match it?"""
    try:
        report = fleet.status()
    except release.ToolError as error:
        yield bad("Release", str(error), "Install PostgreSQL's client, as new as the server.")
        return
    yield ok("Release", report.target[:12])
    strange = [
        place.slug for place in report.places if place.where not in ("current", "behind", "away")
    ]
    behind = [place.slug for place in report.places if place.where == "behind"]
    if strange:
        said = f"{len(strange)} regions are unlike any release: {', '.join(strange[:3])}"
        yield bad("Structure", said, "`balai fleet status` lists them; restore or compare by hand")
    elif behind:
        yield note("Structure", f"{len(behind)} regions are behind", "balai fleet upgrade")
    else:
        yield ok("Structure", f"all {len(report.places)} regions match the release")


def backups() -> Iterator[Finding]:
    """Has every region a backup of the last two days, one that came back when it was tried?"""
    with platform():
        late = [region.slug for region in keeping.overdue()]
        spoilt = [row.region.slug for row in keeping.in_trouble()]
    if late:
        said = f"{len(late)} regions have none of the last two days: {', '.join(late[:3])}"
        yield bad("Backups", said, "`balai backup run`; do beat and workers run?")
    if spoilt:
        said = f"{len(spoilt)} do not come back: {', '.join(spoilt[:3])}"
        yield bad("Backups", said, "`balai backup list` tells why; make another one")
    if not late and not spoilt:
        yield ok("Backups", "every region has one of the last two days")
