import json
import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from balai import embedded
from balai.embedded.tests.conftest import NOBODY, ROOT, SOURCES, run, scenario


@pytest.mark.parametrize("normal_user", [False, True], ids=["as we are", "as a normal user"])
def test_d03_everything_survives_kill_9(empty_state: Path, normal_user: bool) -> None:
    if normal_user and ROOT:
        os.chown(empty_state.parent, NOBODY, NOBODY)
    report = json.loads(run("crash", empty_state, normal_user=normal_user))
    assert report["rows"] == 2000
    assert report["kept"] == "yes"
    assert report["started"] == ["postgres", "valkey"]
    assert report["seconds"] < 30
    assert report["rights"] == [False, True, True, False]
    assert report["settings"] == {
        "synchronous_commit": "on",
        "fsync": "on",
        "max_locks_per_transaction": "512",
        "listen_addresses": "127.0.0.1",
    }
    assert report["valkey"] == {
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "bind": "127.0.0.1",
    }
    assert report["data_owner"] == (NOBODY if ROOT else report["uid"]) != 0
    assert report["after"] == {"postgres": False, "valkey": False}


def test_a_killed_starter_leaves_services_to_join(state: Path) -> None:
    command = scenario("hang", state)
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        before = json.loads(starter.stdout.readline())
        starter.send_signal(signal.SIGKILL)
    began = time.monotonic()
    joined = embedded.start(state, durable=False)
    assert time.monotonic() - began < 2
    assert joined.started == frozenset()
    assert embedded.status(state)["postgres"]["pid"] == before["postgres"]["pid"]
    joined.close()
    assert not embedded.status(state)["postgres"]["running"]
    assert not embedded.status(state)["valkey"]["running"]


def test_the_last_to_leave_stops_and_nobody_stops_what_is_in_use(state: Path) -> None:
    first = embedded.start(state, durable=False)
    second = embedded.start(state, durable=False)
    first.close()
    assert embedded.status(state)["postgres"]["running"]
    with pytest.raises(embedded.EmbeddedError, match="in use"):
        embedded.stop(state)
    second.close()
    assert not embedded.status(state)["postgres"]["running"]


def test_started_to_stay(state: Path) -> None:
    embedded.start(state, durable=False, stay=True).close()
    assert embedded.status(state)["postgres"]["running"]
    embedded.start(state, durable=False).close()
    assert embedded.status(state)["valkey"]["running"]
    assert embedded.stop(state) == ["valkey", "postgres"]
    assert embedded.environment(state, {}) == {}


def test_a_durable_start_does_not_join_a_lossy_server(state: Path) -> None:
    lossy = embedded.start(state, durable=False)
    durable = embedded.start(state)
    assert durable.started == {"postgres"}
    with psycopg2.connect(durable.database_url) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW fsync")
        assert cursor.fetchone() == ("on",)
    connection.close()
    client = redis.Redis.from_url(durable.redis_url, decode_responses=True)
    assert client.config_get("appendfsync") == {"appendfsync": "always"}
    lossy.close()
    durable.close()


def test_only_the_right_password_opens(state: Path) -> None:
    services = embedded.start(state, durable=False)
    password = services.database_url.split(":")[2].split("@")[0]
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(services.database_url.replace(password, "guessed"))
    port = embedded.status(state)["valkey"]["port"]
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=port).ping()
    for path in (state / "secrets").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    for name in ("postgres", "valkey"):
        pid = embedded.status(state)[name]["pid"]
        said = subprocess.check_output(["ps", "-ww", "-o", "command=", "-p", str(pid)], text=True)
        secrets = [path.read_text() for path in (state / "secrets").iterdir()]
        assert not [secret for secret in secrets if secret in said]
    services.close()


def test_real_services_always_win(empty_state: Path) -> None:
    named = {"DATABASE_URL": "postgres://db/x", "REDIS_URL": "redis://r", "CELERY_BROKER_URL": "b"}
    with embedded.session(empty_state, dict(named)) as services:
        assert services is None
    assert not empty_state.exists()
    environ = {"DATABASE_URL": "postgres://db/x"}
    with embedded.session(empty_state, environ) as services:
        assert services is not None
        assert services.started == {"valkey"}
        assert environ["DATABASE_URL"] == "postgres://db/x"
        assert environ["REDIS_URL"].endswith("/0")
        assert environ["CELERY_BROKER_URL"].endswith("/1")
    assert environ == {"DATABASE_URL": "postgres://db/x"}
