"""The region's own terms for Python code; templates say ``{% region_word %}``."""

from balai import context
from balai.modules.manifest import type_str


def word(key: str, default: type_str) -> type_str:
    """Return what the region calls a thing ("district": kecamatan, distrik), or the usual word."""
    region = context.region_or_none()
    return (region.words.get(key) if region else None) or default
