"""Addresses at the root of a region's site that a standard fixes: ``urls_root.py`` of a module.

Everything else of a module lives under its slug. A module that speaks a standard whose address is
not ours to choose says so in its manifest, ``root_paths = ("open311/v2/",)``. What two parties
want, or the kernel has already, is refused when the addresses are put together, so at start.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver

from balai.modules.manifest import Module

PART: Final = "urls_root"
SUFFIX: Final = "_root"
SHAPE: Final = re.compile(r"(?:[a-z0-9.][a-z0-9._-]*/)+\Z")
VARIABLE: Final = re.compile(r"[<(\[\\$]")

Pattern = URLPattern | URLResolver


@dataclass(frozen=True, slots=True)
class Mount:
    """One prefix of one module; ``namespace`` is unique, also where a module has several."""

    module: Module
    prefix: str
    namespace: str


def mounts(
    modules: Sequence[Module], kernel: Sequence[Pattern], areas: Iterable[str]
) -> Iterator[Mount]:
    """Yield what is to be mounted at the root, in the modules' order.

    Args:
        kernel: the addresses that are there already.
        areas: prefixes that modules share, such as "desk/".

    Raises:
        ImproperlyConfigured: for a prefix of a strange shape, one that the kernel or another
            module has, and for ``root_paths`` without ``urls_root.py`` or the other way round.
    """
    shared = [*areas, *(f"{module.slug}/" for module in modules)]
    given: list[Mount] = []
    for module in modules:
        if bool(module.root_paths) != module.provides(PART):
            _refuse(module, "root_paths and urls_root.py come together")
        for number, prefix in enumerate(module.root_paths):
            if not SHAPE.match(prefix):
                _refuse(module, f"root path {prefix!r} is not of the form 'open311/v2/'")
            others = [*shared, *(mount.prefix for mount in given)]
            if any(_overlap(prefix, other) for other in others) or _hides(prefix, kernel):
                _refuse(module, f"root path {prefix!r} is in use already")
            namespace = f"{module.slug}{SUFFIX}{number + 1 if number else ''}"
            given.append(Mount(module, prefix, namespace))
    yield from given


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _hides(prefix: str, kernel: Iterable[Pattern], before: str = "") -> bool:
    """Tell whether ``prefix`` would take an address from ``kernel``, or never be reached."""
    for entry in kernel:
        route = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            if _overlap(prefix, route) and _hides(prefix, entry.url_patterns, route):
                return True
            continue
        fixed = VARIABLE.split(route, maxsplit=1)[0]
        if fixed.startswith(prefix) or (fixed != route and prefix.startswith(fixed)):
            return True
    return False


def _refuse(module: Module, reason: str) -> None:
    raise ImproperlyConfigured(f"{module.name}: {reason}")
