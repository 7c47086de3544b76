"""Which importers there are, and who may use them."""

from collections.abc import Callable
from typing import Any, TypeVar

from balai.importing.columns import Importer
from balai.modules import registry as modules

Kind = TypeVar("Kind", bound=type[Importer])
_importers: dict[str, type[Importer]] = {}


def importer(kind: str) -> Callable[[Kind], Kind]:
    """Register an importer under "<slug>.<what>".

    Raises:
        ValueError: when the name is taken.
    """

    def register(cls: Kind) -> Kind:
        if _importers.get(kind, cls) is not cls:
            raise ValueError(f"there is an importer {kind!r} already")
        cls.kind = kind
        _importers[kind] = cls
        return cls

    return register


def find(kind: str) -> type[Importer] | None:
    """Return the importer called ``kind`` unless its module is off or gone."""
    cls = _importers.get(kind)
    return None if cls is None or modules.is_off(modules.owner_of(cls)) else cls


def allowed(user: Any, kind: str) -> type[Importer] | None:
    """Return the importer if ``user`` may use it, in the whole region; else None."""
    cls = find(kind)
    if cls is None or not user.is_authenticated or not user.has_perm(cls.permission):
        return None
    return cls if user.agencies_for(cls.permission).all_agencies else None


def offered(user: Any) -> list[type[Importer]]:
    """Return the importers ``user`` may use, by name."""
    found = [cls for kind in _importers if (cls := allowed(user, kind))]
    return sorted(found, key=lambda cls: str(cls.label))


def every() -> list[type[Importer]]:
    """Return all installed importers, their modules switched on or not."""
    return list(_importers.values())
