"""All declarations of the region's apps, found by file name, and what is missing in them."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module, util
from types import MappingProxyType
from typing import Final

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models

from balai.classify.declaring import Personal, Table
from balai.classify.third_party import TABLES as THIRD_PARTY

FILE: Final = "data_classes"


def region_models() -> tuple[type[models.Model], ...]:
    """Return the models that have a table in each region's schema, in a fixed order."""
    found = [model for app in region_apps() for model in app_models(app)]
    return tuple(sorted(found, key=lambda model: model._meta.db_table))


def region_apps() -> list[AppConfig]:
    """Return the apps whose tables are in each region's schema."""
    names = {name.partition(".apps.")[0] for name in settings.TENANT_APPS}
    return [app for app in apps.get_app_configs() if app.name in names]


def app_models(app: AppConfig) -> Iterator[type[models.Model]]:
    """Yield the app's models that have a table of their own, those in between, too."""
    for model in app.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


@cache
def declared() -> MappingProxyType[str, Table]:
    """Return every declaration by the model's label, such as "complaints.Complaint".

    Raises:
        ValueError: when an app of ours and ``third_party`` both declare a model.
    """
    found: dict[str, Table] = dict(THIRD_PARTY)
    for app in apps.get_app_configs():
        if util.find_spec(f"{app.name}.{FILE}") is None:
            continue
        for name, table in import_module(f"{app.name}.{FILE}").TABLES.items():
            label = f"{app.label}.{name}"
            if label in found:
                raise ValueError(f"{label} is declared twice")
            found[label] = table
    return MappingProxyType(found)


def of(model: type[models.Model]) -> Table:
    """Return the declaration of ``model``.

    Raises:
        KeyError: for a model that nobody declared.
    """
    return declared()[model._meta.label]


def problems(chosen: tuple[type[models.Model], ...] | None = None) -> list[str]:
    """Return a sentence for each gap or contradiction in the declarations.

    Args:
        chosen: the models that must be declared; without, every region's.
    """
    found: list[str] = []
    for model in region_models() if chosen is None else chosen:
        table = declared().get(model._meta.label)
        if table is None:
            found.append(f"{model._meta.label} is not declared in {FILE}.py")
        else:
            found += [f"{model._meta.label}: {text}" for text in _problems(model, table)]
    return found


def _problems(model: type[models.Model], table: Table) -> Iterator[str]:
    fields = {field.name: field for field in model._meta.local_fields}
    for name in fields.keys() - table.fields.keys():
        yield f"field {name} has no class"
    named = {*table.fields, *table.withheld, *table.sealed, *table.digests}
    named |= {digest.of for digest in table.digests.values()}
    for name in named - fields.keys():
        yield f"there is no field {name}"
    for name in named - table.fields.keys():
        yield f"field {name} is treated, and has no class"
    for name in table.digests.keys() & table.sealed.keys():
        yield f"field {name} cannot be sealed and a digest"
    for name, digest in table.digests.items():
        if digest.of not in table.sealed:
            yield f"digest {name} needs {digest.of} to be sealed"
    for name, field in fields.items():
        yield from _field_problems(name, field, table)


def _field_problems(name: str, field: "models.Field", table: Table) -> Iterator[str]:
    kind = table.fields.get(name)
    to = field.related_model
    if isinstance(to, type) and to._meta.label == settings.AUTH_USER_MODEL:
        if kind is Personal.NONE:
            yield f"field {name} refers to a person, so it is ordinary at least"
    if table.left_out:
        return
    if kind is Personal.SECRET and not ({name} & {*table.withheld, *table.sealed}):
        yield f"secret field {name} would leave in the clear"
    if isinstance(to, type) and name not in table.withheld and not table.rows:
        target = declared().get(to._meta.label)
        if target is not None and target.left_out:
            yield f"field {name} points at {to._meta.label}, which stays behind"
    withheld = table.withheld.get(name)
    if withheld is not None and withheld.fill is None and not field.null:
        yield f"field {name} is withheld and may not be empty"
