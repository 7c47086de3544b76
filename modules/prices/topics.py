"""Events of the module; the moves of a round are "prices.<move>" (workflow.Move.topic)."""

from typing import Final

SAVED: Final = "prices.saved"
"""Prices were typed in; payload: round."""
PUBLISHED: Final = "prices.published"
"""A day was published, first or anew; key: the date, payload: publication, revision."""
TAKEN_IN: Final = "prices.taken_in"
"""Days of an imported table wait to be published; key: their source, payload: person."""
FELL: Final = "prices.fell"
"""A watched price fell; payload: watch, publication."""
