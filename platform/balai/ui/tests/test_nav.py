"""Menus follow the module switches and the visitor's rights."""

import re

import pytest

from tenants.models import ModuleSwitch


@pytest.fixture(autouse=True)
def _own_urls(settings):
    """Menus name addresses of every part."""
    settings.ROOT_URLCONF = "balai.urls_region"


def hrefs(client, path="/"):
    return re.findall(r'href="([^"]+)"', client.get(path).content.decode())


def switch_off(region, slug):
    from balai.context import platform
    from tenants import directory

    with platform():
        ModuleSwitch.objects.filter(region_id=region.id, slug=slug).update(enabled=False)
    directory.invalidate()


def test_a_citizen_sees_no_desk_and_no_settings(region, client_for, make_user):
    for user in (None, make_user(city=region)):
        links = hrefs(client_for(region, user))
        assert not [link for link in links if link.startswith(("/desk/", "/console/"))]


def test_an_admin_reaches_both_from_every_page(region, client_for, make_user):
    links = hrefs(client_for(region, make_user("admin", city=region)))
    assert "/console/" in links
    assert any(link.startswith("/desk/") for link in links)


def test_the_consoles_menu_marks_where_one_is_and_lists_module_settings(
    region, client_for, make_user
):
    html = (
        client_for(region, make_user("admin", city=region)).get("/console/brand/").content.decode()
    )
    assert re.findall(r'href="([^"]+)" aria-current="page"', html) == ["/console/brand/"]
    assert re.search(r'href="/console/(modules/)?specimen/', html)


def test_a_switched_off_module_leaves_every_menu(region, client_for, make_user):
    admin = client_for(region, make_user("admin", city=region))
    assert any("/specimen/" in link for link in hrefs(admin))
    switch_off(region, "specimen")
    assert not [
        link for link in hrefs(admin) + hrefs(admin, "/console/brand/") if "/specimen/" in link
    ]


def test_the_dock_has_five_places_and_ends_with_112(region, client_for):
    html = client_for(region).get("/").content.decode()
    dock = html[html.index('<nav class="dock"') :]
    links = re.findall(r'href="([^"]+)"', dock[: dock.index("</nav>")])
    assert len(links) == 5
    assert links[-1] == "tel:112"
