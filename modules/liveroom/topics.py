"""The events of instructions; all carry ids only."""

from modules.liveroom.workflow import MOVES

GIVEN = "liveroom.given"
CHANGES = (GIVEN, *(move.topic for move in MOVES))
"""Everything after which lists and counts of instructions look different."""
