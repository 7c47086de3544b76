"""The folders are what design says; ``platform/`` never hides Python's own ``platform``."""

import platform
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    path
    for package in ("platform/balai", "tenants", "themes", "provisioning", "modules")
    for path in (ROOT / package).rglob("*.py")
    if not {"migrations", "tests"} & set(path.parts)
]
TESTED = sorted(
    {
        *(
            p.parent
            for p in (ROOT / "platform/balai").glob("*/__init__.py")
            if p.parent.name != "tests"
        ),
        *(path.parent for path in (ROOT / "modules").glob("*/__init__.py")),
        *(ROOT / name for name in ("tenants", "themes", "provisioning")),
    }
)
UNTESTED_HERE = {
    "settings": "exercised by every suite",
    "devtools": "tests/test_devtools.py",
}


def test_stdlib_platform_is_intact() -> None:
    assert Path(platform.__file__).parent == Path(sysconfig.get_path("stdlib"))


def test_platform_folder_holds_packages_only() -> None:
    assert list((ROOT / "platform").glob("*.py")) == []


def test_no_file_has_grown_two_ideas() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(p.read_text().splitlines())) > 300
    }
    assert long == {}


@pytest.mark.parametrize("folder", TESTED, ids=lambda folder: folder.name)
def test_every_package_has_tests(folder: Path) -> None:
    if folder.name in UNTESTED_HERE:
        return
    assert list((folder / "tests").rglob("test_*.py")), f"{folder.name} has no tests"
