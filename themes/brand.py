"""A region's brand as it is stored in ``Region.brand``, and what is worked out from it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from balai import context
from themes import colour, surfaces
from themes.contrast import ink_on
from themes.presets import PRESETS, Preset, preset_for

PLATFORM_NAME: Final = "Balai"
COLOURS: Final = ("primary", "deep", "accent", "tint")


@dataclass(frozen=True, slots=True)
class BrandSpec:
    """What a region chose. ``logo`` and ``photo`` are the stored files' hashes, "" for none."""

    name: str
    motto: str = ""
    primary: str = ""
    deep: str = ""
    accent: str = ""
    tint: str = ""
    pattern: str = ""
    logo: str = ""
    photo: str = ""
    photo_alt: str = ""

    @property
    def colours(self) -> dict[str, str]:
        """The four colours by name."""
        return {name: getattr(self, name) for name in COLOURS}

    @property
    def short_name(self) -> str:
        """The name under an icon on a phone: without "Kota" or "Kabupaten"."""
        return self.name.removeprefix("Kota ").removeprefix("Kabupaten ")

    def stored(self) -> dict[str, str]:
        """Return it as it goes into ``Region.brand``."""
        return asdict(self)

    def digest(self) -> str:
        """Return a short name that changes with every visible change."""
        return hashlib.sha256(json.dumps(self.stored(), sort_keys=True).encode()).hexdigest()[:12]


def spec_of(region: context.Region | None) -> BrandSpec:
    """Return the brand of a region, completed from its palette; Balai's own without a region."""
    if region is None:
        return from_preset(PRESETS["balai"], name=PLATFORM_NAME)
    base = from_preset(preset_for(region.slug, region.code), name=region.name)
    return merged(base, region.brand)


def from_preset(preset: Preset, *, name: str) -> BrandSpec:
    """Return a brand with a palette from stock."""
    return BrandSpec(
        name=name, primary=preset.primary, deep=preset.deep, accent=preset.accent,
        tint=preset.tint, pattern=preset.pattern,
    )  # fmt: skip


def merged(base: BrandSpec, stored: Mapping[str, Any]) -> BrandSpec:
    """Return ``base`` with what is stored; empty and unknown entries leave it as it is."""
    values = base.stored()
    values.update({key: str(value) for key, value in stored.items() if key in values and value})
    return BrandSpec(**values)


def computed(colours: Mapping[str, str]) -> dict[str, str]:
    """Return the values worked out from the four colours: inks, and the dark scheme's three.

    In the dark the main colour is lifted until it reads on every dark ground; its hue stays.
    """
    own = colour.to_lch(colours["primary"]).chroma
    tint = colour.shifted(colours["primary"], lightness=0.27, chroma=min(own, 0.035))
    primary = _lifted(colours["primary"], (surfaces.DARK_SUNKEN, tint))
    return {
        "on-primary": ink_on(colours["primary"]),
        "on-deep": ink_on(colours["deep"]),
        "on-accent": ink_on(colours["accent"]),
        "primary-dark": primary,
        "on-primary-dark": colour.shifted(
            colours["primary"], lightness=0.22, chroma=min(own, 0.05)
        ),
        "tint-dark": tint,
    }


def _lifted(start: str, grounds: tuple[str, ...]) -> str:
    chroma = colour.to_lch(start).chroma
    for step in range(60, 100):
        candidate = colour.shifted(start, lightness=step / 100, chroma=min(chroma, 0.11))
        if all(colour.ratio(candidate, ground) >= 6.5 for ground in grounds):
            return candidate
    return surfaces.DARK_TEXT
