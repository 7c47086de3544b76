"""Databases with many regions, and django-tenants beside us in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction

from balai.context import platform
from tests.support import database


@contextmanager
def built(name: str, size: int) -> Iterator[None]:
    """Use a database with ``size`` regions, opened by the real provisioning; drop it afterwards."""
    from provisioning.opening.birth import give_birth

    usual = settings.DATABASES["default"]["NAME"]
    database.drop(name)
    database.clone_shared(name)
    try:
        with platform():
            for number in range(size):
                with transaction.atomic():
                    give_birth(order(number))
        yield
    finally:
        database.use(usual)
        database.drop(name)


def order(number: int) -> Any:  # an Opening: models are there once Django is set up
    """Return the order for the region with a number."""
    from balai.directory import reference
    from provisioning.models import Opening

    place = reference.regencies()[number]
    return Opening(code=place.code, slug=f"kota-{number}", email="a@b.go.id", preset=place.kind)


def stock(module: str, *arguments: str, environment: dict[str, str] | None = None) -> list[float]:
    """Run a program with django-tenants' own backend in the database in use; return its figures."""
    chosen = settings.DATABASES["default"]
    host = f"{chosen['HOST']}:{chosen['PORT']}"
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{chosen['USER']}:{chosen['PASSWORD']}@{host}/{chosen['NAME']}",
            "DJANGO_SETTINGS_MODULE": "tests.load.stock_settings",
            "PYTHONPATH": ".:platform",
            **(environment or {}),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(figure) for figure in json.loads(done.stdout.splitlines()[-1])]
