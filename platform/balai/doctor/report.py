"""Looking at everything, in the order in which one would mend it, and saying what was found."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typer

from balai import embedded
from balai.doctor import machine, services
from balai.doctor.finding import Finding, Level, bad, note
from balai.embedded.state import State

MARKS: Final = {
    Level.OK: ("ok", "green"),
    Level.NOTE: ("note", "yellow"),
    Level.BAD: ("bad", "red"),
}
SETTINGS: Final = "balai.settings.development"


def examine(path: Path | None = None, *, as_json: bool = False) -> int:
    """Look at everything and print it.

    Args:
        path: the state folder, as BALAI_STATE would name it.
        as_json: print JSON for programs.

    Returns:
        The exit code: 1 when something must be mended.
    """
    if path is not None:
        os.environ["BALAI_STATE"] = str(path)
    found = []
    for finding in look(State()):
        found.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        from balai.cli.output import say_json  # the command line is only one way to call this

        say_json([{**vars(finding), "level": finding.level.value} for finding in found])
    wrong = sum(finding.level is Level.BAD for finding in found)
    if not as_json:
        typer.echo(f"\n{wrong} to mend." if wrong else "\nAll is well.")
    return 1 if wrong else 0


def look(state: State) -> Iterator[Finding]:
    """Yield every finding; what depends on something broken is not looked at."""
    broken = False
    for finding in machine.look(state):
        broken = broken or finding.level is Level.BAD
        yield finding
    if not state.recall() and "DATABASE_URL" not in os.environ:
        said = "never started here"
        yield note("Database", said, "`balai demo` starts it; set DATABASE_URL for your own.")
        return
    if broken:
        return
    try:
        with embedded.session(state.path):
            yield from _running()
    except embedded.EmbeddedError as error:
        yield bad("Services", error.problem, error.remedy)


def _running() -> Iterator[Finding]:
    database = list(services.postgres(os.environ["DATABASE_URL"]))
    yield from database
    yield from services.valkey("Cache", os.environ["REDIS_URL"])
    yield from services.valkey("Broker", os.environ["CELERY_BROKER_URL"])
    if database[0].level is Level.BAD:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    with _explained() as problems:
        import django

        django.setup()
        from balai.doctor import application  # it needs Django's registry

        yield from application.look()
    yield from problems


@contextmanager
def _explained() -> Iterator[list[Finding]]:
    """Turn what stops Django itself into a finding."""
    problems: list[Finding] = []
    try:
        yield problems
    except Exception as error:  # any fault of settings or code: the report must go on
        remedy = "Read the last line first; docs/how-to/production.md lists every setting."
        problems.append(bad("Application", f"{type(error).__name__}: {error}", remedy))


def _show(finding: Finding) -> None:
    word, colour = MARKS[finding.level]
    typer.echo(f"{typer.style(f'{word:<5}', fg=colour)} {finding.name:<18} {finding.said}")
    if finding.remedy:
        typer.echo(f"{'':24} -> {finding.remedy}")
