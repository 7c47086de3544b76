"""Menus: what a visitor may go to, with the entry of the current page marked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from balai import context
from balai.accounts.roles import CONSOLE
from balai.importing import registry as imports
from balai.modules import badges, registry
from balai.modules.badges import Badge
from balai.modules.manifest import NavItem, type_str
from balai.ui.console import GROUPS


def nothing() -> None:
    """Say that nothing waits."""


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a menu, ready for a template.

    ``badge`` counts what waits there; it is called by the frame that shows it, not before.
    """

    label: type_str
    url: str
    icon: str
    current: bool = False
    badge: Callable[[], Badge | None] = nothing


@dataclass(frozen=True, slots=True)
class Group:
    """Some entries of the console's menu under one heading; the heading may be empty."""

    label: type_str
    links: list[Link] = field(default_factory=list)


def citizen(request: HttpRequest) -> list[Link]:
    """Return the citizens' menu: the entries of the active modules."""
    return list(_links(request, registry.nav(request)))


def tiles(request: HttpRequest) -> list[Link]:
    """Return one large tile per active module: its first citizen entry under its own name."""
    allowed = set(registry.nav(request))
    found: list[Link] = []
    for module in registry.active():
        first = next((item for item in module.nav if item in allowed), None)
        if first:
            entry = NavItem(registry.label(module), first.url_name, icon=first.icon or module.icon)
            found += _links(request, [entry])
    return found


def primary(request: HttpRequest) -> Link | None:
    """Return the button in the middle of the dock, if an active module gives one."""
    item = registry.primary_action(request)
    return next(_links(request, [item] if item else []), None)


def desk(request: HttpRequest) -> list[Link]:
    """Return the officers' menu."""
    return list(_links(request, [*registry.desk_nav(request), *_imports(request)]))


def _imports(request: HttpRequest) -> Iterator[NavItem]:
    """Yield the way to the imports for officers who have no console, where it stands otherwise."""
    user = getattr(request, "user", None)
    if user is not None and imports.offered(user) and not user.has_perm(CONSOLE):
        yield NavItem(_("Import"), "importing_console:index", icon="file-up")


def console(request: HttpRequest) -> list[Group]:
    """Return the admins' menu: the platform's pages, then each active module's settings."""
    groups = [Group(label, list(_links(request, items))) for label, items in GROUPS]
    groups.append(Group("", list(_module_settings())))
    # Each group has marked its own deepest match: of all of them only one is the current page.
    here = _deepest([link.url for group in groups for link in group.links], request.path)
    return [
        Group(group.label, [replace(link, current=link.url == here) for link in group.links])
        for group in groups
        if group.links
    ]


def url_or_none(name: str, *args: object) -> str | None:
    """Return the address of a named route, or None where this host has no such route."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def _module_settings() -> Iterator[Link]:
    """Yield each active module's own console pages, or the page of its settings form."""
    for module in registry.active():
        own = f"/console/{module.slug}/"
        url = own if module.provides("urls_console") and _answers(own) else None
        if url is None and module.settings_form:
            url = url_or_none("tenants_console:settings", module.slug)
        if url:
            yield Link(registry.label(module), url, module.icon)


def _answers(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _links(request: HttpRequest, items: Iterable[NavItem]) -> Iterator[Link]:
    found: list[tuple[NavItem, str]] = []
    for item in items:
        url = url_or_none(item.url_name)
        if url:
            found.append((item, url))
    here = _deepest([url for _item, url in found], request.path)
    for item, url in found:
        badge = partial(badges.of, item, request.user) if item.badge else nothing
        icon = item.icon or _module_icon(item)
        yield Link(item.label, url, icon, current=url == here, badge=badge)


def _deepest(urls: list[str], path: str) -> str:
    return max((url for url in urls if path.startswith(url)), key=len, default="")


def _module_icon(item: NavItem) -> str:
    slug = item.url_name.partition(":")[0].removesuffix("_desk").removesuffix("_console")
    module = registry.get(slug)
    return module.icon if module else "circle-dot"


def in_region() -> bool:
    """Tell whether the page belongs to a region (else to the public site)."""
    return context.region_or_none() is not None
