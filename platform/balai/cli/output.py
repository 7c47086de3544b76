"""What commands print: plain lines for people, JSON for programs, errors without a traceback."""

import functools
import json
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import typer

from balai.embedded.errors import EmbeddedError

P = ParamSpec("P")
R = TypeVar("R")


def say(text: str = "") -> None:
    """Print a line."""
    typer.echo(text)


def say_json(data: Any) -> None:
    """Print data for programs."""
    typer.echo(json.dumps(data, indent=2, default=str))


def fail(problem: str, remedy: str = "") -> typer.Exit:
    """Print what is wrong and what to do, and return the exit to raise."""
    typer.secho(problem, fg="red", err=True)
    if remedy:
        typer.echo(remedy, err=True)
    return typer.Exit(1)


def readable_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the errors a person can act on into a message and exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except EmbeddedError as error:
            raise fail(error.problem, error.remedy) from error

    return run
