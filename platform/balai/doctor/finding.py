"""One line of the doctor's report.

A layer above adds its own checks through DOCTOR_CHECKS in settings: dotted paths of functions
without arguments that yield findings. They run with Django set up and the database reachable.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is. Only ``BAD`` makes the exit code 1."""

    OK = "ok"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """What was looked at, what was found, and what to do when it is not well."""

    name: str
    level: Level
    said: str
    remedy: str = ""


def ok(name: str, said: str) -> Finding:
    """Return a finding that needs nothing."""
    return Finding(name, Level.OK, said)


def note(name: str, said: str, remedy: str) -> Finding:
    """Return a finding that somebody should know of, and that stops nothing."""
    return Finding(name, Level.NOTE, said, remedy)


def bad(name: str, said: str, remedy: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding(name, Level.BAD, said, remedy)
