"""Commands of the layers above, which the kernel may not import: named by settings, mounted here.

CLI_COMMANDS lists dotted paths of ``typer.Typer`` objects. Their commands and groups appear in
``balai``; groups of the same name become one. Such a command runs with Django set up and with the
services that the environment does not name started.
"""

import os
from typing import Any

import django
import typer
from django.utils.module_loading import import_string
from typer.core import TyperGroup
from typer.main import get_group

from balai import embedded
from balai.cli.output import fail

SETTINGS = "balai.settings.development"


class KernelGroup(TyperGroup):
    """The kernel's commands at once, the others when somebody asks for them."""

    _merged = False

    def list_commands(self, ctx: Any) -> list[str]:
        """Return all names. Broken settings must not hide ``doctor``, which mends them."""
        try:
            self._merge()
        except Exception as error:  # whatever is wrong with settings or the layers above
            typer.echo(f"Some commands are missing ({error}); try `balai doctor`.", err=True)
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, looking above when the kernel has none of that name."""
        if cmd_name not in self.commands:
            self._merge()
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Start the services before a command from above is looked up: settings name them."""
        if args and args[0] not in self.commands and not {"--help", "-h"} & set(args):
            session = embedded.session()
            try:
                session.__enter__()
            except embedded.EmbeddedError as error:
                raise fail(error.problem, error.remedy) from error
            ctx.call_on_close(lambda: session.__exit__(None, None, None))
        return super().resolve_command(ctx, args)

    def _merge(self) -> None:
        if not self._merged:
            self._merged = True
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
            os.environ.update(embedded.environment())
            merge(self, load())


def load() -> list[typer.Typer]:
    """Return the Typer objects that settings name."""
    django.setup()
    from django.conf import settings  # usable only now

    return [import_string(path) for path in settings.CLI_COMMANDS]


def merge(group: TyperGroup, contributed: list[typer.Typer]) -> None:
    """Add the commands of ``contributed`` to ``group``; groups of the same name become one.

    Raises:
        ValueError: when two commands have the same name.
    """
    for app in contributed:
        _add(group, get_group(app), "balai")


def _add(group: TyperGroup, more: TyperGroup, path: str) -> None:
    for name, command in more.commands.items():
        known = group.commands.get(name)
        if known is None:
            group.commands[name] = command
        elif isinstance(known, TyperGroup) and isinstance(command, TyperGroup):
            _add(known, command, f"{path} {name}")
        else:
            raise ValueError(f"two layers define the command `{path} {name}`")
