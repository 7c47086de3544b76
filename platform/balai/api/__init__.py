"""The JSON API of a region, at /api/v1/: ``from balai.api import Problem, StrictSchema``.

Operations for other programs' keys: ``auth=KeyAuth("parks:reserve")``, ``balai.api.keys``.
"""

from typing import TYPE_CHECKING, Any

from balai.api.schemas import Problem, StrictSchema

if TYPE_CHECKING:
    from balai.api.keys import KeyAuth, KeyIfGiven

__all__ = ["KeyAuth", "KeyIfGiven", "Problem", "StrictSchema"]


def __getattr__(name: str) -> Any:
    """Import the guards late: they read models, which are not there while apps are loaded."""
    if name in {"KeyAuth", "KeyIfGiven"}:
        from balai.api import keys

        return getattr(keys, name)
    raise AttributeError(name)
