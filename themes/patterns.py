"""Batik geometry for bands and selvedges: tiles of 56 by 56 in ``motifs/``, drawn by us."""

from functools import lru_cache
from importlib import resources
from typing import Final
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

KEPT: Final = " /:=,.()-'"  # characters that need no escape inside a quoted data URL
CEPLOK: Final = "ceplok"

NAMES: Final = {
    CEPLOK: _("Ceplok, star lattice"),
    "pintu-air": _("Pintu air, ripples under arches"),
    "kawung": _("Kawung, palm fruit"),
    "parang": _("Parang, slanting waves"),
    "truntum": _("Truntum, scattered stars"),
    "nitik": _("Nitik, woven dots"),
    "megamendung": _("Megamendung, clouds"),
    "tumpal": _("Tumpal, rows of peaks"),
}


@lru_cache(maxsize=len(NAMES) + 1)
def css_url(name: str) -> str:
    """Return the pattern as a CSS ``url()``; an unknown name gives ceplok."""
    known = name if name in NAMES else CEPLOK
    svg = resources.files("themes").joinpath(f"motifs/{known}.svg").read_text(encoding="utf-8")
    flat = svg.replace("\n", "").replace('"', "'")
    return f'url("data:image/svg+xml,{quote(flat, safe=KEPT)}")'
