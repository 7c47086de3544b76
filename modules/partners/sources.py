"""The modules whose cases can be shared, as far as they are switched on.

A module takes part by what its ``contract.py`` offers (:class:`Source`); none is imported or
named here, so that partners work with any of them, or with none.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from balai.modules import registry
from balai.modules.manifest import type_str

PART = "contract"


class Kind(Protocol):
    """A category that cases can be chosen by."""

    @property
    def slug(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def group(self) -> str: ...


class Facts(Protocol):
    """What is known of a case without its words; ``status`` is what ``{% chip %}`` shows."""

    @property
    def uuid(self) -> UUID: ...
    @property
    def number(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def areas(self) -> tuple[str, ...]: ...
    @property
    def status(self) -> Any: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def open(self) -> bool: ...
    @property
    def checked(self) -> bool: ...
    @property
    def sealed(self) -> bool: ...
    @property
    def secret(self) -> bool: ...
    @property
    def sample(self) -> bool: ...


class Detail(Protocol):
    """One field of a case in words."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


class Contract(Protocol):
    """What a ``contract.py`` offers when its module's cases can be shared."""

    CASE_TOPICS: Mapping[str, str]
    CASE_FIELDS: Mapping[str, type_str]
    CASE_PAGE: str

    def case_kinds(self) -> Sequence[Kind]: ...
    def cases_by_uuid(self, references: Iterable[UUID]) -> Mapping[UUID, Facts]: ...
    def search_cases(self, user: Any, query: str, limit: int) -> Sequence[Facts]: ...
    def may_share(self, user: Any, reference: UUID) -> bool: ...
    def case_details(self, reference: UUID, wanted: Collection[str]) -> Sequence[Detail]: ...
    def case_photos(self, reference: UUID) -> Sequence[UUID]: ...
    def note_sharing(self, *, case: UUID, text: str) -> bool: ...
    def hear_partner(self, *, case: UUID, partner: str, text: str, for_reporter: bool) -> bool: ...


@dataclass(frozen=True, slots=True)
class Source:
    """A module whose cases can be shared."""

    slug: str
    label: type_str
    contract: Contract

    def case(self, reference: UUID) -> Facts | None:
        """Return the facts of one case, or None."""
        return self.contract.cases_by_uuid([reference]).get(reference)

    def page(self, reference: UUID) -> str:
        """Return the desk's address of a case, "" where there is none."""
        try:
            return reverse(self.contract.CASE_PAGE, args=[reference])
        except NoReverseMatch:
            return ""


def installed() -> list[Source]:
    """Return every module of this deployment that can share cases, switched on or not."""
    found = []
    for module in registry.installed():
        contract = registry.part(module, PART)
        if contract is not None and hasattr(contract, "CASE_TOPICS"):
            found.append(Source(module.slug, registry.label(module), cast(Contract, contract)))
    return found


def active() -> dict[str, Source]:
    """Return the sources that the current region uses, by slug."""
    on = registry.active_slugs()
    return {source.slug: source for source in installed() if source.slug in on}


def get(slug: str) -> Source | None:
    """Return one source that is on, or None."""
    return active().get(slug)


def fields(slug: str, keys: Collection[str]) -> list[type_str]:
    """Return the words for some fields of a source, in its order; none while it is off."""
    source = get(slug)
    known = source.contract.CASE_FIELDS if source else {}
    return [label for key, label in known.items() if key in keys]
