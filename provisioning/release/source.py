"""Which migrations a region's schema is made by, and whether they changed: no database asked."""

import hashlib
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

Key = tuple[str, str]


def region_apps() -> list[AppConfig]:
    """Return the apps that have tables in a region."""
    wanted = set(settings.TENANT_APPS)
    return [
        config
        for config in apps.get_app_configs()
        if config.name in wanted
        or f"{type(config).__module__}.{type(config).__qualname__}" in wanted
    ]


def digest(server_version: int) -> str:
    """Return a hash of every region app's migration files and the server's major version.

    The major version is part of it because the catalog prints definitions in its own way.
    """
    labels = tuple(sorted(config.label for config in region_apps()))
    return _digest(server_version // 10000, labels, repr(settings.MIGRATION_MODULES))


@lru_cache(maxsize=8)
def _digest(major: int, labels: tuple[str, ...], modules: str) -> str:
    # The files of a running process do not change under it.
    total = hashlib.sha256(f"{major}".encode())
    for label in labels:
        for path in sorted(_files(label)):
            total.update(f"{label}/{path.name}\0".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def targets(loader: MigrationLoader) -> list[Key]:
    """Return the last migrations of the region apps: what a region at head has applied."""
    labels = {config.label for config in region_apps()}
    return sorted(key for key in loader.graph.leaf_nodes() if key[0] in labels)


def _files(label: str) -> list[Path]:
    module, _ = MigrationLoader.migrations_module(label)
    if module is None:
        return []
    try:
        package = import_module(module)
    except ModuleNotFoundError:
        return []
    return [path for root in package.__path__ for path in Path(root).glob("[!_~]*.py")]
