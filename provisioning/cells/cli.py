"""``balai cell add|list|close|open|resize`` and ``balai region move``."""

from collections.abc import Callable
from typing import Annotated

import typer

from balai.audit.actor import acting_as
from balai.cli.output import fail, say, say_json

cell_app = typer.Typer(help="Cells: the databases that regions live in.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]
Name = Annotated[str, typer.Argument(help="The cell's name, such as timur.")]


def add_commands(app: typer.Typer, region_app: typer.Typer) -> None:
    """Hang ``cell`` under ``app`` and ``move`` under ``region_app``."""
    app.add_typer(cell_app, name="cell")
    region_app.command("move")(move)


@cell_app.command("add")
def add(
    name: Name,
    url: Annotated[str, typer.Argument(help="postgres://user:password@host:port/database")],
    capacity: Annotated[int, typer.Option(min=1, help="Regions it may hold.")] = 1000,
    note: Annotated[str, typer.Option(help="For the operators.")] = "",
) -> None:
    """Look at a database and open it for new regions; its address is kept in a file of ours.

    Other machines read it from BALAI_CELLS.
    """
    from provisioning.cells import keeping

    with acting_as("command line"):
        try:
            keeping.add(name, url, capacity=capacity, note=note)
        except keeping.CellRefusedError as error:
            raise fail(str(error), keeping.HINT) from error
    say(f"{name} is a cell and open for new regions.")


@cell_app.command("list")
def list_cells(as_json: AsJson = False) -> None:
    """List the cells: whether they answer, and how many regions live there."""
    from provisioning.cells import survey

    places = survey.look(thorough=True)
    if as_json:
        say_json([place.plain() for place in places])
    for place in [] if as_json else places:
        state = ("open" if place.is_open else "closed") if place.up else "DOWN"
        said = place.trouble or ", ".join(place.strangers) or place.note
        say(f"{place.name:20} {state:7} {place.regions:5} of {place.capacity:<6} {said}".rstrip())
    if any(not place.up for place in places):
        raise typer.Exit(2)


@cell_app.command("close")
def close(name: Name) -> None:
    """Place no new regions in a cell; those that live there stay."""
    from provisioning.cells import keeping

    _change(lambda: keeping.close(name), f"{name} is closed to new regions.")


@cell_app.command("open")
def reopen(name: Name) -> None:
    """Place new regions in a closed cell again."""
    from provisioning.cells import keeping

    _change(lambda: keeping.reopen(name), f"{name} is open for new regions.")


@cell_app.command("resize")
def resize(
    name: Name, capacity: Annotated[int, typer.Argument(min=1, help="Regions it may hold.")]
) -> None:
    """Say how many regions a cell may hold; those that live there stay."""
    from provisioning.cells import keeping

    _change(lambda: keeping.resize(name, capacity), f"{name} may hold {capacity} regions.")


def _change(act: Callable[[], object], done: str) -> None:
    from provisioning.cells import keeping

    with acting_as("command line"):
        try:
            act()
        except keeping.CellRefusedError as error:
            raise fail(str(error)) from error
    say(done)


def move(
    slug: Annotated[str, typer.Argument(help="The region's address, such as tangerang.")],
    cell: Annotated[str, typer.Argument(help="Where it is to live.")] = "",
    finish: Annotated[bool, typer.Option("--finish", help="Drop the old copy now.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what has not switched.")] = False,
    as_json: AsJson = False,
) -> None:
    """Move a region to another cell; its writes are paused meanwhile, its pages can be read.

    Killed and run again it goes on. The old copy is kept for seven days, or until --finish.
    """
    from provisioning.cells import moving

    if bool(cell) == (finish or undo) or (finish and undo):
        raise fail("Name a cell, or say --finish or --undo.")
    tell = (lambda _: None) if as_json else say
    with acting_as("command line"):
        try:
            if finish:
                rows = moving.finish(slug)
            else:
                rows = [moving.undo(slug, tell) if undo else moving.move(slug, cell, tell)]
        except moving.MoveError as error:
            raise fail(str(error)) from error
    if as_json:
        say_json([row.plain() for row in rows])
    for row in [] if as_json else rows:
        say(f"{row}: {row.get_state_display()}")
