"""Search across modules: each active one may have a ``search.py`` with a ``search`` function."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from balai.modules import registry
from balai.modules.manifest import Module, type_str
from balai.ui.nav import url_or_none

log = logging.getLogger(__name__)
PER_MODULE = 8
LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found; ``text`` is a line of explanation, never personal data."""

    title: type_str
    url: str
    text: type_str = ""
    icon: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What one module found; ``failed`` when it could not answer."""

    name: type_str
    icon: str
    hits: Sequence[SearchHit]
    failed: bool = False


def everywhere(query: str, user: Any) -> list[Found]:
    """Ask every active module, and look through the services' own names.

    A module that fails does not break the search: its part says so.

    Args:
        query: what the visitor typed; fewer than two letters find nothing.
        user: the visitor; each module shows only what they may see.
    """
    words = " ".join(query.split())[:100]
    if len(words) < LEAST_LETTERS:
        return []
    parts = (_ask(module, words, user) for module in registry.active())
    return [found for found in chain(_services(words), parts) if found.hits or found.failed]


def _ask(module: Module, words: str, user: Any) -> Found:
    name = registry.label(module)
    part = registry.part(module, "search")
    if part is None:
        return Found(name, module.icon, ())
    try:
        return Found(name, module.icon, list(part.search(words, user, PER_MODULE))[:PER_MODULE])  # type: ignore[attr-defined]  # checked by the contract suite
    except Exception:
        log.exception("the search of %s failed", module.slug)
        return Found(name, module.icon, (), failed=True)


def _services(words: str) -> list[Found]:
    hits = []
    wanted = words.casefold()
    for module in registry.active():
        first = next(iter(module.nav), None)
        url = url_or_none(first.url_name) if first else None
        name = registry.label(module)
        if url and wanted in f"{name} {module.verbose_name} {module.summary}".casefold():
            hits.append(SearchHit(name, url, module.summary, module.icon))
    return [Found("", "layout-grid", hits)] if hits else []
