"""``balai operator``: the people who run the platform."""

import typer

from balai import context
from balai.audit.actor import acting_as

app = typer.Typer(no_args_is_help=True)
operator = typer.Typer(no_args_is_help=True, help="The people who run the platform.")
app.add_typer(operator, name="operator")


@operator.command("create")
def create(
    email: str = typer.Option(..., help="The operator's own address; codes go there."),
    name: str = typer.Option("", help="What to call them."),
) -> None:
    """Make an operator, or a new sign-in link for one. The link works once, for a day."""
    from balai.accounts import operators  # needs Django set up, which the main command does

    with context.platform(), acting_as("command line"):
        typer.echo(operators.create(email=email, name=name))
