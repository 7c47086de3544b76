"""Which tables and columns an export carries, in a fixed order, from the declarations."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.db import models

from balai.classify import Table, registry

TEXT_KEYS: Final = (models.CharField, models.TextField)


@dataclass(frozen=True, slots=True)
class Part:
    """One table: ``columns`` are those that go along, ``order`` is how its rows are ordered."""

    label: str
    table: str
    columns: tuple[str, ...]
    order: str
    declared: Table

    @property
    def where(self) -> str:
        """The condition of its rows, as SQL."""
        return f" WHERE {self.declared.rows}" if self.declared.rows else ""

    @property
    def select(self) -> str:
        """The query for its rows."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        return f'SELECT {names} FROM "{self.table}"{self.where} ORDER BY {self.order}'  # noqa: S608  # names of our models

    @property
    def opened(self) -> bool:
        """Whether its lines are changed on their way: something in it is sealed."""
        return bool(self.declared.sealed)


@cache
def parts() -> tuple[Part, ...]:
    """Return every table that an export carries, by name."""
    return tuple(
        _part(model) for model in registry.region_models() if not registry.of(model).left_out
    )


def left_out() -> dict[str, str]:
    """Return the tables that stay behind, with the reason."""
    found = ((model, registry.of(model)) for model in registry.region_models())
    return {model._meta.db_table: table.left_out for model, table in found if table.left_out}


def by_table() -> dict[str, Part]:
    """Return the parts by their table's name."""
    return {part.table: part for part in parts()}


def column_types(part: Part) -> dict[str, models.Field]:
    """Return all columns of the part's table with Django's fields, also those that stay behind."""
    from django.apps import apps

    fields = apps.get_model(part.label)._meta.local_concrete_fields
    return {field.column: field for field in fields}


def _part(model: type[models.Model]) -> Part:
    table = registry.of(model)
    meta = model._meta
    gone = {*table.withheld, *table.digests}
    fields = [field for field in meta.local_concrete_fields if field.name not in gone]
    key = meta.pk
    order = f'"{key.column}"' + (' COLLATE "C"' if isinstance(key, TEXT_KEYS) else "")
    return Part(
        label=meta.label,
        table=meta.db_table,
        columns=tuple(str(field.column) for field in fields),
        order=order,
        declared=table,
    )
