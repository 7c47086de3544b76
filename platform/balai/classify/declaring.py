"""The words in which an app says what its tables hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

RANDOM: Final = "\0random"
"""A fill that is another random text (64 hexadecimal digits) in each row."""


class Personal(StrEnum):
    """How personal a field is.

    ``SPECIFIC`` is UU 27/2022 (PDP) art. 4 (2): health, biometrics, genetics, crime, children,
    finances, and what other laws protect alike (the NIK: UU 24/2013 art. 84). ``ORDINARY`` is
    art. 4 (3), also a reference to a person. ``SECRET`` opens something: a hash of a password, a
    token, a key; it never leaves the region in the clear.
    """

    NONE = "none"
    ORDINARY = "ordinary"
    SPECIFIC = "specific"
    SECRET = "secret"  # noqa: S105  # a class of data, not one


@dataclass(frozen=True, slots=True)
class Digest:
    """A keyed hash (:func:`balai.secrets.digest`) of what the field ``of`` has sealed."""

    of: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A field that stays behind, why, and what stands in its place after an import."""

    reason: str
    fill: Any


@dataclass(frozen=True, slots=True)
class Table:
    """What one table holds.

    ``fields`` is the class of each field; ``withheld`` those that no export carries;
    ``sealed`` those that an export carries under its passphrase only, with the purpose they are
    sealed for in the region ("" when they lie there as they are); ``digests`` those that are
    reckoned anew from a sealed one; ``left_out`` why the whole table stays behind ("": it does
    not); ``rows`` which rows go along, as an SQL condition ("": all); ``about`` whose data they
    are, in English words such as "citizens" or "officers".
    """

    fields: Mapping[str, Personal]
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, Digest] = field(default_factory=dict)
    left_out: str = ""
    rows: str = ""
    about: tuple[str, ...] = ()

    @property
    def personal(self) -> Personal:
        """The most personal class that is in it, secrets aside."""
        for kind in (Personal.SPECIFIC, Personal.ORDINARY):
            if kind in self.fields.values():
                return kind
        return Personal.NONE


def table(
    *,
    none: str = "",
    ordinary: str = "",
    specific: str = "",
    keys: Mapping[str, Any] | None = None,
    withheld: Mapping[str, tuple[str, Any]] | None = None,
    sealed: Mapping[str, str] | None = None,
    digests: Mapping[str, Digest] | None = None,
    rows: str = "",
    about: str = "",
) -> Table:
    """Declare a table that an export carries.

    Args:
        none: names of fields without a person in them, parted by blanks.
        ordinary: fields with ordinary personal data.
        specific: fields with specific personal data.
        keys: secret fields, each with what stands there after an import.
        withheld: other fields that stay behind: ``{name: (reason, fill)}``; they are in one of
            the classes, too.
        sealed: fields that go along under the passphrase only, with their purpose; one that is
            in no other class is a secret.
        digests: fields that are made anew from a sealed one.
        rows: SQL condition of the rows that go along; all of them without.
        about: whose data it is, parted by commas.

    Raises:
        ValueError: for a field that is in two classes.
    """
    secrets = dict(keys or {})
    stay = {name: Withheld("secret", fill) for name, fill in secrets.items()}
    stay |= {name: Withheld(*told) for name, told in (withheld or {}).items()}
    known = {*none.split(), *ordinary.split(), *specific.split()}
    opening = [*secrets, *(name for name in sealed or {} if name not in known)]
    return Table(
        fields=_fields(none, ordinary, specific, opening),
        withheld=stay,
        sealed=dict(sealed or {}),
        digests=dict(digests or {}),
        rows=rows,
        about=_people(about),
    )


def left_out(
    reason: str,
    *,
    none: str = "",
    ordinary: str = "",
    specific: str = "",
    keys: str = "",
    about: str = "",
) -> Table:
    """Declare a table that stays behind, and why.

    Raises:
        ValueError: for a field that is in two classes, or without a reason.
    """
    if not reason:
        raise ValueError("a table stays behind for a reason")
    fields = _fields(none, ordinary, specific, keys.split())
    return Table(fields=fields, left_out=reason, about=_people(about))


def _fields(none: str, ordinary: str, specific: str, secret: Any) -> dict[str, Personal]:
    classes = (
        (Personal.NONE, none.split()),
        (Personal.ORDINARY, ordinary.split()),
        (Personal.SPECIFIC, specific.split()),
        (Personal.SECRET, list(secret)),
    )
    fields: dict[str, Personal] = {}
    for kind, names in classes:
        for name in names:
            if name in fields:
                raise ValueError(f"{name} is in two classes")
            fields[name] = kind
    return fields


def _people(about: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in about.split(",") if word.strip())
