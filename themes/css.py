"""The style sheets made from brands: one per region, one with every palette in stock."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from themes import patterns
from themes.brand import BrandSpec, computed, from_preset
from themes.presets import PRESETS
from themes.surfaces import DARK

LIGHT_DEVICE = ':root:not([data-scheme="light"])'
CHOSEN_DARK = ':root[data-scheme="dark"]'


@lru_cache(maxsize=1024)
def theme(spec: BrandSpec) -> str:
    """Return a region's ``/theme.css``: its brand and the dark scheme."""
    return f"@layer tokens{{:root{{{_tokens(brand_tokens(spec))}}}{_dark()}}}"


@lru_cache(maxsize=1)
def stock() -> str:
    """Return every palette as ``[data-region=key]`` and every pattern as ``.motif--key``."""
    brands = "".join(
        f'[data-region="{key}"]{{{_tokens(brand_tokens(from_preset(preset, name=key)))}}}'
        for key, preset in PRESETS.items()
    )
    motifs = "".join(
        f".motif--{key}{{--balai-brand-pattern:{patterns.css_url(key)}}}" for key in patterns.NAMES
    )
    return f"@layer tokens{{{brands}{motifs}}}"


def scoped(spec: BrandSpec, region: str) -> str:
    """Return a brand's tokens for the parts of a page marked ``data-region="<region>"``."""
    return f'@layer tokens{{[data-region="{region}"]{{{_tokens(brand_tokens(spec))}}}}}'


def version(text: str) -> str:
    """Return the hash that stands in a style sheet's address."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def brand_tokens(spec: BrandSpec) -> dict[str, str]:
    """Return level 1 of the tokens: the brand's own values and what is computed from them."""
    tokens = {f"color-brand-{name}": value for name, value in spec.colours.items()}
    tokens |= {f"color-brand-{name}": value for name, value in computed(spec.colours).items()}
    tokens["brand-pattern"] = patterns.css_url(spec.pattern)
    return tokens


def _dark() -> str:
    body = _tokens(DARK) + "color-scheme:dark"
    both = f"{CHOSEN_DARK},{CHOSEN_DARK} [data-region]"
    device = f"{LIGHT_DEVICE},{LIGHT_DEVICE} [data-region]"
    # Paper is white: neither rule holds for print.
    by_device = f"@media screen and (prefers-color-scheme:dark){{{device}{{{body}}}}}"
    return f"{by_device}@media screen{{{both}{{{body}}}}}"


def _tokens(values: Mapping[str, str]) -> str:
    return "".join(f"--balai-{name}:{value};" for name, value in values.items())
