"""Give and withdraw consent: lines in the ledger, and what a withdrawal really ends.

Sources: UU PDP 27/2022, articles 9 and 40 (withdrawal, three times 24 hours), 22 and 24 (proof).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from balai import audit, context
from balai.privacy import registry
from balai.privacy.person import Person, digest
from balai.privacy.purpose import Purpose

if TYPE_CHECKING:
    from balai.privacy.models import Consent

FORM, LINK, ACCOUNT = "form", "link", "account"
"""How a consent was given or withdrawn."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A purpose and where a person's consent to it stands; ``last`` is the ledger's last line."""

    purpose: Purpose
    given: bool
    last: "Consent | None"


@transaction.atomic
def note(*, name: str, purpose: str, given: bool, how: str = FORM) -> None:
    """Write down that somebody gave or withdrew a consent; the same again writes nothing.

    Args:
        name: "user:<uuid>", "email:<address>" or "device:<uuid>"; only its keyed hash is kept.

    Raises:
        ValueError: for a purpose that does not stand on consent.
    """
    from balai.privacy.models import Consent  # called by parts that load before the tables

    if context.region_or_none() is None:
        return
    declared = registry.purpose(purpose)
    if declared is None or not declared.by_consent:
        raise ValueError(f"{purpose} does not stand on consent")
    act = Consent.Act.GIVEN if given else Consent.Act.WITHDRAWN
    who = digest(name)
    last = Consent.objects.filter(who=who, purpose=purpose).first()
    if last is None and not given:
        return
    if last is not None and (last.act, last.version) == (act, declared.version):
        return
    Consent.objects.create(who=who, purpose=purpose, act=act, version=declared.version, how=how)


def standings(person: Person) -> list[Standing]:
    """Return where the person's consents stand: what is in use, or was once given.

    What is stored decides: a consent from before the ledger was kept is shown, too.
    """
    lines = history(person)
    last: dict[str, Consent] = {}
    for line in lines:
        last.setdefault(line.purpose, line)
    found = []
    for purpose in registry.consents():
        newest = last.get(purpose.slug)
        in_use = purpose.active(person) if purpose.active else False
        given = in_use or (purpose.active is None and newest is not None and newest.act == "given")
        if given or newest is not None:
            found.append(Standing(purpose, given, newest))
    return found


def history(person: Person) -> "list[Consent]":
    """Return the person's lines of the ledger, newest first (1 query)."""
    from balai.privacy.models import Consent

    return list(Consent.objects.filter(who=digest(person.name)))


@transaction.atomic
def withdraw(*, person: Person, purpose: Purpose, how: str = ACCOUNT) -> None:
    """End what stood on the consent, now, and write it down (article 40)."""
    if purpose.withdraw is None:
        raise ValueError(f"{purpose.slug} does not stand on consent")
    purpose.withdraw(person)
    note(name=person.name, purpose=purpose.slug, given=False, how=how)
    audit.record(action="privacy.consent_withdrawn", target=purpose.slug)


def forget(person: Person) -> None:
    """Write down that all consents of the person have ended with their data."""
    for standing in standings(person):
        note(name=person.name, purpose=standing.purpose.slug, given=False, how=ACCOUNT)
