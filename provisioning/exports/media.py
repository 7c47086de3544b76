"""The files of a region, whatever module they belong to: listed, read, put back."""

from collections.abc import Iterator
from typing import Final

from django.core.files.storage import default_storage

# What stays behind, with the reason that the manifest tells.
STAYS: Final = {"imports": "Tables that people uploaded; they are forgotten after 30 days."}


def names() -> list[str]:
    """Return the names of the active region's files, in order."""
    return sorted(_walk(""))


def below(folder: str) -> list[str]:
    """Return the names of the files in ``folder``, which ends in a slash, and deeper."""
    return sorted(_walk(folder))


def _walk(folder: str) -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        if folder or name not in STAYS:
            yield from _walk(f"{folder}{name}/")


def size(name: str) -> int:
    """Return a file's size in bytes; -1 when it is gone."""
    try:
        return int(default_storage.size(name))
    except FileNotFoundError:
        return -1
