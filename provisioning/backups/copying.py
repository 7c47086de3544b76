"""Open a backup as another region: a copy to look into, or a region that was lost."""

from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from balai import audit, context, secrets
from provisioning import release
from provisioning.backups import loading, making, reading
from provisioning.backups.loading import RestoreError
from provisioning.lifecycle.moves import move
from provisioning.opening.birth import sandbox_length
from provisioning.rules import check_slug
from tenants import cells, hosts, naming, roles, selectors
from tenants.models import Domain, ModuleSwitch, Region, RegionKey
from tenants.states import State

MARK: Final = "balai copy"
"""The comment on a copy's schema: one that no row of the directory names is a dead process's."""
LEFT: Final = """
    SELECT current_user, current_setting('server_version_num')::int,
        obj_description(to_regnamespace(%s), 'pg_namespace')
"""


def copy(path: Path, *, slug: str, code: str, by: str) -> Region:
    """Open the backup's region anew at another address, as a sandbox. Runs on the platform.

    It lives in the cell of the region that it is a copy of. One transaction; in another cell than
    the main one the tables commit just before the directory's row. A process that dies in between
    leaves a schema that no row names, and the same command goes on from there.

    Args:
        code: the Kemendagri code of the copy; no live region may have it.

    Raises:
        RestoreError: when the backup's region is unknown here, or the code is taken.
        ValidationError: for an address that cannot be had.
    """
    head = reading.head_of(path)
    source = Region.objects.filter(schema_name=head["schema"]).first()
    if source is None:
        raise RestoreError(f"{head['slug']} is not known here any more, and with it its key")
    check_slug(slug, code=code)
    there = selectors.freeze(source)
    try:
        with context.crossing(), transaction.atomic():
            row = _row(source, slug=slug, code=code)
            end = _tables(row, path, making.key(there))
            _directory(row, source, end)
            move(row, State.SANDBOX, by=by, why=f"Copy of {source.slug}, {head['made_at'][:16]}")
            audit.record(action="region.copied", target=row.schema_name,
                         after={"of": source.schema_name, "file": path.name})  # fmt: skip
    except IntegrityError as error:
        raise RestoreError(f"a live region has the code {code}; give --code") from error
    _files(there, selectors.freeze(row), end)
    return row


def _row(source: Region, *, slug: str, code: str) -> Region:
    schema = naming.schema_name(slug)
    row = Region(
        slug=slug, schema_name=schema, code=code, cell_id=source.cell_id, name=source.name,
        role=roles.role_name(cells.database(source.cell_id), schema),
        kind=source.kind, province=source.province, timezone=source.timezone, state=State.BUILDING,
    )  # fmt: skip
    row.save()
    return row


def _tables(row: Region, path: Path, key: bytes) -> dict[str, Any]:
    schema, role = row.schema_name, row.role
    with cells.caretaker(row.cell_id), connection.cursor() as cursor:
        cursor.execute(LEFT, [f'"{schema}"'])
        login, version, said = cursor.fetchone()
        cursor.execute(
            (roles.drop_sql(schema, role) if said == MARK else f'DROP ROLE IF EXISTS "{role}";\n')
            + roles.create_role_sql(role, login=login, server_version=version)
        )
    loaded = loading.load(path, key, schema, cell=row.cell_id)
    with cells.caretaker(row.cell_id), connection.cursor() as cursor:
        cursor.execute(
            roles.grant_schema_sql(schema, role) + roles.grant_tables_sql(schema, role)
            + f"COMMENT ON SCHEMA \"{schema}\" IS '{MARK}'"
        )  # fmt: skip
    if reading.head_of(path)["fingerprint"] != release.ensure().fingerprint:
        raise RestoreError("this backup is of an earlier release: restore it in its own region")
    return loaded.end


def _directory(row: Region, source: Region, end: dict[str, Any]) -> None:
    about = end["region"]
    host = f"{row.slug}.{hosts.apex().name}"
    Domain.objects.create(tenant=row, domain=host, is_primary=True)
    wrapped = secrets.wrap(secrets.unwrap(bytes(source.key.wrapped)))
    RegionKey.objects.create(region=row, wrapped=wrapped)
    for told in about["modules"]:
        ModuleSwitch.objects.create(region=row, **told)
    row.brand, row.words = about["brand"], about["words"]
    row.sandbox_until = row.created_at + sandbox_length()
    row.save()


def _files(source: context.Region, target: context.Region, end: dict[str, Any]) -> None:
    for name, _size in end["media"]:
        try:
            with context.region_context(source), default_storage.open(name) as file:
                content = file.read()
        except FileNotFoundError:
            continue
        with context.region_context(target):
            default_storage.save(name, ContentFile(content))
