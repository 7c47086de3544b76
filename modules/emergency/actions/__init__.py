"""What somebody can do with an incident now: buttons that its state and their rights allow."""

from modules.emergency import workflow
from modules.emergency.actions import ending, facts, handing, units
from modules.emergency.actions.action import Action
from modules.emergency.scene import Scene

__all__ = ["ACTIONS", "Action", "Scene", "offered"]

ACTIONS: tuple[Action, ...] = (
    *handing.FIRST,
    *units.ACTIONS,
    *facts.ACTIONS,
    *ending.ACTIONS,
    *handing.ACTIONS,
)


def offered(scene: Scene) -> list[Action]:
    """Return the actions that state and rights allow, in the order of the page."""
    possible = workflow.possible(scene.incident.state, scene.user.has_perm)
    names = {move.name for move in possible}
    return [
        action
        for action in ACTIONS
        if (not action.moves or names.intersection(action.moves)) and action.fits(scene)
    ]
