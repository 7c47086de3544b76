import pytest
pytestmark = pytest.mark.django_db

def test_pages(publish, ask, markets, traders, days, region, client_for, validator, enumerator, make_user):
    anyar, poris = markets
    publish(anyar, poris, day=days(1), beras_medium_1=13000)
    publish(anyar, beras_medium_1=14000)
    c = client_for(region)
    for p in ("/prices/", "/prices/?market=anyar","/prices/?date=2026-11-24","/prices/?date=2020-01-01","/prices/markets/","/prices/basket/","/prices/basket/?beras-medium-1=10","/prices/ceilings/","/prices/goods/beras-medium-1/","/prices/goods/minyak-goreng-curah/?market=poris&days=365"):
        r = c.get(p); assert r.status_code == 200, p
    a = client_for(region, make_user("admin"))
    for p in ("/desk/prices/","/desk/prices/enter/","/desk/prices/enter/poris/","/desk/prices/enter/anyar/","/desk/prices/publish/?date=2026-11-25", "/search/?q=beras"):
        r = a.get(p); assert r.status_code == 200, p
    r = ask(poris, beras_medium_1=13500)
    assert a.get(f"/desk/prices/rounds/{r.uuid}/").status_code == 200
    from modules.prices.models import Round
    pub = Round.objects.get(market=anyar, date="2026-11-25")
    assert a.get(f"/desk/prices/rounds/{pub.uuid}/").status_code == 200
    assert a.get(f"/desk/prices/rounds/{pub.uuid}/correct/").status_code == 200
