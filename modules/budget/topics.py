"""Events of the module; the moves of a state are "budget.<move>" (workflow.Move.topic)."""

from typing import Final

COUNTED: Final = "budget.counted"
"""Lines came in and were counted; key: the year, payload: snapshot."""
PUBLISHED: Final = "budget.publish"
WITHDRAWN: Final = "budget.withdraw"
CHANGED: Final = (COUNTED, PUBLISHED, WITHDRAWN)
