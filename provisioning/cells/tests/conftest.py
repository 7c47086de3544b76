"""A directory with one city in a second database: real openings, real commits."""

from collections.abc import Iterator

import pytest

from balai.context import platform
from provisioning.cells import keeping
from provisioning.cells.moving import engine
from provisioning.tests.conftest import on_platform, scratch  # noqa: F401  # fixtures
from tenants import cells
from tenants.models import Region
from tests.support import cells as support


@pytest.fixture(scope="module")
def timur(scratch: str) -> Iterator[str]:  # noqa: F811  # the fixture above
    """A second cell called timur, added as an operator adds it, and one that is down."""
    with (
        support.database(f"{scratch}_timur") as url,
        support.addresses(timur=url, barat=support.NOWHERE),
        platform(),
    ):
        keeping.add("timur", url)
        yield "timur"
        cells.put_back("timur", None)  # its address is kept in a file, which other tests would find


@pytest.fixture(scope="module")
def city(timur: str) -> Region:
    """Kota Ternate, born in timur with every step of an opening."""
    from provisioning.opening import open_region

    with platform():
        return open_region(
            code="82.71", slug="ternate", email="admin@ternatekota.go.id", preset="kota",
            cell="timur",
        )  # fmt: skip


@pytest.fixture(autouse=True)
def no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody reads the old copy here: do not wait for them."""
    monkeypatch.setattr(engine, "GRACE_SECONDS", 0.0)
