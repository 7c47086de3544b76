"""``make module`` writes a module that the contract accepts; the route list is complete."""

import subprocess
import sys
from pathlib import Path

from django.apps import apps

from balai.devtools import citus, new_module
from balai.devtools.routes import routes


def test_skeleton_is_valid_python_and_a_second_run_touches_nothing(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert new_module.main(["taman_kota"]) == 0
    files = sorted(path for path in (tmp_path / "modules/taman_kota").rglob("*.py"))
    assert {path.name for path in files} >= {"apps.py", "urls.py", "views.py", "test_pages.py"}
    for path in files:
        compile(path.read_text(), str(path), "exec")
    before = {path: path.read_text() for path in files}
    assert new_module.main(["taman_kota"]) == 1
    assert {path: path.read_text() for path in files} == before


def test_bad_names_are_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [new_module.main([name]) for name in ("", "Parks", "1st", "a-b")] == [2, 2, 2, 2]
    assert not (tmp_path / "modules").exists()


def test_a_new_module_is_found_on_disk_alone(tmp_path: Path) -> None:
    package = tmp_path / "modules"
    package.mkdir()
    (package / "__init__.py").touch()
    subprocess.run(
        [sys.executable, "-m", "balai.devtools.new_module", "parks"], cwd=tmp_path, check=True
    )
    code = "from balai.modules.discovery import discover; print(discover('modules'))"
    found = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, '.'); {code}"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip() == "['modules.parks']"


def test_routes_lists_nested_names() -> None:
    names = {route.name for route in routes("balai.urls_region")}
    assert {"specimen:list", "specimen_desk:write", "specimen_console:settings"} <= names


def test_a_region_stays_movable_between_the_nodes_of_citus(settings) -> None:
    two = "ALTER TABLE a ADD CONSTRAINT x CHECK (b > 0), ADD CONSTRAINT y UNIQUE (b);"
    fine = (
        "ALTER TABLE a ADD CONSTRAINT x CHECK (b > 0);",
        "ALTER TABLE a ADD COLUMN c text DEFAULT ' ADD CONSTRAINT ADD CONSTRAINT ';",
        "CREATE TABLE ADD_CONSTRAINT_ADD_CONSTRAINT (id bigint);",
    )
    assert citus.crowded([*fine, two]) == [two]
    inside = frozenset(
        config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS
    )
    regions = [apps.get_app_config(label) for label in sorted(inside)]
    ours = [config for config in regions if not config.name.startswith(("django.", "allauth"))]
    assert len(ours) > 10
    assert list(citus.broken_rules(ours, inside=inside)) == []
    broken = list(citus.broken_rules(ours, inside=inside - {"directory"}))
    assert broken
    assert all("outside its schema" in sentence for sentence in broken)
    narrow = [apps.get_app_config("auth")]
    said = list(citus.broken_rules(narrow, inside=frozenset({"auth", "contenttypes"})))
    assert "auth.Group: the key is an integer; use bigint" in said
