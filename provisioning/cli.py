"""``balai region open``, ``balai fleet upgrade|status`` and ``balai migrate``."""

from typing import Annotated, Any

import typer
from django.core.exceptions import ValidationError

from balai.audit.actor import acting_as
from balai.cli.output import fail, say, say_json
from balai.context import platform
from provisioning import release
from provisioning.billing.cli import billing_app
from provisioning.cells.cli import add_commands
from provisioning.leaving import cli as leaving
from provisioning.models import Opening, Step, StepState

app = typer.Typer(no_args_is_help=True)
region_app = typer.Typer(help="Regions: open one.", no_args_is_help=True)
fleet_app = typer.Typer(help="All regions: see their release, upgrade them.", no_args_is_help=True)
app.add_typer(region_app, name="region")
leaving.register(app, region_app)
app.add_typer(fleet_app, name="fleet")
app.add_typer(billing_app, name="billing")
add_commands(app, region_app)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]
MARKS = {StepState.RUNNING: "…", StepState.DONE: "✓", StepState.FAILED: "✗"}


@app.command()
def migrate() -> None:
    """Bring the shared schema to the release; regions follow with `balai fleet upgrade`."""
    from provisioning.setup import migrate_shared

    try:
        migrate_shared(verbosity=1)
        made = release.ensure()
    except release.ToolError as error:
        raise fail(str(error)) from error
    say(f"Release {made.fingerprint[:12]} with {len(made.migrations)} migrations.")


@region_app.command("open")
def open_region(
    code: Annotated[str, typer.Option(help="Kemendagri code, such as 36.71.")],
    slug: Annotated[str, typer.Option(help="The address, such as tangerang.")],
    email: Annotated[str, typer.Option(help="The first admin's e-mail address.")],
    preset: Annotated[
        str, typer.Option(help="kota, kabupaten or pilot; by its kind if left out.")
    ] = "",
    name: Annotated[str, typer.Option(help="Instead of the name in the list.")] = "",
    cell: Annotated[str, typer.Option(help="The cell it is to live in; by rule if left out.")] = "",
    as_json: AsJson = False,
) -> None:
    """Open a region with the steps of the wizard, then print a sign-in link that works once.

    Called again with the same code and address it goes on where it stopped.
    """
    from provisioning import opening
    from provisioning.opening.welcome import signin_link

    tell = None if as_json else _tell
    with platform(), acting_as("command line"):
        try:
            region = opening.open_region(
                code=code, slug=slug, email=email, preset=preset or _preset_of(code),
                name=name or None, cell=cell, progress=tell,
            )  # fmt: skip
        except ValidationError as error:
            raise fail(" ".join(error.messages)) from error
        except (opening.OpeningError, release.ToolError) as error:
            raise fail(str(error), "Mend the cause and run the same command again.") from error
        order = (
            Opening.objects.select_related("region").filter(region=region).latest("requested_at")
        )
        link = signin_link(order)
    if as_json:
        say_json({"slug": region.slug, "code": region.code, "name": region.name,
                  "state": region.state, "schema": region.schema_name, "signin": link})  # fmt: skip
    else:
        say(f"{region.name} is open. Sign in once with:\n{link}")


@fleet_app.command()
def status(as_json: AsJson = False) -> None:
    """Show of each region whether it is at the release, behind it, or unlike any release."""
    from provisioning import fleet

    report = fleet.status()
    if as_json:
        say_json(report.plain())
    else:
        for line in report.lines():
            say(line)
    if not report.sound:
        raise typer.Exit(2)


@fleet_app.command()
def upgrade(
    jobs: Annotated[int, typer.Option(min=1, max=32, help="Regions at a time.")] = 4,
    as_json: AsJson = False,
) -> None:
    """Bring every region to the release; those that are there are skipped. Safe to repeat."""
    from provisioning import fleet
    from provisioning.fleet.progress import Bar

    bar = Bar()
    try:
        outcome = fleet.upgrade(jobs=jobs, tell=None if as_json else bar.tell)
    except release.ToolError as error:
        raise fail(str(error)) from error
    finally:
        bar.end()
    if as_json:
        say_json(outcome.plain())
    else:
        for line in outcome.lines():
            say(line)
    if outcome.failed:
        raise typer.Exit(1)


def _tell(step: Step) -> None:
    from provisioning.opening import steps

    if step.state == StepState.RUNNING:
        return
    took = f"{step.seconds:6.2f} s" if step.seconds is not None else ""
    mark, name = MARKS[StepState(step.state)], str(steps.label(step.name))
    say(f"{mark} {name:44} {took}  {_extra(step)}".rstrip())


def _extra(step: Step) -> str:
    from provisioning.opening import steps

    return step.error or steps.figures(step)


def _preset_of(code: str) -> str:
    from balai.directory import reference

    found: Any = reference.find(code)
    return found.kind if isinstance(found, reference.Regency) else "kota"
