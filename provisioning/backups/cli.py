"""``balai region backup|restore`` and ``balai backup run|list|drill``."""

import time
from pathlib import Path
from typing import Annotated

import typer
from django.core.exceptions import ValidationError
from django.db import DatabaseError

from balai.audit.actor import acting_as
from balai.away import AwayError
from balai.cli.output import fail, say, say_json
from balai.context import platform
from provisioning.backups import copying, drill as drills, keeping, making, restoring
from provisioning.backups.box import Unreadable
from provisioning.backups.loading import RestoreError
from provisioning.models import Backup, BackupCause, RestoreState
from tenants import selectors
from tenants.models import Region
from tenants.states import State

app = typer.Typer(help="Backups of single regions: make, list, try them.", no_args_is_help=True)
BY = "command line"
Slug = Annotated[str, typer.Argument(help="The region's address, such as tangerang.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]


def backup_region(slug: Slug, as_json: AsJson = False) -> None:
    """Write one encrypted file of everything in a region's tables, while it runs."""
    with platform(), acting_as(BY):
        try:
            made = making.back_up(region_of(slug), cause=BackupCause.HAND)
        except AwayError as error:
            raise fail(str(error)) from error
        plain = _plain(made)
    if as_json:
        say_json(plain)
    else:
        say(f"{making.path_of(made)}\n{made.rows} rows, {made.bytes} bytes, {made.seconds} s")


def restore_region(
    slug: Slug,
    file: Annotated[Path | None, typer.Argument(help="The backup; the latest if left out.")] = None,
    to: Annotated[str, typer.Option(help="Open it as a copy at this address.")] = "",
    code: Annotated[str, typer.Option(help="The copy's Kemendagri code.")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="Drop the replaced tables.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Put the replaced tables back.")] = False,
    give_up: Annotated[bool, typer.Option("--give-up", help="Drop what was only loaded.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of a region's tables; the others are not touched.

    It is loaded beside and compared, then takes the place in one moment. The replaced tables stay
    until you say --confirm; --undo puts them back.
    """
    with platform(), acting_as(BY):
        try:
            region = region_of(slug)
            if confirm or undo or give_up:
                _settle(region, confirm=confirm, undo=undo)
                return
            path = file or _latest(region)
            if to:
                made = copying.copy(path, slug=to, code=code or region.code, by=BY)
                say(f"{made.slug} is a copy of {slug}, as a sandbox.")
            else:
                _restore(region, path, yes=yes)
        except (RestoreError, Unreadable, DatabaseError, OSError) as error:
            raise fail(str(error)) from error
        except ValidationError as error:
            raise fail(" ".join(error.messages)) from error


@app.command("run")
def run() -> None:
    """Back up every region whose last backup is older than a day; the workers do it, too."""
    with platform(), acting_as(BY):
        count, failed = keeping.back_up_due()
    say(f"{count} regions backed up.")
    if failed:
        raise fail(f"Not backed up: {', '.join(failed)}", "The log tells why.")


@app.command("list")
def list_backups(as_json: AsJson = False) -> None:
    """Show each region's latest backup, and whether it was tried."""
    with platform():
        regions = Region.objects.exclude(state=State.CLOSED).order_by("slug")
        rows = [(region, keeping.last(region)) for region in regions]
    if as_json:
        say_json([{"slug": region.slug} | (_plain(made) if made else {}) for region, made in rows])
        return
    for region, made in rows:
        if made is None:
            say(f"{region.slug:24} none")
            continue
        tried = f"tried {made.tried_at:%Y-%m-%d}" if made.tried_at else "not tried"
        say(f"{region.slug:24} {made.made_at:%Y-%m-%d %H:%M} UTC  {made.rows:9} rows"
            f"  {made.trouble or tried}")  # fmt: skip


@app.command("drill")
def drill(as_json: AsJson = False) -> None:
    """Load every region's latest backup into a scratch schema, compare it, and drop it again."""
    if not as_json:
        say(f"{'region':24} {'backup of':26} tables      rows  missing  seconds")
    with acting_as(BY):
        trials = drills.drill(_nothing if as_json else _show)
    if as_json:
        say_json([trial.plain() for trial in trials])
    if any(trial.trouble for trial in trials):
        raise typer.Exit(1)


def region_of(slug: str) -> Region:
    """Return the region that is called so now. Runs on the platform."""
    found = selectors.row_called(slug)
    if found is None:
        raise fail(f"There is no region called {slug}.")
    return found


def _restore(region: Region, path: Path, *, yes: bool) -> None:
    began = time.monotonic()
    made = restoring.beside(region, path, by=BY)
    steps = restoring.upgrade(made)
    say(f"Loaded beside and compared: {made.rows} rows, {time.monotonic() - began:.2f} s"
        + (f", {steps} steps to the release." if steps else "."))  # fmt: skip
    if made.missing:
        say(
            f"{made.missing} of its files are gone since, or changed: restore them from the bucket."
        )
    if not yes and not typer.confirm(f"Put it in the place of {region.slug}'s tables now?"):
        say("It stays beside. Run the same command again, or give it up by --give-up.")
        return
    restoring.switch(made)
    say(f"In service. Look, then: balai region restore {region.slug} --confirm (or --undo)")


def _settle(region: Region, *, confirm: bool, undo: bool) -> None:
    made = restoring.current(region)
    if made is None:
        raise RestoreError("there is no open restore")
    act = restoring.confirm if confirm else restoring.take_back if undo else restoring.give_up
    act(made)
    made.refresh_from_db()
    say(f"{made.source}: {RestoreState(made.state).label}")


def _latest(region: Region) -> Path:
    made = keeping.last(region)
    if made is None:
        raise RestoreError(f"there is no backup of {region.slug}")
    return making.path_of(made)


def _plain(made: Backup) -> dict[str, object]:
    names = ("place", "made_at", "fingerprint", "bytes", "sha256", "rows", "seconds", "tried_at",
             "trouble")  # fmt: skip
    return {name: getattr(made, name) for name in names}


def _show(trial: drills.Trial) -> None:
    figures = f"{trial.tables:6} {trial.rows:9} {trial.missing:8} {trial.seconds:8.2f}"
    say(f"{trial.slug:24} {trial.made_at:26} {trial.trouble or figures}")


def _nothing(trial: drills.Trial) -> None:
    """Say nothing: the answer is for a program."""
