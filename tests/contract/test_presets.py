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
