"""Preset files: versioned data that a new region begins with, sealed by a checksum.

A preset is a JSON document with ``version`` and ``checksum``. The checksum is over everything
else in it, so that a file changed without a new version is noticed. After an edit, raise the
version and run ``python -m balai.presets FILE...`` to seal it again.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class BrokenPresetError(ValueError):
    """Raised for a preset file whose contents do not fit its checksum."""


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """What a later version adds, removes and changes, by key."""

    added: Mapping[str, T]
    removed: Mapping[str, T]
    changed: Mapping[str, tuple[T, T]]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)


def compare(old: Mapping[str, T], new: Mapping[str, T]) -> Changes[T]:
    """Return how ``new`` differs from ``old``, both keyed by what never changes (a code)."""
    return Changes(
        added={key: new[key] for key in new if key not in old},
        removed={key: old[key] for key in old if key not in new},
        changed={key: (old[key], new[key]) for key in new if key in old and old[key] != new[key]},
    )


def read(file: Traversable) -> dict[str, Any]:
    """Return a preset's document.

    Raises:
        FileNotFoundError: when there is no such preset.
        BrokenPresetError: when the checksum does not fit.
    """
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if document.get("checksum") != checksum(document):
        raise BrokenPresetError(f"{file.name} was changed without sealing it again")
    return document


def checksum(document: Mapping[str, Any]) -> str:
    """Return the checksum of a document, whatever its layout and the order of its keys."""
    contents = {key: value for key, value in document.items() if key != "checksum"}
    text = json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def seal(path: Path) -> None:
    """Write the right checksum into a preset file and touch nothing else of it.

    Raises:
        BrokenPresetError: when the file has no checksum to replace.
    """
    text = path.read_text(encoding="utf-8")
    document = json.loads(text)
    if "checksum" not in document:
        raise BrokenPresetError(f'{path.name} needs a "checksum", even an empty one')
    old = json.dumps(document["checksum"])
    path.write_text(text.replace(old, json.dumps(checksum(document)), 1), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        seal(Path(name))
