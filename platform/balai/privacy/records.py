"""The record of processing activities, made from what the code declares (UU PDP article 31).

Purposes come from each part's ``purposes.py``, kinds of data and of people from the declarations
of fields (:mod:`balai.classify`): nothing is typed in twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from balai.classify import Personal, Table, registry as classes
from balai.modules.manifest import type_str
from balai.privacy import law, registry
from balai.privacy.purpose import Purpose

SPECIFIC = "4 (2)"
HEAD: tuple[str, ...] = (
    "purpose", "what_for", "legal_basis", "article", "law", "people", "data", "tables", "fields",
    "specific_data", "retention", "recipients",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One purpose with what its tables hold."""

    purpose: Purpose
    people: tuple[str, ...]
    fields: int
    specific: int

    @property
    def basis(self) -> type_str:
        """The legal basis in words."""
        return law.Basis(self.purpose.basis).label

    @property
    def article(self) -> str:
        """Its place in the law."""
        return law.article_of(self.purpose.basis)


def all_records() -> list[Record]:
    """Return one record a purpose, in the order of the parts."""
    return [_record(purpose) for purpose in registry.purposes()]


def cells() -> Iterator[tuple[str, ...]]:
    """Yield the lines of the table, without its head, as text in the reader's language."""
    for record in all_records():
        purpose = record.purpose
        yield (
            str(purpose.label), str(purpose.text), str(record.basis), record.article,
            str(purpose.law), ", ".join(record.people), "; ".join(map(str, purpose.data)),
            ", ".join(purpose.models), str(record.fields), str(record.specific),
            str(purpose.retention), "; ".join(map(str, purpose.recipients)),
        )  # fmt: skip


def uncovered() -> list[str]:
    """Return tables with personal data that no purpose names: a gap that fails the tests."""
    named = {label for purpose in registry.purposes() for label in purpose.models}
    return [
        model._meta.label
        for model in classes.region_models()
        if model._meta.label not in named and _personal(classes.of(model))
    ]


def _record(purpose: Purpose) -> Record:
    declared = classes.declared()
    tables = [declared[label] for label in purpose.models if label in declared]
    people = {who for table in tables for who in table.about}
    kinds = [kind for table in tables for kind in table.fields.values()]
    return Record(
        purpose,
        tuple(sorted(_who(who) for who in people)),
        sum(kind in (Personal.ORDINARY, Personal.SPECIFIC) for kind in kinds),
        sum(kind is Personal.SPECIFIC for kind in kinds),
    )


def _personal(table: Table) -> bool:
    return table.personal is not Personal.NONE


def _who(word: str) -> str:
    """Return whose data they are, in the reader's language where the word is a known one."""
    known = {
        "citizens": _("citizens"), "officers": _("officers"), "operators": _("operators"),
        "partners' staff": _("partners' staff"), "office-holders": _("office-holders"),
        "employers": _("employers"), "traders": _("traders"), "photographers": _("photographers"),
    }  # fmt: skip
    return str(known.get(word, word))
