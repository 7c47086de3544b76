"""The events of this module; all carry ids only."""

from typing import Final

SHARED: Final = "partners.shared"
HELD: Final = "partners.held"
SAID: Final = "partners.said"
LINKED: Final = "partners.linked"
DELEGATE: Final = "partners.delegate"
"""Somebody with a platform account was let in or sent away, or their last day is another."""
MOVES: Final = (
    "partners.consent", "partners.acknowledge", "partners.answer", "partners.ask_again",
    "partners.close", "partners.withdraw",
)  # fmt: skip
CHANGES: Final = (SHARED, HELD, SAID, *MOVES)
"""After these a list of shares is another."""
CLOCK: Final = "partners.acknowledgement"
"""The kind of the clock until a partner says that it knows."""
