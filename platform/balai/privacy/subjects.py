"""What is stored about one person: collected, erased, corrected part by part.

A part's ``subject.py`` may have:

- ``TITLE``: what its data are called on the person's page;
- ``collect(person) -> dict | list``: all that is stored of the person, as plain JSON values, and
  nothing of anybody else (article 32; article 33 b);
- ``erase(person, now) -> list[Kept]``: erase or make anonymous, in the caller's transaction and as
  often as it is called; return what stays, and why the law wants it to;
- ``places(person) -> list[Place]``: pages where the person changes their own data at once;
- ``by_ticket(request, number, code) -> UUID | None``: what a number and its secret open, guesses
  counted; with ``TICKET``, what such a number is called.
"""

from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from balai.modules import registry as modules
from balai.modules.manifest import type_str
from balai.privacy import registry
from balai.privacy.person import Person, Ticket


@dataclass(frozen=True, slots=True)
class Kept:
    """Something of a person that stays: ``what``, ``why``, and the tables it stays in."""

    what: type_str
    why: type_str
    tables: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A page where somebody changes their own data themselves."""

    label: type_str
    url: str


def collect(person: Person) -> dict[str, Any]:
    """Return everything the region holds on the person: {part: plain JSON}; empty parts left out.

    Source: UU PDP 27/2022, articles 7 and 32.
    """
    told = {part: module.collect(person) for part, module in _having("collect")}
    return {part: data for part, data in told.items() if data}


def titles() -> dict[str, str]:
    """Return what each part's data are called."""
    return {part: str(module.TITLE) for part, module in _having("collect")}


def erase(person: Person, now: datetime) -> list[Kept]:
    """Erase the person from every part; return what stays (articles 43 to 45)."""
    return [kept for _part, module in _having("erase") for kept in module.erase(person, now)]


def places(person: Person) -> list[Place]:
    """Return where the person corrects data at once (article 6)."""
    return [
        place
        for part, module in _having("places")
        if not modules.is_off(part)
        for place in module.places(person)
    ]


def tickets() -> list[tuple[str, type_str]]:
    """Return (part, what its numbers are called) of parts that people use without an account."""
    return [(part, module.TICKET) for part, module in _having("by_ticket")]


def open_ticket(request: HttpRequest, part: str, number: str, code: str) -> Ticket | None:
    """Return the ticket if the number's secret fits."""
    for known, module in _having("by_ticket"):
        found: UUID | None = module.by_ticket(request, number, code) if known == part else None
        if found is not None:
            return Ticket(part=part, reference=found)
    return None


def _having(name: str) -> list[tuple[str, ModuleType]]:
    return [(part, module) for part, module in registry.subjects() if hasattr(module, name)]
