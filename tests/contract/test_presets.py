"""Presets of the platform and of its modules must fit together; no package may import both."""

from pathlib import Path

import pytest

from balai import presets as sealed
from provisioning import presets

MODULES = Path(__file__).parents[2] / "modules"
FILES = sorted(MODULES.glob("*/presets/*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_modules_preset_is_sealed_and_is_for_a_preset_that_exists(path):
    assert sealed.read(path)["preset"] == path.stem
    assert path.stem in presets.NAMES


@pytest.mark.parametrize("name", presets.NAMES)
def test_complaints_go_to_agencies_that_the_region_gets(name):
    document = sealed.read(MODULES / "complaints" / "presets" / f"{name}.json")
    named = {leaf["agency"] for group in document["categories"] for leaf in group["children"]}
    assert len(named) > 3
    assert named - {None} <= {agency.code for agency in presets.load(name).agencies}


@pytest.mark.parametrize("name", presets.NAMES)
def test_emergencies_have_agencies_scripts_and_where_there_are_units_one_of_each_kind(name):
    document = sealed.read(MODULES / "emergency" / "presets" / f"{name}.json")
    categories, units = document["categories"], document["units"]
    named = {row["agency"] for row in (*categories, *units)}
    assert named - {None} <= {agency.code for agency in presets.load(name).agencies}
    assert sum(bool(row["script"]) for row in categories) >= 12
    assert all(row["id"] and row["en"] for group in categories for row in group["script"])
    assert any(row["sealed"] for row in categories), "violence at home is for two people's eyes"
    if name != "pilot":  # which begins with one unit
        asked = {kind for row in categories for kind in row["units"]}
        assert asked <= {row["kind"] for row in units}
