"""Batik geometry for bands and selvedges: tiles of 56 by 56, one line each, drawn by us."""

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

_SHAPES: Final = {
    CEPLOK: '<path d="M28 6l5 17 17 5-17 5-5 17-5-17-17-5 17-5zM0 12L12 0M44 0l12 12M0 44l12 12M56 44L44 56'
    'M14 14l6 6M42 14l-6 6M14 42l6-6M42 42l-6-6"/><circle cx="28" cy="28" r="2.5" fill="#000"/>',
    "pintu-air": '<path d="M0 28a28 28 0 0 1 56 0M7 28a21 21 0 0 1 42 0M14 28a14 14 0 0 1 28 0M21 28a7 7 0 0 1 14 0'
    "M-28 56a28 28 0 0 1 56 0M-21 56a21 21 0 0 1 42 0M-14 56a14 14 0 0 1 28 0M-7 56a7 7 0 0 1 14 0"
    'M28 56a28 28 0 0 1 56 0M35 56a21 21 0 0 1 42 0M42 56a14 14 0 0 1 28 0M49 56a7 7 0 0 1 14 0"/>',
    "kawung": '<path d="M28 28C14 25 7 18 4 4c14 3 21 10 24 24zM28 28c3-14 10-21 24-24-3 14-10 21-24 24z'
    "M28 28c14 3 21 10 24 24-14-3-21-10-24-24zM28 28c-3 14-10 21-24 24 3-14 10-21 24-24z"
    'M28 9v9M28 38v9M9 28h9M38 28h9"/><path fill="#000" d="M13 13l3 3M43 13l-3 3M13 43l3-3M43 43l-3-3"/>',
    "parang": '<path d="M-8 22C4 20 8 10 22-8M-8 50C12 46 20 30 50-8M6 64C30 52 44 36 64 6M34 64c14-10 22-18 30-30'
    'M10 30c6-1 9-5 10-11M24 44c8-2 13-7 15-15M38 22c6-1 9-5 10-11"/>',
    "truntum": '<path d="M14 5v18M5 14h18M8 8l12 12M20 8L8 20M42 33v18M33 42h18M36 36l12 12M48 36L36 48"/>'
    '<circle cx="42" cy="14" r="2" fill="#000"/><circle cx="14" cy="42" r="2" fill="#000"/>',
    "nitik": '<path stroke-width="3" stroke-linecap="square" stroke-dasharray="0 7" d="M28 3.5L3.5 28 28 52.5 52.5 28zM28 17.5L17.5 28'
    ' 28 38.5 38.5 28z"/><path d="M25 28h6M28 25v6M0 3V0h3M53 0h3v3M0 53v3h3M56 53v3h-3"/>',
    "megamendung": '<path d="M4 24c0-8 12-10 14-3 3-8 18-6 18 3 5-5 14-1 13 6H9c-4 0-6-3-5-6zM10 24c2-4 6-3 7 0M24 24c2-5 8-4 8 0'
    'M-24 52c0-8 12-10 14-3 3-8 18-6 18 3 5-5 14-1 13 6M32 52c0-8 12-10 14-3 3-8 18-6 18 3M38 52c2-4 6-3 7 0"/>',
    "tumpal": '<path d="M0 28L14 0l14 28L42 0l14 28M5 28l9-18 9 18M33 28l9-18 9 18M0 28h56M-14 56L0 28l14 28 14-28 14 28 14-28 14 28'
    'M19 56l9-18 9 18M-9 56L0 38l9 18M47 56l9-18 9 18M0 56h56"/>',
}


def css_url(name: str) -> str:
    """Return the pattern as a CSS ``url()``; an unknown name gives ceplok."""
    shapes = _SHAPES.get(name, _SHAPES[CEPLOK]).replace('"', "'")
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 56 56' width='56' height='56' "
        f"fill='none' stroke='#000' stroke-width='1.4'>{shapes}</svg>"
    )
    return f'url("data:image/svg+xml,{quote(svg, safe=KEPT)}")'


def shapes(name: str) -> str:
    """Return the drawing inside the tile, for places that draw the pattern themselves."""
    return _SHAPES.get(name, _SHAPES[CEPLOK])
