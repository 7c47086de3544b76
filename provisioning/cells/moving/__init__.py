"""A region moves to another cell: paused, copied, verified, switched. Killed, it goes on."""

from provisioning.cells.moving.desk import MoveError
from provisioning.cells.moving.engine import drop_kept, finish, move, sweep, undo

__all__ = ["MoveError", "drop_kept", "finish", "move", "sweep", "undo"]
