"""A region moves to another cell: paused, copied, verified, switched. Killed, it goes on."""

from provisioning.cells.moving.engine import MoveError, finish, move, sweep, undo

__all__ = ["MoveError", "finish", "move", "sweep", "undo"]
