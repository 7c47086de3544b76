"""PostgreSQL, Valkey and the broker, asked as the application would ask them."""

import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

import psycopg2
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from balai.doctor.finding import Finding, bad, note, ok

ASK: Final = """
    SELECT current_setting('server_version_num')::int AS version,
        current_setting('synchronous_commit') AS synchronous,
        current_setting('max_locks_per_transaction')::int AS locks,
        extract(epoch FROM clock_timestamp())::float AS clock,
        rolsuper AS super, rolcreatedb AS createdb, rolcreaterole AS createrole, rolname AS name
    FROM pg_roles WHERE rolname = current_user
"""
FEWEST_LOCKS: Final = 256
LARGEST_SKEW: Final = 2.0


def postgres(url: str) -> Iterator[Finding]:
    """Look at the database and at what the application's role may do.

    Args:
        url: DATABASE_URL.
    """
    try:
        connection = psycopg2.connect(url, connect_timeout=5)
    except psycopg2.OperationalError as error:
        said = str(error).strip().splitlines()[0]
        yield bad("Database", said, "Start it, or correct DATABASE_URL.")
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(ASK)
            names = [column.name for column in cursor.description]
            facts = dict(zip(names, cursor.fetchone(), strict=True))
    finally:
        connection.close()
    yield from _settings(facts)
    yield _rights(facts)
    yield _clock(facts)


def _settings(facts: Mapping[str, Any]) -> Iterator[Finding]:
    version = facts["version"]
    said = f"PostgreSQL {version // 10000}.{version % 10000}"
    if version >= 150000:
        yield ok("Database", said)
    else:
        yield bad("Database", f"{said} is too old", "Use PostgreSQL 15 or later.")
    if facts["synchronous"] == "off":
        yield bad(
            "Durability",
            "synchronous_commit is off: a crash loses acknowledged reports",
            "ALTER SYSTEM SET synchronous_commit = 'on'; SELECT pg_reload_conf();",
        )
    else:
        yield ok("Durability", f"synchronous_commit is {facts['synchronous']}")
    locks = f"max_locks_per_transaction is {facts['locks']}"
    if facts["locks"] < FEWEST_LOCKS:
        remedy = "ALTER SYSTEM SET max_locks_per_transaction = 512; then restart PostgreSQL."
        yield note("Locks", f"{locks}: too few for hundreds of regions", remedy)
    else:
        yield ok("Locks", locks)


def _rights(facts: Mapping[str, Any]) -> Finding:
    name = facts["name"]
    if facts["super"]:
        remedy = f"ALTER ROLE {name} NOSUPERUSER CREATEDB CREATEROLE NOINHERIT;"
        return bad("Role", f"{name} is a superuser: nothing keeps regions apart from it", remedy)
    missing = [right for right in ("createdb", "createrole") if not facts[right]]
    if missing:
        rights = " ".join(missing).upper()
        return bad("Role", f"{name} lacks {rights}", f"ALTER ROLE {name} {rights};")
    return ok("Role", f"{name} may make regions, and is no superuser")


def _clock(facts: Mapping[str, Any]) -> Finding:
    skew = abs(time.time() - facts["clock"])
    if skew > LARGEST_SKEW:
        remedy = "Set the clock of both machines by NTP: sign-in codes and deadlines depend on it."
        return bad("Clock", f"{skew:.0f} s apart from the database's", remedy)
    return ok("Clock", "agrees with the database's")


def valkey(name: str, url: str) -> Iterator[Finding]:
    """Look at a Valkey or Redis server.

    Args:
        name: what it is used for, "Cache" or "Broker".
        url: its address; another kind of broker is only named.
    """
    if not url.startswith(("redis://", "rediss://")):
        yield ok(name, f"{url.partition(':')[0]}, asked by `balai serve` itself")
        return
    client = Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=2,
        socket_timeout=2,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
        found = {key: _setting(client, key) for key in ("appendonly", "maxmemory-policy")}
    except RedisError as error:
        remedy = "Start it, or correct REDIS_URL and CELERY_BROKER_URL."
        yield bad(name, f"no answer ({type(error).__name__})", remedy)
        return
    finally:
        client.close()
    wrong = [
        f"{key} {wanted}"
        for key, wanted in (("appendonly", "yes"), ("maxmemory-policy", "noeviction"))
        if found[key] not in {wanted, ""}
    ]
    if wrong:
        remedy = f"CONFIG SET {', '.join(wrong)}; write it into valkey.conf as well."
        yield note(name, "jobs may be sent late after a crash", remedy)
    else:
        yield ok(name, "answers, keeps its jobs on disk, throws nothing away")


def _setting(client: "Redis", name: str) -> str:
    """Return a setting, "" where a managed service does not tell."""
    try:
        return client.config_get(name).get(name) or ""
    except RedisError:
        return ""
