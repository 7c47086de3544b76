"""A connection that believes to be in the right cell and never moves: every look must show it."""

from typing import Any

from balai import context
from tenants.backend import base
from tenants.backend.cells import CellConnection


class Believing(CellConnection):
    """Says what the cursor wants to hear."""

    @property
    def cell(self) -> str:  # type: ignore[override]  # the control lies
        active = context.current()
        return active.cell if active else context.MAIN_CELL


class DatabaseWrapper(base.DatabaseWrapper):
    """Ours, without the part under test."""

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"connection_factory": Believing}

    def _is_free(self) -> bool:
        return False

    def _cursor(self, name: str | None = None) -> Any:
        return self._plain_cursor(name)
