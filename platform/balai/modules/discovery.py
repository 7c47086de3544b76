"""Find modules on disk and in installed packages. Imported by settings: must not import Django."""

from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

ENTRY_POINT_GROUP = "balai.modules"


def discover(package: str) -> list[str]:
    """Return the dotted path of every subpackage of ``package`` that declares a manifest.

    Ask the import system rather than ``__file__`` so that the answer is the same in a
    checkout, where the settings live under ``platform/``, and in an installed wheel.
    """
    spec = find_spec(package)
    roots = spec.submodule_search_locations if spec else None
    manifests = [path for root in roots or () for path in Path(root).glob("*/apps.py")]
    return sorted(f"{package}.{path.parent.name}" for path in manifests)


def discover_external() -> list[str]:
    """Return the packages that installed distributions add through ``balai.modules``."""
    return sorted(point.value for point in entry_points(group=ENTRY_POINT_GROUP))
