"""What a new region begins with."""

from typing import Any

import pytest

from balai.context import region_context
from modules.prices import presets
from modules.prices.models import Ceiling, Group, Market, Variety

pytestmark = pytest.mark.django_db


def test_a_region_begins_with_pihps_and_its_own_markets(region: Any, other_region: Any) -> None:
    with region_context(region):
        asked = Variety.objects.filter(active=True)
        assert asked.count() == 21
        assert asked.values("group").distinct().count() == 10
        assert {variety.codes["pihps"] for variety in asked} == {f"com_{n}" for n in range(1, 22)}
        assert list(Market.objects.values_list("name", flat=True)) == [
            f"Pasar {name}"
            for name in ("Anyar", "Bandeng", "Jatiuwung", "Malabar", "Poris", "Ramadani")
        ]
        limits = {one.variety.slug: (one.low, one.high) for one in Ceiling.objects.all()}
        assert limits["beras-medium-1"] == (None, 13_500)
        assert limits["bawang-merah-sedang"] == (36_500, 41_500)
        assert Ceiling.objects.get(variety__slug="minyakita").unit == "litre"
    with region_context(other_region):
        assert "Pasar Kutoarjo" in Market.objects.values_list("name", flat=True)
        assert Variety.objects.filter(active=True).count() == 21


def test_loading_again_leaves_what_an_admin_changed(in_region: Any) -> None:
    Variety.objects.filter(slug="beras-medium-1").update(label_id="Beras pandan wangi")
    Ceiling.objects.filter(variety__slug="beras-medium-1").delete()
    Market.objects.filter(slug="anyar").delete()
    groups = Group.objects.count()
    assert presets.load("kota") == Variety.objects.count()
    assert Group.objects.count() == groups
    assert Variety.objects.get(slug="beras-medium-1").label_id == "Beras pandan wangi"
    assert not Ceiling.objects.filter(variety__slug="beras-medium-1").exists()
    assert Market.objects.filter(slug="anyar").exists(), "a missing market comes back"
