import pytest
import typer
from typer.main import get_group
from typer.testing import CliRunner

from balai.cli import contributed
from balai.cli.contributed import merge


def group_app(name: str, *commands: str) -> typer.Typer:
    """A layer's Typer: one group with commands that print their own name."""
    app, group = typer.Typer(), typer.Typer(no_args_is_help=True)
    app.add_typer(group, name=name)
    for command in commands:
        group.command(command)(lambda command=command: typer.echo(f"{name} {command}"))
    return app


def kernel() -> typer.Typer:
    app = typer.Typer()
    app.command("doctor")(lambda: typer.echo("doctor"))
    app.command("demo")(lambda: typer.echo("demo"))
    return app


def test_groups_of_the_same_name_become_one() -> None:
    group = get_group(kernel())
    merge(group, [group_app("region", "list", "show"), group_app("region", "open")])
    assert set(group.commands) == {"doctor", "demo", "region"}
    assert set(group.commands["region"].commands) == {"list", "show", "open"}


def test_two_commands_of_the_same_name_are_a_mistake() -> None:
    group = get_group(kernel())
    merge(group, [group_app("region", "open")])
    with pytest.raises(ValueError, match="`balai region open`"):
        merge(group, [group_app("region", "open")])


def test_a_layer_cannot_replace_a_command_of_the_kernel() -> None:
    with pytest.raises(ValueError, match="`balai doctor`"):
        merge(get_group(kernel()), [group_app("doctor", "look")])


def test_help_names_the_kernels_commands_when_settings_are_broken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from balai.cli.main import app

    def broken() -> list[typer.Typer]:
        raise RuntimeError("no such setting")

    monkeypatch.setattr(contributed, "load", broken)
    said = CliRunner().invoke(app, ["--help"])
    assert said.exit_code == 0
    assert "doctor" in said.output
    assert "Some commands are missing (no such setting)" in said.output


def test_the_layers_above_are_there() -> None:
    from balai.cli.main import app

    group = get_group(app)
    merge(group, contributed.load())
    assert {"demo", "doctor", "services", "region", "module", "fleet"} <= set(group.commands)
    assert {"list", "show", "open"} <= set(group.commands["region"].commands)
    assert {"list", "on", "off"} <= set(group.commands["module"].commands)
    assert {"upgrade", "status"} <= set(group.commands["fleet"].commands)
