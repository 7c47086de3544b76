"""I-06: a table that is missing in a region raises; it is never read from anywhere else."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError

from balai.context import Region, platform, region_context
from tenants.backend.migrating import migrating

pytestmark = pytest.mark.django_db


def region_models() -> list[type[models.Model]]:
    """Return every model that has a table in a region."""
    configs = [config for config in apps.get_app_configs() if config.name in settings.TENANT_APPS]
    found = [model for config in configs for model in config.get_models(include_auto_created=True)]
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def test_i06_each_dropped_table_raises(region) -> None:
    silent = []
    for model in region_models():
        with transaction.atomic():
            with migrating(region), connection.cursor() as cursor:
                cursor.execute(f'DROP TABLE "{model._meta.db_table}" CASCADE')
            try:
                with region_context(region), transaction.atomic():
                    model._base_manager.count()
            except ProgrammingError as error:
                assert "does not exist" in str(error)
            else:
                silent.append(model._meta.label)
            transaction.set_rollback(True)
    assert silent == []
    assert len(region_models()) > 20


def test_i06_the_check_sees_a_table_that_is_there(region) -> None:
    with region_context(region):
        for model in region_models():
            model._base_manager.count()


def test_i06_shared_copies_are_denied_to_regions(region) -> None:
    both = [name for name in settings.TENANT_APPS if name in settings.SHARED_APPS]
    assert both
    with platform(), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    denied = "permission denied"
    for table in tables:
        with pytest.raises(ProgrammingError, match=denied), transaction.atomic():
            _read_shared(region, table)


def _read_shared(region: Region, table: str) -> None:
    with region_context(region), connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM shared."{table}"')
