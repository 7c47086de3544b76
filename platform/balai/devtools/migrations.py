"""Check migrations: none is missing, and each can run while the former release still serves."""

import os
import sys
from pathlib import Path

from balai import embedded


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
        return missing or shared or _lint(settings.TENANT_APPS)


def _missing() -> int:
    from django.core.management import call_command

    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit as error:
        print("Models have changed: run `python manage.py makemigrations`.")
        return int(error.code or 1)
    return 0


def _lint(names: list[str]) -> int:
    from django.apps import apps
    from django_migration_linter import MigrationLinter

    ours = [
        config.label
        for config in apps.get_app_configs()
        if config.name in names and not config.name.startswith(("django.", "allauth", "django_"))
    ]
    linter = MigrationLinter(
        path=str(Path.cwd()),
        include_apps=ours,
        no_cache=True,
        ignore_initial_migrations=True,
        analyser_string="postgresql",
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(main())
