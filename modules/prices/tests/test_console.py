"""Admins keep markets, traders, goods and ceilings; nothing that was in force is lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Entry
from modules.prices.models import Ceiling, Market, Trader, Variety
from modules.prices.selectors import goods as offered

from .conftest import TODAY, own_queries

pytestmark = pytest.mark.django_db
BASE = "/console/prices/"


@pytest.fixture
def admin(clock: Any, region: Any, make_user: Callable, client_for: Callable) -> Any:
    return client_for(region, make_user("admin"))


def test_a_market_and_its_traders(admin: Any, markets: list, make_user: Callable) -> None:
    assert admin.post(f"{BASE}markets/new/", {"name": ""}).status_code == 422
    new = {"name": "Pasar Lama", "code_sp2kp": "P-77", "active": "on"}
    assert admin.post(f"{BASE}markets/new/", new).status_code == 302
    made = Market.objects.get(slug="lama")
    assert (made.codes, made.position) == ({"sp2kp": "P-77"}, Market.objects.count() - 1)
    admin.post(f"{BASE}markets/lama/", {**new, "name": "Pasar Lama Baru", "code_sp2kp": ""})
    made.refresh_from_db()
    assert (made.slug, made.name, made.codes) == ("lama", "Pasar Lama Baru", {})

    seller = {"market": made.pk, "name": "Toko Rahasia", "phone": "0812", "groups": ["beras"],
              "active": "on"}  # fmt: skip
    admin.post(f"{BASE}traders/new/", seller)
    trader = Trader.objects.get(name="Toko Rahasia")
    page = f"{BASE}traders/{trader.uuid}/"
    assert admin.get(page).context["form"]["market"].value() == made.pk
    assert "Toko Rahasia" in admin.get(f"{BASE}traders/").content.decode()
    assert admin.get(f"{page}forget/").status_code == 200
    admin.post(f"{page}forget/")
    trader.refresh_from_db()
    assert (trader.name, trader.phone, trader.active) == ("–", "", False)
    told = Entry.objects.filter(action__startswith="prices.trader")
    assert told.count() == 2
    assert not any("Rahasia" in str([row.before, row.after]) for row in told)


def test_rows_move_rest_and_come_back(admin: Any, markets: list) -> None:
    admin.post(f"{BASE}markets/anyar/change/", {"do": "down"})
    assert next(iter(Market.objects.values_list("slug", flat=True))) != "anyar"
    page = admin.get(BASE)
    undo = page.context["undo"]
    admin.post(undo["url"], {"do": undo["do"]})
    assert Market.objects.first() == markets[0]
    admin.post(f"{BASE}markets/anyar/change/", {"do": "off"})
    assert markets[0] not in offered.markets()
    admin.post(f"{BASE}goods/lpg-3kg/change/", {"do": "on"})
    assert Variety.objects.get(slug="lpg-3kg").active
    assert admin.post(f"{BASE}groups/beras/change/", {"do": "down"}).status_code == 302
    assert admin.post(f"{BASE}groups/beras/change/", {"do": "off"}).status_code == 302


def test_units_are_settled_once_there_are_prices(
    admin: Any, publish: Callable, markets: list, goods: list
) -> None:
    rice = goods[0]
    told = {"label_id": rice.label_id, "label_en": rice.label_en, "group": rice.group_id,
            "unit": "litre", "other_unit": "", "per_other": "", "basket": "10", "active": "on",
            "code_pihps": "com_3"}  # fmt: skip
    assert admin.post(f"{BASE}goods/beras-medium-1/", told).status_code == 302
    rice.refresh_from_db()
    assert (rice.unit, rice.codes["pihps"]) == ("litre", "com_3")
    admin.post(f"{BASE}goods/beras-medium-1/", {**told, "unit": "kg"})
    publish(markets[0])
    admin.post(f"{BASE}goods/beras-medium-1/", told)
    rice.refresh_from_db()
    assert rice.unit == "kg"
    half = admin.post(f"{BASE}goods/new/", {**told, "other_unit": "kg"})
    assert "per_other" in half.context["form"].errors
    oil = {**told, "label_id": "Minyak jelantah", "label_en": "Used oil", "unit": "kg",
           "other_unit": "litre", "per_other": "0,9"}  # fmt: skip
    admin.post(f"{BASE}goods/new/", oil | {"per_other": "0.9"})
    assert Variety.objects.get(slug="minyak-jelantah").per_other


def test_ceilings_follow_each_other_and_stay(admin: Any, goods: list) -> None:
    rice = goods[0]
    old = Ceiling.objects.get(variety=rice)
    new = {"variety": rice.pk, "kind": "het", "zone": "1", "unit": "kg", "high": "14000",
           "starts": "2026-12-01", "decree": "Keputusan 1/2026"}  # fmt: skip
    assert admin.post(f"{BASE}ceilings/new/", new).status_code == 302
    old.refresh_from_db()
    assert old.ends == date(2026, 11, 30)
    assert admin.post(f"{BASE}ceilings/new/", new).status_code == 422, "the day is taken"
    page = f"{BASE}ceilings/beras-medium-1/1/2026-12-01/"
    admin.post(page, {**new, "high": "14100"})
    assert offered.limits([rice], date(2026, 12, 1))[rice.pk].high == 14_100
    assert offered.limits([rice], TODAY)[rice.pk].high == 13_500
    admin.post(page, {**new, "starts": "2026-12-15"})
    old.refresh_from_db()
    assert old.ends == date(2026, 12, 14), "no days without a ceiling between the two"
    page = f"{BASE}ceilings/beras-medium-1/1/2026-12-15/"
    assert admin.get(f"{page}take-back/").status_code == 200
    admin.post(f"{page}take-back/")
    old.refresh_from_db()
    assert old.ends is None

    running = f"{BASE}ceilings/beras-medium-1/1/{old.starts}/"
    assert admin.get(running).context["ending"]
    early = admin.post(running, {"last_day": TODAY - timedelta(days=9)})
    assert early.status_code == 422, "what was in force stays"
    admin.post(running, {"last_day": TODAY})
    assert "14.000" not in admin.get(f"{BASE}ceilings/").content.decode()
    wrong = admin.post(f"{BASE}ceilings/new/", {**new, "unit": "bird"})
    assert wrong.status_code == 422
    assert admin.get(f"{BASE}ceilings/beras-medium-1/1/besok/").status_code == 404


def test_lists_cost_the_same_whatever_they_hold(admin: Any, markets: list) -> None:
    def count(path: str) -> int:
        admin.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert admin.get(path).status_code == 200
        return own_queries(seen)

    def rows(number: int) -> None:
        Trader.objects.bulk_create(
            Trader(market=markets[n % 2], name=f"Toko {n}") for n in range(number)
        )

    rows(1)
    pages = (BASE, f"{BASE}traders/", f"{BASE}goods/", f"{BASE}ceilings/")
    before = [count(page) for page in pages]
    rows(3)
    Market.objects.create(slug="baru", name="Pasar Baru")
    assert [count(page) for page in pages] == before
