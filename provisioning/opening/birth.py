"""A region's birth: one message, all or nothing (tenancy.md, "Opening a region")."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, connection
from django.db.models import Model

from balai import context, secrets
from balai.accounts.models import Membership, User
from balai.context import SHARED_SCHEMA
from balai.directory import reference
from balai.modules import registry
from provisioning import release
from provisioning.cells import orphans, placing
from provisioning.models import Opening, Release
from provisioning.opening import presets, sql
from provisioning.presets import load
from provisioning.release import fingerprint
from tenants import cells, directory, hosts, naming, roles
from tenants.models import Domain, ModuleSwitch, Region, RegionKey
from tenants.states import State

SANDBOX_DAYS: Final = 30
FIRST: Final = 1


class TakenError(Exception):
    """Raised when the code or the address has been taken in the meantime."""


@dataclass(frozen=True)
class Newborn:
    """A region that is about to exist: its row, and everything else as SQL."""

    region: Region
    directory: str
    schema: str

    @property
    def message(self) -> str:
        """All of it, where the directory and the region share a database."""
        return self.directory + self.schema


def give_birth(opening: Opening) -> Region:
    """Create the region with its schema, role, switches and first admin, in one message.

    It runs inside the caller's transaction. Before it commits nothing of it can be seen; when
    the client dies nothing of it is left. In another cell the schema commits just before the
    directory's row: a kill in between leaves a schema that nobody is served from, and that the
    next try or the sweeper drops (:mod:`provisioning.cells.orphans`).

    Raises:
        TakenError: when another region has the code or the address.
        ValidationError: when no cell can take it.
    """
    newborn = conceive(opening, release.ensure(), placing.choose(opening.cell))
    cell = newborn.region.cell_id
    try:
        if cell == context.MAIN_CELL:
            _send(newborn.message)
        else:
            _send(newborn.directory)
            orphans.clear_way(cell, newborn.region.schema_name)
            with context.crossing(), cells.caretaker(cell):
                _send(newborn.schema + orphans.mark_sql(newborn.region.schema_name, opening))
    except IntegrityError as error:
        raise TakenError(str(error)) from error
    return newborn.region


def conceive(opening: Opening, made_of: Release, cell: str = context.MAIN_CELL) -> Newborn:
    """Return the region and the messages that make it real."""
    region = _region(opening, cell)
    schema, role = region.schema_name, region.role
    login, version = _server(cell)
    directory_parts = [
        *(sql.insert(row) for row in _directory_rows(region, opening)),
        sql.compose("SELECT pg_notify(%s, %s);\n", [directory.CHANNEL, schema]),
    ]
    parts = [
        # A role of this name can only be left over from a dropped database: while any schema
        # still knows it, PostgreSQL refuses to drop it and the birth fails.
        f'DROP ROLE IF EXISTS "{role}";\n',
        roles.create_role_sql(role, login=login, server_version=version),
        f'CREATE SCHEMA "{schema}";\n',
        roles.grant_schema_sql(schema, role),
        release.fill(made_of.sql, schema),
        roles.restrict_tables_sql(schema, role),
        fingerprint.check_sql(schema, made_of.fingerprint),
        f'SET LOCAL search_path = "{schema}";\n',
        *_first_admin(opening),
        f'SET LOCAL search_path = "{SHARED_SCHEMA}";\n',
    ]
    return Newborn(region, "".join(directory_parts), "".join(parts))


def _region(opening: Opening, cell: str) -> Region:
    place = reference.regency(opening.code)
    schema = naming.schema_name(opening.slug)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('tenants_region', 'id'))")
        [key] = cursor.fetchone()
    return Region(
        pk=key,
        slug=opening.slug,
        schema_name=schema,
        role=roles.role_name(cells.database(cell), schema),
        cell_id=cell,
        code=opening.code,
        name=opening.name or place.full_name,
        kind=place.kind,
        province=place.province.name,
        timezone=place.province.timezone,
        state=State.BUILDING,
        words=presets.words(opening.preset),
    )


def _directory_rows(region: Region, opening: Opening) -> list[Model]:
    host = f"{region.slug}.{hosts.apex().name}"
    on = presets.modules_on(opening.preset)
    labels = load(opening.preset).module_labels
    switches = [
        ModuleSwitch(
            region=region,
            slug=module.slug,
            enabled=module.slug in on,
            label=labels.get(module.slug, ""),
            position=position * 10,
        )
        for position, module in enumerate(registry.installed(), start=1)
    ]
    key = RegionKey(region=region, wrapped=secrets.new_key())
    return [region, key, Domain(tenant=region, domain=host, is_primary=True), *switches]


def _first_admin(opening: Opening) -> list[str]:
    user = User(
        pk=FIRST,
        email=opening.email.lower(),
        name=opening.applicant,
        language=opening.language or settings.LANGUAGE_CODE,
    )
    user.set_unusable_password()
    proved = opening.verified_at is not None
    address = EmailAddress(user=user, email=user.email, verified=proved, primary=True)
    membership = Membership(user=user, role="admin")
    return [sql.insert(user), sql.taken(user), sql.insert(address), sql.insert(membership)]


def _server(cell: str) -> tuple[str, int]:
    """Return as whom we sign in there, and the server's version number."""
    with context.crossing(), cells.caretaker(cell), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('server_version_num')::int")
        login, version = cursor.fetchone()
        return str(login), int(version)


def _send(message: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(message)


def sandbox_length() -> timedelta:
    """Return how long a new region may be tried out."""
    return timedelta(days=SANDBOX_DAYS)
