"""Everything the live room reads of its own."""

from modules.liveroom.selectors.screens import live_screen, screens

__all__ = ["live_screen", "screens"]
