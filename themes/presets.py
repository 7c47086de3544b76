"""Palettes in stock: four colours and a pattern each. Every one passes the contrast rules."""

import zlib
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Preset:
    """Four colours ("#rrggbb") and a pattern; ``name`` is for the console."""

    key: str
    name: str | Promise
    primary: str
    deep: str
    accent: str
    tint: str
    pattern: str


_ALL: Final = (
    # Balai itself: nila (indigo) and soga (bark brown), the two old dyes of batik.
    Preset("balai", "Balai", "#2a4694", "#16244d", "#e0a458", "#edf0fa", "ceplok"),
    # Kota Tangerang: the Cisadane's blue-green and sun yellow; Pintu Air Sepuluh.
    Preset("tangerang", "Kota Tangerang", "#00687a", "#053f4d", "#f2b632", "#e4f2f3", "pintu-air"),
    # Kabupaten Purworejo: the purple of manggis and its green cap.
    Preset(
        "purworejo", "Kabupaten Purworejo", "#7a2a5c", "#471735", "#c9d36b", "#f8edf3", "kawung"
    ),
    Preset("laut", _("Sea"), "#1a5f96", "#0c3152", "#7fd0c7", "#e8f1f9", "megamendung"),
    Preset("hutan", _("Forest"), "#22663b", "#103820", "#e3bf5e", "#e8f3ea", "truntum"),
    Preset("bata", _("Brick"), "#94402a", "#4f1e13", "#f0c27a", "#faeee9", "tumpal"),
    Preset("sawah", _("Rice field"), "#566313", "#2c3409", "#f1d264", "#f2f4e2", "nitik"),
    Preset("senja", _("Dusk"), "#6a3d96", "#35204d", "#f3ac73", "#f3ecfa", "parang"),
    Preset("tembaga", _("Copper"), "#83510f", "#422a0a", "#8fc9c3", "#f9f0e2", "nitik"),
    Preset("batu", _("Stone"), "#47586b", "#222d39", "#e6b95f", "#edf1f5", "ceplok"),
)
PRESETS: Final = {preset.key: preset for preset in _ALL}
NEUTRAL: Final = tuple(preset.key for preset in _ALL[3:])


def preset_for(slug: str, code: str) -> Preset:
    """Return the palette a region begins with: its own if we stock one, else a steady choice.

    Args:
        slug: the region's address.
        code: its Kemendagri code; the same code always gets the same palette.
    """
    if slug in PRESETS and slug not in NEUTRAL:
        return PRESETS[slug]
    return PRESETS[NEUTRAL[zlib.crc32(code.encode()) % len(NEUTRAL)]]
