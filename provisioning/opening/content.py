"""What a new region begins with, loaded inside it. Running a step twice changes nothing."""

from importlib import import_module
from typing import Any

from balai.context import current_region
from balai.directory.services import load_agencies as load_agencies_of, load_reference_areas
from balai.modules import registry
from balai.workcal.services import load_national_holidays
from provisioning import presets
from provisioning.models import Opening
from themes.brand import spec_of
from themes.services import save_brand

Detail = dict[str, Any]


def load_areas(opening: Opening) -> Detail:
    """Load the region's kecamatan and villages from the reference list."""
    result = load_reference_areas(code=opening.code)
    return {"districts": result.districts, "villages": result.villages}


def load_agencies(opening: Opening) -> Detail:
    """Load the preset's agencies, and the offices of the region's kecamatan and kelurahan."""
    preset = presets.load(opening.preset)
    added = load_agencies_of(preset.agencies, area_kinds=preset.area_agencies)
    return {"agencies": added, "preset": preset.name, "version": preset.version}


def load_holidays(opening: Opening) -> Detail:
    """Load the national holidays of all the years the list covers."""
    return {"days": load_national_holidays().added}


def choose_brand(opening: Opening) -> Detail:
    """Save the palette that suits the region as its brand; the admin changes it later."""
    spec = spec_of(current_region())
    save_brand(spec=spec)
    return {}


def load_module(slug: str, preset: str) -> Detail:
    """Load a module's own preset; a figure it returns is shown."""
    module = registry.get(slug)
    if module is None:
        return {}
    loaded = import_module(f"{module.name}.presets").load(preset)
    return {"items": loaded} if isinstance(loaded, int) else {}
