"""The shared schema: made and migrated by Django's own ``migrate``, safe to repeat."""

import json
from importlib import resources
from typing import Final

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from balai.context import SHARED_SCHEMA, platform
from provisioning.models import Plan
from tenants import roles

LOCK: Final = 0x62616C6150


def migrate_shared(verbosity: int = 0) -> None:
    """Create the schema ``shared``, migrate the shared apps in it and add the stock plans.

    Args:
        verbosity: as Django's commands take it; 0 is silent.
    """
    with platform():
        _create_schema()
        _unwrite_unmade()
        # django-tenants replaces the command "migrate": this is the stock one.
        call_command(migrate.Command(), interactive=False, verbosity=verbosity)
        add_plans()


@transaction.atomic
def _create_schema() -> None:
    database = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT current_user")
        login = cursor.fetchone()[0]
        cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{SHARED_SCHEMA}"')
        cursor.execute(roles.prepare_login_sql(login, database))


def _unwrite_unmade() -> None:
    """Let ``migrate`` make the tables of an app that came to the shared schema later.

    ``migrate`` writes down the migrations of *every* app, and makes tables of the shared ones
    alone. Those of an app that was only regions' until now are written down and missing.
    """
    if not MigrationRecorder(connection).has_table():
        return
    present = set(connection.introspection.table_names())
    for config in apps.get_app_configs():
        tables = {model._meta.db_table for model in config.get_models()}
        if config.name in settings.SHARED_APPS and tables and not tables & present:
            call_command(
                migrate.Command(), config.label, "zero", fake=True, interactive=False, verbosity=0
            )


def add_plans() -> int:
    """Add the stock plans that are missing and return how many; prices and texts are kept."""
    rows = json.loads(
        resources.files("provisioning").joinpath("data/plans.json").read_text("utf-8")
    )
    known = set(Plan.objects.values_list("slug", flat=True))
    new = [Plan(**row) for row in rows if row["slug"] not in known]
    Plan.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
