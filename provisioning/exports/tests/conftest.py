"""A full region, and a quiet neighbour, in a database of their own that keeps what is committed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.test import override_settings

from balai import context
from balai.context import Region, platform
from provisioning.exports.tests.filling import fill
from tenants import directory


@dataclass(frozen=True, slots=True)
class Full:
    """The region with a row in every table, its neighbour, and where files go."""

    region: Region
    neighbour: Region
    folder: Path


@pytest.fixture(scope="module")
def full(django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    """Clone the two cities and fill every table of Kota Tangerang."""
    from tests.support import database

    usual = settings.DATABASES["default"]["NAME"]
    name = f"{usual}_full"
    folder = tmp_path_factory.mktemp("full")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder / "media"):
        look_again()
        database.clone(database.build_template(), name)
        with platform():
            found = [directory.by_schema(f"r_{slug}") for slug in ("tangerang", "purworejo")]
        region, neighbour = found
        assert region is not None and neighbour is not None
        with context.region_context(region):
            fill()
        yield Full(region, neighbour, folder)
        database.use(usual)
        database.drop(name)
    look_again()


def look_again() -> None:
    """Let the storage read MEDIA_ROOT anew: it keeps what it found first."""
    vars(storages["default"]).pop("inner", None)
