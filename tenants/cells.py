"""Where the cells are: addresses that no table holds, by name (docs/adr/0010-cells.md)."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext_lazy as _

from balai import context, env
from balai.away import AwayError
from balai.context import MAIN_CELL

NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,19}\Z")
CONNECT_SECONDS: Final = 3
DOWN_SECONDS: Final = 2.0
UNREACHED: Final = _("The site's data cannot be reached just now. Nothing is lost; try again soon.")
_down_until: dict[str, float] = {}


class UnknownCellError(AwayError):
    """Raised for a cell that has no address here."""

    retry_after = 60
    text = UNREACHED


class CellDownError(AwayError):
    """Raised when a cell's database cannot be reached; its regions wait, others do not notice."""

    retry_after = 10
    text = UNREACHED


def names() -> list[str]:
    """Return the cells besides the main one that have an address here, by name."""
    folder = _folder()
    kept = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted({*settings.CELL_URLS, *(name for name in kept if NAME.match(name))})


def url(name: str) -> str:
    """Return a cell's address, of the environment (``BALAI_CELLS``) or of its own file.

    Raises:
        UnknownCellError: when there is neither.
    """
    given: str | None = settings.CELL_URLS.get(name)
    if given is None and NAME.match(name):
        path = _folder() / name
        given = path.read_text(encoding="utf-8").strip() if path.is_file() else None
    if given is None:
        raise UnknownCellError(f"the cell {name!r} has no address here: set BALAI_CELLS")
    return given


def keep(name: str, address: str) -> Path:
    """Write a cell's address into a file that only we can read, and return where."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    fresh = folder / f".{name}.new"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(address + "\n")
    fresh.replace(path)
    return path


def put_back(name: str, address: str | None) -> None:
    """Undo :func:`keep`: write the former address, or forget the cell."""
    if address is None or name in settings.CELL_URLS:
        (_folder() / name).unlink(missing_ok=True)
    else:
        keep(name, address)


def settings_of(name: str) -> dict[str, Any]:
    """Return what Django's database settings say otherwise for this cell than for the main one.

    Raises:
        UnknownCellError: when the cell has no address here.
    """
    if name == MAIN_CELL:
        return {}
    chosen = env.database(url(name))
    chosen["OPTIONS"].setdefault("connect_timeout", CONNECT_SECONDS)
    return chosen


def listening(name: str) -> str:
    """Return the address for LISTEN: the cell itself where its usual one is a pooler."""
    if name == MAIN_CELL:
        return str(settings.LISTEN_DATABASE_URL)
    return settings.LISTEN_CELL_URLS.get(name) or url(name)


def database(name: str) -> str:
    """Return the name of the cell's database, which is hashed into its roles' names."""
    usual = connections["default"].settings_dict["NAME"]
    return str(settings_of(name).get("NAME", usual))


def check_up(name: str) -> None:
    """Raise CellDownError at once while the cell is known to be down: no thread waits for it."""
    if _down_until.get(name, 0.0) > time.monotonic():
        raise CellDownError(f"the cell {name} cannot be reached")


def went_down(name: str) -> None:
    """Remember for a moment that the cell cannot be reached."""
    _down_until[name] = time.monotonic() + DOWN_SECONDS


def is_up_again(name: str) -> None:
    """Forget that it could not."""
    _down_until.pop(name, None)


def _folder() -> Path:
    return Path(settings.STATE) / "cells"


@contextmanager
def caretaker(name: str) -> Iterator[None]:
    """Run a block as the login role in a cell, seeing nothing but the catalog: name all in full.

    For what is done *to* regions: their schemas and roles, fingerprints, copies.
    """
    token = context.activate(context.Platform(schema="pg_catalog", cell=name))
    try:
        yield
    finally:
        context.deactivate(token)
