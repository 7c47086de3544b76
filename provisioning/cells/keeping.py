"""Adding a database to the cells, closing one for new regions, and saying how many it holds."""

from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection, transaction

from balai import audit, env
from balai.context import MAIN_CELL, platform
from balai.health import listening
from provisioning.cells import survey
from tenants import cells, directory, roles
from tenants.models import Cell

HINT: Final = "docs/how-to/cells.md says what a cell's database must be."


class CellRefusedError(Exception):
    """Raised when a database cannot be a cell; the text is for a person."""


def add(name: str, url: str, *, capacity: int = 1000, note: str = "") -> Cell:
    """Look at the database behind ``url``, mark it as ours and open it for new regions.

    A region reads nothing of the shared schema, so a cell needs no copy of it: only the login
    role's rights. The address goes into a file of mode 0600, unless the environment has it.
    Repeating it with a new address of the same database changes the address.

    Raises:
        CellRefusedError: when the name or the database cannot be used; nothing is left.
    """
    if not cells.NAME.match(name) or name == MAIN_CELL:
        raise CellRefusedError(
            "A cell's name is lower-case letters, digits and hyphens, at most 20."
        )
    try:
        env.database(url)
    except ImproperlyConfigured as error:
        raise CellRefusedError("The address must begin with postgres:// .") from error
    former = _kept(name)
    cells.keep(name, url)
    try:
        connection.close()
        cells.is_up_again(name)
        _look_at(name)
        _prepare(name)
    except (CellRefusedError, Error) as error:
        cells.put_back(name, former)
        if isinstance(error, CellRefusedError):
            raise
        raise CellRefusedError(f"The database does not answer: {error}".strip()) from error
    return _enter(name, capacity, note)


def close(name: str) -> Cell:
    """Close a cell for new regions; those that live there stay. Raises CellRefusedError."""
    return _change(name, "cell.closed", is_open=False)


def reopen(name: str) -> Cell:
    """Open a cell for new regions again. Raises CellRefusedError."""
    return _change(name, "cell.opened", is_open=True)


def resize(name: str, capacity: int) -> Cell:
    """Say how many regions a cell may hold; those that live there stay. Raises CellRefusedError."""
    return _change(name, "cell.resized", capacity=capacity)


def _look_at(name: str) -> None:
    facts = survey.facts(name)
    troubles = facts.troubles()
    if facts.has_directory:
        troubles.append("it holds a directory of its own (schema shared)")
    if facts.extensions:
        troubles.append(f"it has extensions ({', '.join(facts.extensions)}); Balai needs none")
    if facts.mark is not None and facts.mark != survey.mark_of(name):
        troubles.append(f"it is in use already: {facts.mark}")
    if facts.mark is None and survey.schemas(name):
        troubles.append("regions live in it already")
    if not troubles and not listening.hears(cell=name):
        troubles.append("LISTEN hears nothing: name the database itself in BALAI_LISTEN_CELLS")
    if troubles:
        raise CellRefusedError("; ".join(troubles))


def _prepare(name: str) -> None:
    with cells.caretaker(name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        [login] = cursor.fetchone()
        cursor.execute(roles.prepare_login_sql(login, cells.database(name)))
        cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{survey.MARK}"')
        cursor.execute(f'COMMENT ON SCHEMA "{survey.MARK}" IS %s', [survey.mark_of(name)])


@transaction.atomic
def _enter(name: str, capacity: int, note: str) -> Cell:
    with platform():
        cell, new = Cell.objects.get_or_create(
            name=name, defaults={"capacity": capacity, "note": note}
        )
        if new:
            audit.record(action="cell.added", target=name, after={"capacity": capacity})
        directory.notify()
        return cell


@transaction.atomic
def _change(name: str, action: str, **values: int) -> Cell:
    with platform():
        cell = Cell.objects.select_for_update().filter(name=name).first()
        if cell is None:
            raise CellRefusedError(f"There is no cell called {name}.")
        before = {field: getattr(cell, field) for field in values}
        if before != values:
            Cell.objects.filter(pk=cell.pk).update(**values)
            audit.record(action=action, target=name, before=before, after=dict(values))
            cell.refresh_from_db()
        return cell


def _kept(name: str) -> str | None:
    return cells.url(name) if name in cells.names() else None
