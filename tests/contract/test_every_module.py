"""What every module must do, checked for every folder in ``modules/`` and for the specimen."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import Region, platform, region_context
from balai.devtools.routes import routes
from balai.directory.models import Agency
from balai.importing import registry as importing
from balai.modules import badges, registry, widgets
from balai.modules.manifest import Module

MODULES = [config for config in apps.get_app_configs() if isinstance(config, Module)]
OPEN_TO_ALL = (200, 302)

pytestmark = pytest.mark.django_db
every_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.slug)


@pytest.fixture
def switch(region: Region, make_user):
    """Return a function that switches one module of Kota Tangerang through the real service."""
    from tenants import activation, directory

    def flip(slug: str, enabled: bool) -> Region:
        with platform():
            activation.switch(directory.by_schema(region.schema), slug, enabled)
            directory.invalidate(region.schema)
            fresh = directory.by_schema(region.schema)
        assert fresh is not None
        return fresh

    return flip


def officer(city: Region, make_user, module: Module | None = None) -> User:
    """Return an admin of the city: whoever may open most pages.

    With a ``module`` they hold the roles that it brings along, too: an admin takes no calls.
    """
    person = make_user("admin", city=city)
    with region_context(city):
        agency = Agency.objects.order_by("pk").first()
        for role in module.roles if module else ():
            grant_role(user=person, role=role.slug, agency=agency if role.needs_agency else None)
    return person


def pages(module: Module) -> list[str]:
    """Return the addresses the module's menus lead to."""
    items = [*module.nav, *module.desk_nav, *filter(None, [module.primary_action])]
    return [reverse(item.url_name, urlconf="balai.urls_region") for item in items]


def test_modules_are_discovered_from_disk() -> None:
    assert {"complaints", "liveroom", "specimen"} <= {module.slug for module in MODULES}


@every_module
def test_manifest_is_complete(module: Module) -> None:
    assert str(module.summary), "a summary in the admin's words"
    assert str(module.consequence), "what goes off and what stays"
    assert {permission.codename for permission in module.permissions} or not module.desk_nav
    for item in [*module.nav, *module.desk_nav]:
        assert item.url_name.split(":")[0] in {module.slug, f"{module.slug}_desk"}
        assert not item.badge or callable(badges.counter(item))
    for slug in module.requires:
        assert registry.get(slug), f"{module.slug} requires {slug}, which is not installed"


@every_module
def test_pages_are_gone_when_off_and_back_when_on(
    module: Module, region: Region, switch, make_user, client_for
) -> None:
    client = client_for(region, officer(region, make_user, module))
    assert pages(module), "a module without a page cannot be reached"
    off = switch(module.slug, False)
    assert module.slug not in off.active_modules
    assert {client.get(page).status_code for page in pages(module)} == {404}
    switch(module.slug, True)
    assert {client.get(page).status_code for page in pages(module)} == {200}


@every_module
def test_menus_and_widgets_follow_the_switch(module: Module, region: Region, switch) -> None:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    for enabled in (False, True):
        fresh = switch(module.slug, enabled)
        with region_context(fresh):
            shown = {item.url_name.split(":")[0] for item in registry.nav(request)}
            assert (module.slug in shown) == (enabled and bool(module.nav))
            tiles = {
                registry.owner_of(type(tile))
                for place in ("home", "desk", "wall")
                for tile in widgets.active(place)
            }
            assert (module.slug in tiles) == (enabled and module.provides("widgets"))


@every_module
def test_permissions_follow_the_switch(module: Module, region: Region, switch, make_user) -> None:
    user = officer(region, make_user)
    granted = [f"{module.slug}.{p.codename}" for p in module.permissions if "admin" in p.roles]
    for enabled in (False, True):
        with region_context(switch(module.slug, enabled)):
            fresh = User.objects.get(pk=user.pk)
            assert {fresh.has_perm(permission) for permission in granted} <= {enabled}


@every_module
def test_desk_is_closed_to_citizens(module: Module, region: Region, make_user, client_for) -> None:
    citizen = client_for(region, make_user(city=region))
    anonymous = client_for(region)
    for item in module.desk_nav:
        page = reverse(item.url_name, urlconf="balai.urls_region")
        assert citizen.get(page).status_code == 403
        assert anonymous.get(page).status_code == 302


@every_module
def test_importers_are_named_after_the_module_and_explain_themselves(module: Module) -> None:
    known = {permission.codename for permission in module.permissions}
    mine = [cls for cls in importing.every() if registry.owner_of(cls) == module.slug]
    assert bool(mine) == module.provides("importers")
    for cls in mine:
        assert cls.kind.startswith(f"{module.slug}.")
        assert cls.permission.removeprefix(f"{module.slug}.") in known
        assert str(cls.label) and str(cls.summary)
        assert all(column.example for column in cls.columns if column.required)
        assert sum(column.unique for column in cls.columns) <= 1


@every_module
def test_rights_of_keys_and_events_of_webhooks_are_the_module_s_own(module: Module) -> None:
    for scope, label in module.api_scopes.items():
        assert scope.startswith(f"{module.slug}:")
        assert str(label)
    for topic, label in module.webhook_topics.items():
        assert topic.startswith(f"{module.slug}.")
        assert str(label)
    assert bool(module.webhook_topics) == module.provides("webhooks")


@every_module
def test_namespaces_are_the_slug(module: Module) -> None:
    known = get_resolver("balai.urls_region").namespace_dict
    for part, suffix in (("urls", ""), ("urls_desk", "_desk"), ("urls_console", "_console")):
        assert (f"{module.slug}{suffix}" in known) == module.provides(part)


@every_module
def test_addresses_at_the_root_follow_the_switch(
    module: Module, region: Region, switch, client_for
) -> None:
    """What urls_root.py answers is gone while the module is off, under each declared prefix."""
    known = get_resolver("balai.urls_region").namespace_dict
    assert (
        (f"{module.slug}_root" in known) == bool(module.root_paths) == module.provides("urls_root")
    )
    addresses = [
        f"/{route.pattern}"
        for route in routes("balai.urls_region")
        if route.pattern.startswith(tuple(module.root_paths)) and "<" not in route.pattern
    ]
    assert len(addresses) >= len(module.root_paths)
    client = client_for(region)
    before = {address: client.get(address).status_code for address in addresses}
    assert set(before.values()) <= {200, 400, 405}
    switch(module.slug, False)
    assert {client.get(address).status_code for address in addresses} <= {404}
    switch(module.slug, True)
    assert {address: client.get(address).status_code for address in addresses} == before


@every_module
def test_models_belong_to_regions_only(module: Module, settings) -> None:
    assert module.name in settings.TENANT_APPS
    assert module.name not in settings.SHARED_APPS


@every_module
def test_module_says_what_it_is_for(module: Module) -> None:
    assert (import_module(module.name).__doc__ or "").strip() or (
        import_module(f"{module.name}.apps").__doc__ or ""
    ).strip()
