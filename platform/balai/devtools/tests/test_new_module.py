"""A fresh module starts, and leaves nothing undeclared."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from balai.devtools import new_module

LOOK = """
import modules
modules.__path__.append("modules")  # beside the real ones, in the folder we stand in
import django
django.setup()
from django.utils import translation
translation.deactivate_all()  # as makemigrations does
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from balai.classify import registry as classes
from balai.privacy import registry as privacy
print("classes", classes.problems())
print("purposes", [p.models for p in privacy.purposes() if p.slug.startswith("city_parks.")])
print("subject", [slug for slug, part in privacy.subjects() if slug == "city_parks"])
loader = MigrationLoader(None)
found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
print("migrations", found.changes(graph=loader.graph).get("city_parks"))
"""


def test_the_skeleton_declares_what_its_table_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(__file__).parents[4]
    monkeypatch.chdir(tmp_path)
    assert new_module.main(["Parks"]) == 2
    assert new_module.main(["city_parks"]) == 0
    assert new_module.main(["city_parks"]) == 1, "it is there already"
    told = {
        "BALAI_EXTRA_MODULES": "modules.city_parks",
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "PYTHONPATH": os.pathsep.join([str(root), str(root / "platform")]),
    }
    done = subprocess.run(  # our own interpreter and text
        [sys.executable, "-c", LOOK], env={**os.environ, **told}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-4:] == [
        "classes []",
        "purposes [('city_parks.Item',)]",
        "subject ['city_parks']",
        "migrations None",
    ]
