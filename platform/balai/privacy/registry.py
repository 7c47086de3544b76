"""Every part's ``purposes.py`` and ``subject.py``, of modules that are switched off as well.

A switch hides a module; it does not end the rights in the data that the module has kept.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

from balai.modules.manifest import Module
from balai.privacy.purpose import Purpose


def _parts(name: str) -> Iterator[tuple[str, ModuleType]]:
    for config in apps.get_app_configs():
        ours = isinstance(config, Module) or config.name.startswith("balai.")
        if ours and module_has_submodule(config.module, name):
            yield _slug(config), import_module(f"{config.name}.{name}")


def _slug(config: AppConfig) -> str:
    return config.slug if isinstance(config, Module) else config.name.rpartition(".")[2]


@cache
def purposes() -> tuple[Purpose, ...]:
    """Return all declared purposes, in the order of their parts.

    Raises:
        ValueError: when two have the same slug, or one names another part.
    """
    found: dict[str, Purpose] = {}
    for part, module in _parts("purposes"):
        for purpose in module.PURPOSES:
            if purpose.slug in found or purpose.slug.partition(".")[0] != part:
                raise ValueError(f"{purpose.slug} is declared twice or by another part")
            found[purpose.slug] = purpose
    return tuple(found.values())


def purpose(slug: str) -> Purpose | None:
    """Return the purpose called ``slug``."""
    return next((one for one in purposes() if one.slug == slug), None)


def consents() -> list[Purpose]:
    """Return the purposes that stand on consent."""
    return [one for one in purposes() if one.by_consent]


@cache
def subjects() -> tuple[tuple[str, ModuleType], ...]:
    """Return (part, its ``subject.py``); the account itself comes last, others may need it."""
    found = list(_parts("subject"))
    return tuple(sorted(found, key=lambda pair: pair[0] == "accounts"))


def load() -> None:
    """Import all declarations."""
    purposes()
    subjects()
