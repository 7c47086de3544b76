"""What the demo shows when it runs: addresses and who can sign in there.

The function named by DEMO_SETUP in settings makes the demo's regions, people and data. It is
called with ``echo``, a function that shows a line of progress, must be safe to repeat, and
returns the :class:`Place` list to show.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in: a role for people to read, a sign-in name and a password."""

    role: str
    login: str
    password: str = ""


@dataclass(frozen=True)
class Place:
    """An address of the demo with those who can sign in there."""

    title: str
    url: str
    people: tuple[Person, ...] = ()


def save(places: Sequence[Place], path: Path) -> None:
    """Keep the places where the process that shows them finds them, readable for us alone."""
    path.touch(mode=0o600)
    path.write_text(json.dumps([asdict(place) for place in places], indent=2), encoding="utf-8")


def load(path: Path) -> list[Place]:
    """Return what :func:`save` kept; nothing when it never ran."""
    if not path.exists():
        return []
    kept = json.loads(path.read_text(encoding="utf-8"))
    return [
        Place(entry["title"], entry["url"], tuple(Person(**person) for person in entry["people"]))
        for entry in kept
    ]


def panel(places: Sequence[Place]) -> str:
    """Return the text that tells where to go and how to sign in."""
    width = max((len(place.title) for place in places), default=0)
    people = [person for place in places for person in place.people]
    roles = max((len(person.role) for person in people), default=0)
    logins = max((len(person.login) for person in people), default=0)
    lines = ["", "  Balai is running. Ctrl-C stops it; the data stays.", ""]
    for place in places:
        lines.append(f"  {place.title:<{width}}  {place.url}")
        for person in place.people:
            who = f"{person.role:<{roles}}  {person.login:<{logins}}  {person.password}"
            lines.append(f"  {'':<{width}}    {who.rstrip()}")
    lines += ["", "  *.localhost needs no set-up: browsers find it on this machine.", ""]
    return "\n".join(lines)
