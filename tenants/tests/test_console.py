"""The modules page and the words page, as an admin without JavaScript uses them."""

import pytest

from balai.context import region_context
from balai.modules import registry
from tenants import directory, selectors

pytestmark = pytest.mark.django_db
MODULES = "/console/modules/"
SWITCH = f"{MODULES}specimen/switch/"


@pytest.fixture
def admin(region, make_user, client_for):
    """The region's admin at the console."""
    return client_for(region, make_user("admin", city=region))


def on(region) -> bool:
    return "specimen" in selectors.region_by_schema(region.schema).active_modules


def page(client) -> str:
    directory.invalidate()
    return client.get(MODULES).content.decode()


@pytest.mark.parametrize("address", [MODULES, "/console/words/", f"{MODULES}specimen/settings/"])
def test_only_admins_get_in(region, make_user, client_for, address) -> None:
    assert client_for(region).get(address).status_code == 302
    for role in (None, "officer", "coordinator"):
        client = client_for(region, make_user(role, city=region))
        assert client.get(address).status_code == 403
    assert client_for(region, make_user("admin", city=region)).get(address).status_code == 200


def test_every_module_has_its_switch(admin) -> None:
    shown = page(admin)
    for module in registry.installed():
        assert f'id="switch-{module.slug}"' in shown


def test_off_is_told_first_then_done(admin, region) -> None:
    asked = admin.post(SWITCH)
    assert asked.status_code == 200
    assert on(region), "nothing happens before it was told"
    told = asked.content.decode()
    assert str(registry.get("specimen").consequence) in told
    done = admin.post(SWITCH, {"confirmed": "1"})
    assert (done.status_code, done["Location"]) == (302, MODULES)
    assert not on(region)
    directory.invalidate()
    admin.post(SWITCH, {"enabled": "on"})
    assert on(region)


def test_requirements_are_offered(admin, region, monkeypatch) -> None:
    monkeypatch.setattr(registry.get("complaints"), "requires", ("specimen",))
    offered = admin.post(SWITCH, {"confirmed": "1"})
    assert offered.status_code == 200
    assert 'name="cascade"' in offered.content.decode()
    assert on(region)
    admin.post(SWITCH, {"confirmed": "1", "cascade": "1"})
    assert not on(region)


def test_other_plans_cannot_be_switched_on(admin, region) -> None:
    from tenants import activation

    activation.allow(region, {"complaints", "liveroom"})
    assert 'id="switch-specimen" name="enabled" aria-label' in page(admin)
    admin.post(SWITCH, {"enabled": "on"})
    assert not on(region)


def test_name_and_order(admin, region) -> None:
    admin.post(f"{MODULES}specimen/", {"label": "<b>Catatan</b>"})
    shown = page(admin)
    assert "&lt;b&gt;Catatan&lt;/b&gt;" in shown
    assert "<b>Catatan</b>" not in shown
    before = selectors.region_by_schema(region.schema).module_order
    last = before[-1]
    admin.post(f"{MODULES}{last}/", {"move": "up"})
    after = selectors.region_by_schema(region.schema).module_order
    assert after[-2] == last
    admin.post(f"{MODULES}{after[0]}/", {"move": "up"})
    assert selectors.region_by_schema(region.schema).module_order == after


def test_settings_come_from_the_module_s_form(admin, region) -> None:
    address = f"{MODULES}specimen/settings/"
    assert 'name="greeting"' in admin.get(address).content.decode()
    assert admin.post(address, {"greeting": "x" * 41}).status_code == 200
    assert admin.post(address, {"greeting": "Halo"}).status_code == 302
    stored = selectors.region_by_schema(region.schema).module_settings["specimen"]
    assert stored["greeting"] == "Halo"
    assert admin.get(f"{MODULES}nothing/settings/").status_code == 404


def test_words(admin, region) -> None:
    address = "/console/words/"
    assert admin.post(address, {"head": "x" * 41}).status_code == 200
    assert admin.post(address, {"head": " Ibu Wali Kota ", "unknown": "x"}).status_code == 302
    fresh = selectors.region_by_schema(region.schema)
    assert fresh.words["head"] == "Ibu Wali Kota"
    assert "unknown" not in fresh.words
    with region_context(fresh):
        from balai.ui.templatetags.balai import region_word

        assert region_word("head", "Wali Kota") == "Ibu Wali Kota"
    directory.invalidate()
    assert "Ibu Wali Kota" in admin.get(address).content.decode()
