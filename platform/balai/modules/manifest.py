"""The manifest: what a module says about itself, in its ``apps.py``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

if TYPE_CHECKING:
    from balai.accounts.roles import Role
    from balai.endpoints.classes import Endpoint

type_str = str | Promise

CONTRIBUTIONS = (
    "receivers", "tasks", "widgets", "oversight", "policies", "importers", "datasets",
)  # fmt: skip


@dataclass(frozen=True)
class NavItem:
    """One entry in a menu; hidden when the visitor lacks ``permission``.

    ``badge`` is the dotted path of what counts the things that wait there, ``(user) -> Badge``
    (:mod:`balai.modules.badges`); desk and console show it.
    """

    label: type_str
    url_name: str
    permission: str = ""
    icon: str = ""
    badge: str = ""


@dataclass(frozen=True)
class Permission:
    """A right inside a module; ``roles`` have it unless the region decides otherwise."""

    codename: str
    label: type_str
    roles: Sequence[str] = ("admin",)


@dataclass(frozen=True)
class OfflinePage:
    """A page that opens without a network.

    ``kept`` names the page that stands in for it on the phone, itself by default. That one is
    kept for everybody: nothing of a person may stand on it (:func:`balai.ui.kept.kept_page`).
    With a ``label`` the offline page leads to it.
    """

    url_name: str
    kept: str = ""
    label: type_str = ""
    icon: str = ""


class Module(AppConfig):
    """Base class of every module manifest.

    The folder name is the module's only identity: it is the app label, the URL prefix and
    namespace, the permission prefix and the key a region switches on or off.

    Attributes:
        summary: one sentence for the console, in the admin's words.
        consequence: what citizens no longer see when it is off, and what stays.
        icon: a Lucide icon name.
        requires: slugs of modules that must be on as well.
        root_paths: prefixes at the site's root under which ``urls_root.py`` answers, for
            standards that fix an address: ("open311/v2/",).
        nav, desk_nav: menu entries for citizens and for officers.
        primary_action: the one thing a citizen comes for; it is shown within thumb reach.
        permissions: the rights it knows, with the roles that hold them.
        roles: roles that only make sense with it, such as a dispatcher.
        api_scopes: {"<slug>:<right>": what a key with it may do}, for keys of other programs.
        webhook_topics: {"<slug>.<topic>": what happened}, events that other programs may be told
            of; ``webhooks.py`` says what they are told.
        offline_pages: pages that open without a network.
        offline_static: static files that they need besides the shell's.
        settings_form: dotted path of the form class behind its page in the console.
        default_enabled: whether a new region starts with it switched on.
        endpoints: {rule: class} for routes whose place does not tell what they are for: what a
            region keeps that has not paid or is closing (:mod:`balai.endpoints`). A rule is a glob
            over "jobs_desk:publish-many", "jobs:vacancy-act/submit" (an argument's value behind
            the name) or "jobs_api:..."; "POST " before it means all that changes something.
        urgent: whether its desk, and what citizens send to it, is served before anything else
            (:mod:`balai.lanes`).
    """

    summary: type_str = ""
    consequence: type_str = ""
    icon: str = "square"
    requires: Sequence[str] = ()
    root_paths: Sequence[str] = ()
    nav: Sequence[NavItem] = ()
    desk_nav: Sequence[NavItem] = ()
    primary_action: NavItem | None = None
    permissions: Sequence[Permission] = ()
    roles: "Sequence[Role]" = ()
    api_scopes: Mapping[str, type_str] = MappingProxyType({})
    webhook_topics: Mapping[str, type_str] = MappingProxyType({})
    offline_pages: Sequence[OfflinePage] = ()
    offline_static: Sequence[str] = ()
    settings_form: str = ""
    default_enabled: bool = True
    endpoints: "Mapping[str, Endpoint]" = MappingProxyType({})
    urgent: bool = False

    def __init_subclass__(cls) -> None:
        cls.default = True

    @property
    def slug(self) -> str:
        """The folder's name."""
        return self.label

    @property
    def is_vital(self) -> bool:
        """Whether calls for help or citizens' reports come in here: no bill ever takes it away."""
        return bool({"emergency", "intake"} & {str(kind) for kind in self.endpoints.values()})

    def provides(self, part: str) -> bool:
        """Tell whether the module's folder has a ``part`` submodule, such as ``urls``."""
        return module_has_submodule(self.module, part)

    def ready(self) -> None:
        """Import the parts that register themselves."""
        for part in CONTRIBUTIONS:
            if self.provides(part):
                import_module(f"{self.name}.{part}")

    def activated(self) -> None:
        """Run inside the region when the module is switched on. Must be idempotent."""

    def deactivated(self) -> None:
        """Run inside the region when the module is switched off. Never delete data."""
