"""``balai services``: PostgreSQL and Valkey without the rest."""

from typing import Annotated, Any

import typer

from balai import embedded
from balai.cli.output import readable_errors, say, say_json

app = typer.Typer(no_args_is_help=True, help="PostgreSQL and Valkey, started from wheels.")
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


@app.command()
@readable_errors
def start(as_json: AsJson = False) -> None:
    """Start both; they run until `balai services stop`."""
    embedded.start(stay=True).close()
    status(as_json=as_json)


@app.command()
@readable_errors
def stop(
    as_json: AsJson = False,
    force: Annotated[bool, typer.Option("--force", help="Also while they are in use.")] = False,
    erase: Annotated[bool, typer.Option("--erase", help="Delete all data as well.")] = False,
) -> None:
    """Stop both; the data stays."""
    stopped = embedded.stop(force=force)
    if erase:
        embedded.erase(force=force)
    if as_json:
        say_json({"stopped": stopped, "erased": erase})
        return
    say(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
    if erase:
        say("All data is deleted.")


@app.command()
@readable_errors
def status(as_json: AsJson = False) -> None:
    """Say what runs, and where its data is."""
    found = embedded.status()
    if as_json:
        say_json(found)
        return
    say(f"State folder  {found['state']}")
    for name in ("postgres", "valkey"):
        say(f"{name:<13} {_line(found[name])}")


@app.command()
@readable_errors
def env() -> None:
    """Print the running services' variables, passwords too: eval "$(balai services env)"."""
    for variable, url in embedded.environment(over={}).items():
        say(f"export {variable}={url}")


def _line(server: dict[str, Any]) -> str:
    if server["running"]:
        where = f"127.0.0.1:{server['port']}, process {server['pid']}, {server['source']}"
        return f"runs on {where}, data in {server['data']}"
    return f"stopped, data in {server['data']}" if server["data"] else "never started here"
