"""Run by the tests in a process of its own, as the user under test: ``scenario.py STEP STATE``."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import psycopg2
import redis

from balai import embedded


def crash(state: Path) -> dict[str, Any]:
    """Write, kill both servers without warning, start again, and report what is still there."""
    first = embedded.start(state)
    connection = psycopg2.connect(first.database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.reports AS SELECT generate_series(1, 2000) AS number")
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolinherit"
            " FROM pg_roles WHERE rolname = user"
        )
        rights = cursor.fetchone()
        settings = {}
        for name in (
            "synchronous_commit",
            "fsync",
            "max_locks_per_transaction",
            "listen_addresses",
        ):
            cursor.execute("SELECT current_setting(%s)", [name])
            settings[name] = cursor.fetchone()[0]
    redis.Redis.from_url(first.redis_url).set("kept", "yes")
    before = embedded.status(state)
    for name in ("postgres", "valkey"):
        os.kill(before[name]["pid"], signal.SIGKILL)
    began = time.monotonic()
    second = embedded.start(state)
    seconds = time.monotonic() - began
    connection = psycopg2.connect(second.database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM public.reports")
        rows = cursor.fetchone()[0]
    connection.close()
    kept = redis.Redis.from_url(second.redis_url, decode_responses=True).get("kept")
    configuration = redis.Redis.from_url(second.redis_url, decode_responses=True).config_get("*")
    wanted = ("appendonly", "appendfsync", "maxmemory-policy", "bind")
    owner = Path(before["postgres"]["data"]).stat().st_uid
    commands = [Path(f"/proc/{before[name]['pid']}/cmdline") for name in ("postgres", "valkey")]
    first.close()
    second.close()
    return {
        "uid": os.geteuid(),
        "rows": rows,
        "kept": kept,
        "rights": rights,
        "settings": settings,
        "valkey": {name: configuration[name] for name in wanted},
        "seconds": seconds,
        "started": sorted(second.started),
        "data_owner": owner,
        "left_running": [str(path) for path in commands if path.exists()],
        "after": {name: embedded.status(state)[name]["running"] for name in ("postgres", "valkey")},
    }


def hang(state: Path) -> dict[str, Any]:
    """Start the services and wait to be killed."""
    embedded.start(state, durable=False)
    sys.stdout.write(json.dumps(embedded.status(state)) + "\n")
    sys.stdout.flush()
    time.sleep(60)
    return {}


if __name__ == "__main__":
    step = {"crash": crash, "hang": hang}[sys.argv[1]]
    try:
        report = step(Path(sys.argv[2]))
    except embedded.EmbeddedError as error:
        report = {"problem": error.problem, "remedy": error.remedy}
    sys.stdout.write(json.dumps(report) + "\n")
