"""Check migrations: none is missing, and each can run while the former release still serves."""

import os
import sys
from pathlib import Path
from typing import Any

from balai import embedded
from balai.devtools import citus


def main() -> int:
    """Check every app's migrations against a database of their own; return the exit code."""
    os.environ.setdefault("BALAI_STATE", ".balai-test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balai.settings.test")
    services = embedded.start(Path(os.environ["BALAI_STATE"]), durable=False)
    os.environ.update(services.environment())
    try:
        return _check()
    finally:
        from django.db import connections

        connections.close_all()
        services.close()


def _check() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.utils.module_loading import import_string

    from balai.context import platform

    migrating = import_string(settings.MIGRATING_CONTEXT)
    with platform():
        missing = _missing()
        shared = _lint(settings.SHARED_APPS)
    with migrating("r_lint"):
        return missing or shared or _lint(settings.TENANT_APPS) or _citus(settings.TENANT_APPS)


def _missing() -> int:
    from django.core.management import call_command

    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit as error:
        print("Models have changed: run `python manage.py makemigrations`.")
        return int(error.code or 1)
    return 0


def _lint(names: list[str]) -> int:
    from django_migration_linter import MigrationLinter

    crowded: list[str] = []

    class Linter(MigrationLinter):
        def get_sql(self, app_label: str, migration_name: str) -> list[str]:
            statements: list[str] = super().get_sql(app_label, migration_name)
            crowded.extend(citus.crowded(statements))
            return statements

    linter = Linter(
        path=str(Path.cwd()),
        include_apps=[config.label for config in _ours(names)],
        no_cache=True,
        ignore_initial_migrations=True,
        analyser_string="postgresql",
    )
    linter.lint_all_migrations()
    linter.print_summary()
    for statement in crowded:
        print(f"More than one ADD CONSTRAINT in one ALTER TABLE: {statement}")
    return int(linter.has_errors or bool(crowded))


def _citus(names: list[str]) -> int:
    from django.apps import apps

    inside = frozenset(config.label for config in apps.get_app_configs() if _is_in(config, names))
    broken = list(citus.broken_rules(_ours(names), inside=inside))
    for sentence in broken:
        print(sentence)
    return int(bool(broken))


def _ours(names: list[str]) -> list[Any]:
    from django.apps import apps

    theirs = ("django.", "allauth", "django_")
    return [
        config
        for config in apps.get_app_configs()
        if _is_in(config, names) and not config.name.startswith(theirs)
    ]


def _is_in(config: Any, names: list[str]) -> bool:
    return config.name in names or f"{type(config).__module__}.{type(config).__qualname__}" in names


if __name__ == "__main__":
    sys.exit(main())
