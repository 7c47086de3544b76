"""The test database: built once by the real provisioning, then cloned for each test process."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection, connections
from psycopg2 import sql

from balai.context import SHARED_SCHEMA, platform
from tenants import roles
from tenants.models import Region

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("platform", "tenants", "themes", "provisioning", "modules", "tests/dummy")
# Folders and files of the kernel and of modules from which a region is made.
MADE_OF = {
    "migrations", "models", "presets", "apps", "settings", "manifest", "roles", "directory",
    "workcal",
}  # fmt: skip
CITIES = (
    ("36.71", "tangerang", "admin@tangerangkota.go.id", "kota"),
    ("33.06", "purworejo", "admin@purworejokab.go.id", "kabupaten"),
)


def fingerprint() -> str:
    """Return a hash of the code and data that a freshly opened region is made of."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            place = path.relative_to(ROOT)
            if path.suffix in {".py", ".json"} and _matters(place):
                digest.update(str(place).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _matters(place: Path) -> bool:
    """Leave out what only answers requests: a changed view needs no new template."""
    if "tests" in place.parts[1:]:
        return False
    if place.parts[0] in {"tenants", "provisioning"}:
        return "views" not in place.parts
    return bool(MADE_OF & {*place.parts, place.stem})


@contextmanager
def admin_cursor(name: str = "postgres") -> Iterator[psycopg2.extensions.cursor]:
    """Yield an autocommit cursor of the login role in the database ``name``."""
    with closing(psycopg2.connect(**_parameters(name))) as raw:
        raw.autocommit = True
        with raw.cursor() as cursor:
            yield cursor


def build_template() -> str:
    """Return the template database's name; build it with two open cities when it is missing."""
    name = f"balai_template_{fingerprint()}"
    with admin_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(671)")
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'balai\\_template\\_%'")
        present = {row[0] for row in cursor.fetchall()}
        if name in present:
            return name
        for old in present:
            drop(old)
        drop(f"{name}_building")
        cursor.execute(_sql("CREATE DATABASE {} TEMPLATE {}", f"{name}_building", _shared(cursor)))
        use(f"{name}_building")
        _open_cities()
        connections.close_all()
        cursor.execute(_sql("ALTER DATABASE {} RENAME TO {}", f"{name}_building", name))
    return name


def clone_shared(name: str) -> None:
    """Make the database ``name`` with the shared schema and no region, and use it."""
    with admin_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(671)")
        cursor.execute(_sql("CREATE DATABASE {} TEMPLATE {}", name, _shared(cursor)))
    use(name)


def dump_shared() -> str:
    """Return the shared schema with its release as SQL, for a server that has neither."""
    from provisioning.release import dump

    with admin_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(671)")
        name, version = _shared(cursor), cursor.connection.server_version
    return dump.read(_parameters(name), schema=SHARED_SCHEMA, server_version=version)


def _shared(cursor: psycopg2.extensions.cursor) -> str:
    """Return the name of a database with the shared schema and the release; make it if missing."""
    name = f"balai_shared_{fingerprint()}"
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'balai\\_shared\\_%'")
    present = {row[0] for row in cursor.fetchall()}
    if name in present:
        return name
    for old in present:
        drop(old)
    from provisioning import release
    from provisioning.setup import migrate_shared

    drop(f"{name}_building")
    cursor.execute(_sql("CREATE DATABASE {}", f"{name}_building"))
    use(f"{name}_building")
    migrate_shared()
    release.ensure()
    connections.close_all()
    cursor.execute(_sql("ALTER DATABASE {} RENAME TO {}", f"{name}_building", name))
    return name


def clone(template: str, name: str) -> None:
    """Make the database ``name`` from the template, with roles of its own, and use it."""
    drop(name)
    with admin_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(671)")
        cursor.execute(_sql("CREATE DATABASE {} TEMPLATE {}", name, template))
    use(name)
    with platform():
        for region in Region.objects.all():
            _adopt(region, name)


def drop(name: str) -> None:
    """Drop a database and the roles that only it used."""
    with admin_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            return
    with admin_cursor(name) as cursor:
        cursor.execute("SELECT to_regclass('shared.tenants_region')")
        known = []
        if cursor.fetchone() != (None,):
            cursor.execute("SELECT role FROM shared.tenants_region")
            known = [row[0] for row in cursor.fetchall()]
    with admin_cursor() as cursor:
        _drop_database(cursor, name)
        for role in known:
            _drop_role(cursor, role)


def _drop_database(cursor: psycopg2.extensions.cursor, name: str) -> None:
    for last in (False, False, False, False, True):
        try:
            cursor.execute(_sql("DROP DATABASE {} WITH (FORCE)", name))
        except psycopg2.errors.InsufficientPrivilege:
            if last:
                raise
            time.sleep(0.5)  # an autovacuum worker is in it, which only the superuser may end
        else:
            return


def use(name: str) -> None:
    """Point Django at the database ``name``."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _open_cities() -> None:
    from provisioning.opening import open_region

    for code, slug, email, preset in CITIES:
        open_region(code=code, slug=slug, email=email, preset=preset)


def _adopt(region: Region, database: str) -> None:
    """Give a copied region a role of this database; roles belong to the whole cluster."""
    role = roles.role_name(database, region.schema_name)
    schema = sql.Identifier(region.schema_name)
    with connection.cursor() as cursor:
        _drop_role(cursor, role)
        cursor.execute(
            roles.create_role_sql(
                role,
                login=str(settings.DATABASES["default"]["USER"]),
                server_version=connection.pg_version,
            )
            + roles.grant_schema_sql(region.schema_name, role)
        )
        cursor.execute(
            sql.SQL(
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {0} TO {1};"
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {0} TO {1};"
            )
            .format(schema, sql.Identifier(role))
            .as_string(cursor.connection)
        )
        cursor.execute(roles.restrict_tables_sql(region.schema_name, role))
    Region.objects.filter(pk=region.pk).update(role=role)


def _drop_role(cursor: psycopg2.extensions.cursor, role: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone():
        # While another clone of the same template still names it, the role stays.
        with suppress(psycopg2.errors.DependentObjectsStillExist):
            cursor.execute(f'DROP ROLE "{role}"')


def _sql(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*(sql.Identifier(name) for name in names))


def _parameters(name: str) -> dict[str, str]:
    chosen = settings.DATABASES["default"]
    return {
        "dbname": name,
        "user": chosen["USER"],
        "password": chosen["PASSWORD"],
        "host": chosen["HOST"],
        "port": chosen["PORT"],
    }
