"""Whose data lie in some tables: for the notice of a breach (UU PDP article 46 (1) a)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models

from balai.classify import Personal, registry as classes
from balai.privacy import registry

MADE: Final = ("created_at", "at", "answered_at", "made_at", "asked_at", "begun_at", "joined_at")
"""The columns that say since when a row is there, the best first."""


@dataclass(frozen=True, slots=True, order=True)
class Reached:
    """Somebody to write to: an account by its key, or a bare address or number."""

    user: int = 0
    email: str = ""
    phone: str = ""


def tables_of(purposes: Collection[str]) -> list[str]:
    """Return "app.Model" of all tables of these purposes, each once."""
    chosen = (registry.purpose(slug) for slug in purposes)
    return list(dict.fromkeys(label for one in chosen if one for label in one.models))


def people(labels: Iterable[str], *, until: datetime) -> list[Reached]:
    """Return everybody of whom a row was there by ``until``, in a fixed order, each once.

    Rows that came later were not exposed; how long ago a row came does not matter: it lay there.
    """
    found: set[Reached] = set()
    for label in labels:
        model = apps.get_model(label)
        found |= set(_of(model, until))
    return sorted(found)


def classes_of(labels: Iterable[str]) -> dict[str, list[str]]:
    """Return {"app.Model": names of its personal fields}, for what was exposed (46 (2) a)."""
    declared = classes.declared()
    return {
        label: [
            f"{name} ({kind})"
            for name, kind in declared[label].fields.items()
            if kind in (Personal.ORDINARY, Personal.SPECIFIC)
        ]
        for label in labels
        if label in declared
    }


def _of(model: type[models.Model], until: datetime) -> Iterator[Reached]:
    rows = _existing(model, until)
    if model._meta.label == settings.AUTH_USER_MODEL:
        yield from (Reached(user=pk) for pk in rows.values_list("pk", flat=True))
        return
    for field in model._meta.concrete_fields:
        if field.related_model is not None and _is_person(field):
            keys = rows.exclude(**{field.name: None}).values_list(field.attname, flat=True)
            yield from (Reached(user=pk) for pk in keys.distinct())
        elif field.name in ("email", "phone"):
            told = rows.exclude(**{f"{field.name}": ""}).exclude(**{f"{field.name}": None})
            values = told.values_list(field.name, flat=True).distinct()
            yield from (Reached(**{field.name: value}) for value in values)


def _existing(model: type[models.Model], until: datetime) -> Any:
    names = {field.name for field in model._meta.concrete_fields}
    made = next((name for name in MADE if name in names), "")
    rows = model._default_manager.all().order_by()
    return rows.filter(**{f"{made}__lte": until}) if made else rows


def _is_person(field: Any) -> bool:
    return bool(field.related_model._meta.label == settings.AUTH_USER_MODEL)
