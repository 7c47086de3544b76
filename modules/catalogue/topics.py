"""Events of the module; a move is "catalogue.<move>" (workflow.Move.topic)."""

from typing import Final

CHANGED: Final = "catalogue.changed"
"""Apps were added or changed; key: the app's slug, "" for several."""
DOWN: Final = "catalogue.app_down"
"""An app failed twice in a row; key: its slug, payload: app."""
UP: Final = "catalogue.app_up"
"""An app answers again; key: its slug, payload: app."""
