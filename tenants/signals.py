"""A changed directory row reaches every process: NOTIFY in its own transaction."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from tenants import directory
from tenants.models import Domain, ModuleSwitch, Region


def connect() -> None:
    """Watch the three tables that a cached region is made of."""
    for model in (Region, Domain, ModuleSwitch):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"tenants.{model.__name__}")


def _changed(sender: type[Model], instance: Any, **_: Any) -> None:
    schema = _schema_of(instance)
    directory.notify(schema)
    transaction.on_commit(lambda: directory.invalidate(schema))


def _schema_of(instance: Any) -> str | None:
    if isinstance(instance, Region):
        return str(instance.schema_name)
    region = instance.tenant if isinstance(instance, Domain) else instance.region
    return str(region.schema_name)
