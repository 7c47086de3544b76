"""Migrate regions the way django-tenants does. Prints the seconds for all schemas named.

Its arguments: the executor (standard or multiprocessing), then the schemas.
"""

import json
import sys
import time

import django

QUIET = {
    "verbosity": 0, "interactive": False, "database": "default", "skip_checks": True,
    "app_label": None, "migration_name": None, "run_syncdb": False, "fake": False,
    "fake_initial": False, "plan": False, "check_unapplied": False, "prune": False,
    "force_color": False, "no_color": True,
}  # fmt: skip


def main(executor: str, schemas: list[str]) -> None:
    """Bring the schemas to the head of the migrations in force."""
    django.setup()
    from django_tenants.migration_executors import get_executor

    run = get_executor(executor)([], QUIET).run_migrations
    began = time.perf_counter()
    run(tenants=schemas)
    sys.stdout.write(json.dumps([time.perf_counter() - began]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
