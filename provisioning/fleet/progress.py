"""How far an upgrade has come: a bar on a terminal, a line a region elsewhere."""

import sys
from typing import Final

import typer

from provisioning.fleet.runner import Result

WIDTH: Final = 30


class Bar:
    """Shows each result as it comes; errors stay above the bar."""

    def __init__(self) -> None:
        self.drawn = False
        self.on_terminal = sys.stdout.isatty()

    def tell(self, result: Result, done: int, total: int) -> None:
        """Show a region that has been dealt with, ``done`` of ``total``."""
        if not self.on_terminal:
            typer.echo(f"{done:>5}/{total} {result.slug:24} {result.error or 'upgraded'}")
            return
        if result.error:
            self.end()
            typer.secho(f"{result.slug}: {result.error}", fg="red")
        filled = round(WIDTH * done / total)
        bar = "█" * filled + "░" * (WIDTH - filled)
        typer.echo(f"\r{bar} {done}/{total} {result.slug[:24]:24}", nl=False)
        self.drawn = True

    def end(self) -> None:
        """Leave the line of the bar."""
        if self.drawn:
            typer.echo()
        self.drawn = False
