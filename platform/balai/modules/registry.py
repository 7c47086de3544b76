"""Which modules exist, and which of them the current region has switched on."""

from collections.abc import Callable, Iterator
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from balai import context
from balai.modules.manifest import Module, NavItem, OfflinePage, Permission, type_str


def installed() -> list[Module]:
    """Return every module of this deployment, switched on or not."""
    return [config for config in apps.get_app_configs() if isinstance(config, Module)]


def get(slug: str) -> Module | None:
    """Return the module called ``slug``, or None."""
    return next((module for module in installed() if module.slug == slug), None)


def active() -> list[Module]:
    """Return the modules the current region uses, in the order its admin chose."""
    slugs = active_slugs()
    region = context.region_or_none()
    order = {slug: place for place, slug in enumerate(region.module_order if region else ())}
    chosen = [module for module in installed() if module.slug in slugs]
    return sorted(chosen, key=lambda module: order.get(module.slug, len(order)))


def active_slugs() -> frozenset[str]:
    """Return the slugs of the modules the current region uses; none outside a region."""
    slugs: frozenset[str] = import_string(settings.MODULE_ACTIVATION)()
    return slugs


def is_off(slug: str) -> bool:
    """Tell whether ``slug`` names a module that the current region does not use."""
    return get(slug) is not None and slug not in active_slugs()


def owner_of(obj: Callable[..., object] | type) -> str:
    """Return the slug of the module whose code defines ``obj`` ("" for platform code)."""
    config = apps.get_containing_app_config(obj.__module__)
    return config.slug if isinstance(config, Module) else ""


def label(module: Module) -> type_str:
    """Return the name the current region gave the module, or the module's own."""
    region = context.region_or_none()
    own = region.module_labels.get(module.slug) if region else ""
    return own or module.verbose_name


def permissions() -> Iterator[tuple[str, Permission]]:
    """Yield ("<slug>.<codename>", permission) of every installed module."""
    for module in installed():
        for permission in module.permissions:
            yield f"{module.slug}.{permission.codename}", permission


def nav(request: HttpRequest) -> Iterator[NavItem]:
    """Yield the citizen menu entries the visitor may see."""
    yield from _visible(request, [item for module in active() for item in module.nav])


def desk_nav(request: HttpRequest) -> Iterator[NavItem]:
    """Yield the officers' menu entries the visitor may see."""
    yield from _visible(request, [item for module in active() for item in module.desk_nav])


def primary_action(request: HttpRequest) -> NavItem | None:
    """Return the first active module's main action for citizens, if there is one."""
    actions = [module.primary_action for module in active() if module.primary_action]
    return next(_visible(request, actions), None)


def offline_pages() -> list[OfflinePage]:
    """Return the pages of the active modules that open without a network."""
    return [page for module in active() for page in module.offline_pages]


def part(module: Module, name: str) -> object | None:
    """Return the module's submodule ``name`` (such as ``search``), or None if it has none."""
    return import_module(f"{module.name}.{name}") if module.provides(name) else None


def _visible(request: HttpRequest, items: list[NavItem]) -> Iterator[NavItem]:
    user = getattr(request, "user", None)
    for item in items:
        if not item.permission or (user is not None and user.has_perm(item.permission)):
            yield item
