"""Under which names subscribers of alerts are kept: an area and the least severity they want.

See ``balai.notify.subscriptions``; a subject is "emergency.alerts:36.71.01:severe".
"""

from collections.abc import Iterable
from typing import Final

from modules.emergency.cap.vocabulary import RANK

PREFIX: Final = "emergency.alerts:"
EVERYWHERE: Final = "all"
LEAST: Final = ("extreme", "severe", "moderate", "minor")


def subject(area: str, least: str) -> str:
    """Return the subject of one area (a kecamatan's code, or "all") and least severity."""
    return f"{PREFIX}{area}:{least}"


def parts(name: str) -> tuple[str, str]:
    """Return (area, least severity) of a subject."""
    area, _, least = name.removeprefix(PREFIX).rpartition(":")
    return area, least


def of_alert(areas: Iterable[str], severity: str) -> list[str]:
    """Return every subject whose subscribers an alert of ``severity`` for ``areas`` is for."""
    weight = RANK[severity]
    wanted = [least for least in LEAST if RANK[least.capitalize()] <= weight]
    return [subject(area, least) for area in (EVERYWHERE, *areas) for least in wanted]
