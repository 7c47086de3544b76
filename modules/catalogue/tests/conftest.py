"""People and apps of the catalogue's tests."""

from typing import Any

import pytest

from balai.context import Region
from modules.catalogue.models import App
from modules.catalogue.states import Category, State

COST = 36_500_000


@pytest.fixture
def manager(in_region: Region, make_user: Any) -> Any:
    """An admin, who may publish and retire."""
    return make_user("admin")


@pytest.fixture
def make_app(in_region: Region) -> Any:
    """Return a function that makes an app in use."""

    def make(name: str = "Perizinan", **fields: Any) -> App:
        told = {
            "slug": name.lower().replace(" ", "-"), "name": name, "state": State.LIVE,
            "category": Category.PERMITS, "url": "https://izin.contoh.test/",
            "summary": "Urus izin usaha", "cost_per_year": COST, **fields,
        }  # fmt: skip
        return App.objects.create(**told)

    return make
