"""Hangs the commands of exports, backups and erasure into ``balai``."""

import typer

from provisioning.backups import cli as backups
from provisioning.exports import cli as exports


def register(app: typer.Typer, region: typer.Typer) -> None:
    """Add ``balai region export|import|backup|restore`` and ``balai backup``."""
    region.command("export")(exports.export_region)
    region.command("import")(exports.import_region)
    region.command("backup")(backups.backup_region)
    region.command("restore")(backups.restore_region)
    app.add_typer(backups.app, name="backup")
