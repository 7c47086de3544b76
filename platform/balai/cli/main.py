"""``balai``: the frame, and the kernel's own commands."""

from pathlib import Path
from typing import Annotated

import typer

from balai.cli import services
from balai.cli.contributed import KernelGroup
from balai.cli.output import readable_errors
from balai.supervise.fleet import PARTS

app = typer.Typer(
    cls=KernelGroup,
    no_args_is_help=True,
    add_completion=False,
    help="Balai: the digital city hall of many regions.",
)
app.add_typer(services.app, name="services")

Port = Annotated[int, typer.Option(min=1, max=65535, help="Where the web listens.")]
Web = Annotated[int, typer.Option("--web", min=1, max=64, help="Web processes.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, help="Jobs at a time.")]


@app.command()
@readable_errors
def demo(
    port: Port = 8000,
    check: Annotated[
        bool, typer.Option("--check", "--once", help="See that everything answers, then end.")
    ] = False,
    web: Web = 2,
    jobs: Jobs = 2,
) -> None:
    """Run everything on this machine, with two cities to walk through."""
    from balai.demo.run import Demo  # what only this command needs is loaded only by it

    raise typer.Exit(Demo(port, check=check, web=web, jobs=jobs).run())


@app.command()
@readable_errors
def serve(
    parts: Annotated[
        list[str] | None, typer.Argument(help=f"Any of {', '.join(PARTS)}; all when left out.")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Port = 8000,
    web: Web = 2,
    jobs: Jobs = 2,
) -> None:
    """Run the programs with the services that the environment names (production)."""
    from balai.supervise.serve import serve as run  # as above

    raise typer.Exit(run(parts or list(PARTS), host=host, port=port, web=web, jobs=jobs))


@app.command()
@readable_errors
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    state: Annotated[Path | None, typer.Option(help="The state folder, like BALAI_STATE.")] = None,
) -> None:
    """Look for what is wrong and say how to mend it."""
    from balai.doctor.report import examine  # as above

    raise typer.Exit(examine(state, as_json=as_json))
