"""What a new region begins with: agencies, words and modules, as versioned data files.

``<name>.json`` is the version in use; an older one that some region still has is kept as
``archive/<name>-<version>.json``, so that a later version can be offered as a difference.
Modules keep their own presets in their own folders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from balai import presets
from balai.directory.specs import AgencySpec

NAMES = ("kota", "kabupaten", "pilot")


class UnknownPresetError(LookupError):
    """Raised for a preset, or a version of it, that is not shipped."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One preset in one version.

    ``modules`` are the slugs switched on at first, None for every module that is on by default;
    ``area_agencies`` are the kinds of areas that get an office of their own.
    """

    name: str
    version: int
    checksum: str
    label: Mapping[str, str]
    words: Mapping[str, str]
    modules: frozenset[str] | None
    module_labels: Mapping[str, str]
    area_agencies: tuple[str, ...]
    agencies: tuple[AgencySpec, ...]


@dataclass(frozen=True, slots=True)
class PresetDiff:
    """What a later version of a preset would change in a region that has an earlier one."""

    agencies: presets.Changes[AgencySpec]
    words: presets.Changes[str]
    module_labels: presets.Changes[str]

    def __bool__(self) -> bool:
        return bool(self.agencies or self.words or self.module_labels)


@cache
def load(name: str, version: int | None = None) -> Preset:
    """Return a preset, by default in its current version.

    Raises:
        UnknownPresetError: when it, or that version of it, is not shipped.
        balai.presets.BrokenPresetError: when its file was changed without being sealed.
    """
    if name not in NAMES:
        raise UnknownPresetError(name)
    preset = _parse(presets.read(_folder().joinpath(f"{name}.json")))
    if version in (None, preset.version):
        return preset
    try:
        return _parse(presets.read(_folder().joinpath("archive", f"{name}-{version}.json")))
    except FileNotFoundError:
        raise UnknownPresetError(f"{name}, version {version}") from None


def versions() -> dict[str, int]:
    """Return the current version of every preset."""
    return {name: load(name).version for name in NAMES}


def diff(old: Preset, new: Preset) -> PresetDiff:
    """Return what going from ``old`` to ``new`` adds, removes and changes."""
    return PresetDiff(
        agencies=presets.compare(_by_code(old), _by_code(new)),
        words=presets.compare(old.words, new.words),
        module_labels=presets.compare(old.module_labels, new.module_labels),
    )


def _by_code(preset: Preset) -> dict[str, AgencySpec]:
    return {agency.code: agency for agency in preset.agencies}


def _folder() -> Traversable:
    return files(__package__)


def _parse(document: Mapping[str, Any]) -> Preset:
    modules = document["modules"]
    return Preset(
        name=document["name"],
        version=document["version"],
        checksum=document["checksum"],
        label=MappingProxyType(document["label"]),
        words=MappingProxyType(document["words"]),
        modules=None if modules is None else frozenset(modules),
        module_labels=MappingProxyType(document["module_labels"]),
        area_agencies=tuple(document["area_agencies"]),
        agencies=tuple(AgencySpec.of(row) for row in document["agencies"]),
    )
