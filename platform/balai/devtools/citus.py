"""Rules for regions' tables that keep schema-based sharding with Citus possible.

See docs/how-to/citus.md. A schema is then a unit that may lie on any node: nothing in it may point
out of it, keys must not run out or change their type later, and a constraint travels alone.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.apps import AppConfig
from django.db import models

ALTER: Final = re.compile(r"\AALTER\s+TABLE\b", re.IGNORECASE)
ADDS: Final = re.compile(r"\bADD\s+CONSTRAINT\b", re.IGNORECASE)
TEXT: Final = re.compile(r"'(?:[^']|'')*'")
NARROW: Final = frozenset({"AutoField", "SmallAutoField"})


def crowded(statements: Iterable[str]) -> list[str]:
    """Return the ALTER TABLE statements that add more than one constraint."""
    return [
        statement
        for statement in (item.strip() for item in statements)
        if ALTER.match(statement) and len(ADDS.findall(TEXT.sub("''", statement))) > 1
    ]


def broken_rules(configs: Iterable[AppConfig], *, inside: frozenset[str]) -> Iterator[str]:
    """Yield what in the models of ``configs`` breaks a rule, as sentences.

    Args:
        configs: the apps whose models are looked at, all of them with tables in a region.
        inside: the labels of all apps that have tables in a region.
    """
    for config in configs:
        for model in config.get_models(include_auto_created=True):
            if model._meta.pk.get_internal_type() in NARROW:
                yield f"{model._meta.label}: the key is an integer; use bigint"
            for field in model._meta.local_fields:
                yield from _points_out(model, field, inside)


def _points_out(model: type[models.Model], field: Any, inside: frozenset[str]) -> Iterator[str]:
    if not isinstance(field, models.ForeignKey) or not getattr(field, "db_constraint", True):
        return
    target = field.related_model._meta
    if target.app_label not in inside:
        yield f"{model._meta.label}.{field.name} points to {target.label}, outside its schema"
