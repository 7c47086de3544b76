"""What of a preset belongs into the directory row: modules, their names, the region's words."""

from typing import Final

from django.utils.translation import get_language

from balai.directory.reference import Regency
from balai.modules import registry
from provisioning import presets
from provisioning.presets import NAMES

# The console's words (tenants.words) by the preset's own keys.
CONSOLE_WORDS: Final = {
    "region.head": "head",
    "area.district": "district",
    "area.village": "village",
}


def exists(name: str) -> bool:
    """Tell whether there is a preset of this name."""
    return name in NAMES


def suggested(place: Regency) -> str:
    """Return the preset that fits the region's kind."""
    return place.kind


def label(name: str) -> str:
    """Return a preset's name in the visitor's language."""
    texts = presets.load(name).label
    return texts.get(get_language() or "id") or texts["id"]


def modules_on(name: str) -> frozenset[str]:
    """Return the slugs of the modules a new region starts with."""
    chosen = presets.load(name).modules
    return frozenset(
        module.slug
        for module in registry.installed()
        if (module.default_enabled if chosen is None else module.slug in chosen)
    )


def words(name: str) -> dict[str, str]:
    """Return the words a new region starts with."""
    given = dict(presets.load(name).words)
    return given | {own: given[key] for key, own in CONSOLE_WORDS.items() if key in given}
