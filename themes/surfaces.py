"""The platform's own colours that a brand has to stand on, and the whole dark scheme.

The light values are those of ``balai/css/core.css`` (a test compares them). The dark ones live
only here; ``themes.css`` writes them into every theme.
"""

from typing import Final

PAPER: Final = "#faf8f4"
SURFACE: Final = "#ffffff"
SUNKEN: Final = "#f2efe8"
INK: Final = "#1d1b18"
MUTED: Final = "#5d584f"

DARK_SUNKEN: Final = "#262421"
DARK_TEXT: Final = "#f4f1ea"
DARK_MUTED: Final = "#b9b2a6"

DARK: Final = {
    "color-paper": "#141311",
    "color-surface": "#1d1b19",
    "color-sunken": DARK_SUNKEN,
    "color-line": "#383530",
    "color-line-strong": "#8a8479",
    "color-text": DARK_TEXT,
    "color-text-muted": DARK_MUTED,
    "color-text-inverse": "#141311",
    "color-action": "var(--balai-color-brand-primary-dark)",
    "color-on-action": "var(--balai-color-brand-on-primary-dark)",
    "color-action-tint": "var(--balai-color-brand-tint-dark)",
    "color-red": "#ff9d94",
    "color-red-tint": "#3b1714",
    "color-red-line": "#6d2d27",
    "color-amber": "#f2c25c",
    "color-amber-tint": "#33260a",
    "color-amber-line": "#5e4915",
    "color-green": "#86d3a1",
    "color-green-tint": "#12301d",
    "color-green-line": "#265a39",
    "color-blue": "#9cc4f5",
    "color-blue-tint": "#14273f",
    "color-blue-line": "#2a4a73",
    "color-grey": "#c2bbaf",
    "color-grey-tint": "#2a2825",
    "color-grey-line": "#47433d",
    "color-focus": "#fff",
    "color-focus-halo": "#8a6200",
    "shadow-1": "none",
    "shadow-2": "0 8px 24px -8px #000",
    "shadow-3": "0 24px 56px -16px #000",
}
