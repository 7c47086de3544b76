"""``balai region export|import``."""

from pathlib import Path
from typing import Annotated

import typer
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from balai import audit, context
from balai.audit.actor import acting_as
from balai.away import AwayError
from balai.cli.output import fail, say
from balai.context import platform
from provisioning.backups.cli import BY, Slug, region_of
from provisioning.cells.staying import stays
from provisioning.exports import making, reading, signature, taking
from provisioning.exports.reading import Archive, ArchiveProblem
from provisioning.exports.sealing import key_of, new_passphrase, new_salt
from provisioning.opening import OpeningError


def export_region(
    slug: Slug,
    to: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
) -> None:
    """Write everything a region has into one signed archive; the passphrase is shown once."""
    path = (to or Path(f"{slug}.zip")).resolve()
    if path.exists():
        raise fail(f"{path} is there already.", "Choose another file by --to.")
    passphrase, salt = new_passphrase(), new_salt()
    with platform():
        row = region_of(slug)
    try:
        with stays(row.pk) as region, acting_as(BY):
            key = key_of(passphrase, salt)
            made = making.make(making.Order(region, key, salt, path, _progress("Export")))
            told = {"rows": made.rows, "files": made.files, "sha256": made.sha256}
            with context.region_context(region), transaction.atomic():
                audit.record(action="region.exported", after=told)
    except AwayError as error:
        raise fail(str(error)) from error
    say(f"\n{path}\n{made.rows} rows, {made.files} files, {made.size} bytes\nSHA-256 {made.sha256}")
    say(f"Signed by {signature.fingerprint(signature.public_key())}")
    say(f"Passphrase, shown this once: {passphrase}")


def import_region(
    archive: Annotated[Path, typer.Argument(help="What `balai region export` wrote.")],
    slug: Annotated[str, typer.Option(help="The address to be, such as tangerang.")],
    email: Annotated[str, typer.Option(help="The e-mail address of an admin.")],
    code: Annotated[str, typer.Option(help="Another Kemendagri code than the archive's.")] = "",
    signer: Annotated[
        str, typer.Option(help="The fingerprint of the platform that signed it, as it told you.")
    ] = "",
    partly: Annotated[
        bool, typer.Option("--partly", help="Go on although something cannot be read here.")
    ] = False,
) -> None:
    """Take an export into a new, empty region: everything compared, or nothing loaded.

    Called again after an interruption with the same words it goes on.
    """
    try:
        found = reading.open_archive(archive)
        _trust(found, signer)
        _report(found, partly=partly)
        reading.check_files(found, _progress("Checking"))
        say("")
        passphrase = typer.prompt("Passphrase", hide_input=True)
        key = reading.unlock(found, passphrase)
        place = taking.Place(slug, email, code or found.manifest["region"]["code"])
        with acting_as(BY):
            taken = taking.take(found, key, place, _steps())
    except (ArchiveProblem, OpeningError, DatabaseError, OSError) as error:
        raise fail(str(error)) from error
    except ValidationError as error:
        raise fail(" ".join(error.messages)) from error
    rows = sum(taken.rows.values())
    say(f"\n{rows} rows in {len(taken.rows)} tables and {taken.files} files came in;"
        f" {taken.compared} tables compared, all equal.")  # fmt: skip
    say(f"{taken.region.base_url} is a sandbox; {email} is an admin of it.")


def _trust(found: Archive, signer: str) -> None:
    made = f"{found.manifest['region']['name']}, {found.manifest['made_at']}"
    if found.ours:
        say(f"{made}, signed by this platform.")
        return
    say(f"{made}, signed by {found.signer}.")
    if "".join(signer.split()) != "".join(found.signer.split()):
        raise ArchiveProblem(
            "another platform signed it: ask it for its fingerprint and give that by --signer"
        )


def _report(found: Archive, *, partly: bool) -> None:
    fit = reading.compare(found)
    for line in fit.notes:
        say(f"note: {line}")
    for line in fit.lost:
        say(f"lost: {line}")
    for name, why in found.manifest["left_out"].items():
        say(f"not in it: {name}: {why}")
    for name in found.manifest["missing"]:
        say(f"not in it: {name}: the file was gone")
    if fit.lost and not partly:
        raise ArchiveProblem(
            f"{len(fit.lost)} things cannot be read here; with --partly the rest is taken in"
        )


def _progress(word: str) -> making.Tell:
    def tell(done: int, total: int) -> None:
        typer.echo(f"\r{word}: {done} of {total}   ", nl=False, err=True)

    return tell


def _steps() -> taking.Tell:
    def tell(step: str, done: int, total: int) -> None:
        typer.echo(f"\r{step}: {done + 1} of {total}   ", nl=False, err=True)

    return tell
