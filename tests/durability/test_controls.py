"""What we do not do must lose something here, or the harness would see nothing."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from redis import Redis

from balai import embedded
from tests.durability.checker import lost
from tests.durability.harness import _descendants

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="finds processes in /proc"
)


@dataclass(frozen=True)
class Bench:
    """Services of the controls' own."""

    folder: Path
    services: embedded.Services

    def connect(self, **options: str):
        """Return an autocommit connection."""
        raw = psycopg2.connect(self.services.database_url, **options)
        raw.autocommit = True
        return raw

    def present(self) -> list[str]:
        """Return the marks of the rows that are there."""
        with closing(self.connect()) as raw, raw.cursor() as cursor:
            cursor.execute("SELECT mark FROM control")
            return [row[0] for row in cursor.fetchall()]

    def run(self, script: str, *, kill_after: float) -> list[str]:
        """Run ``script``, kill -9 it, and return the lines it had said."""
        environment = {
            **os.environ,
            "DSN": self.services.database_url,
            "REDIS": self.services.redis_url,
            "PYTHONUNBUFFERED": "1",
        }
        with subprocess.Popen(
            (sys.executable, "-c", textwrap.dedent(script)),
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            first = process.stdout.readline() if process.stdout else ""
            time.sleep(kill_after)
            os.killpg(process.pid, signal.SIGKILL)
            rest = process.stdout.read() if process.stdout else ""
        return [line for line in (first + rest).split("\n")[:-1] if line]


@pytest.fixture(scope="module")
def services() -> Iterator[Bench]:
    """Run PostgreSQL and Valkey for the controls."""
    folder = Path(tempfile.mkdtemp(prefix="balai-controls-"))
    folder.chmod(0o711)
    running = embedded.start(folder / "state")
    yield Bench(folder, running)
    running.close()
    embedded.erase(folder / "state", force=True)
    subprocess.run(("rm", "-rf", str(folder)), check=True)


@pytest.fixture
def bench(services: Bench) -> Bench:
    """Return the services with an empty table and an empty queue."""
    with closing(services.connect()) as raw, raw.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS public.control")
        cursor.execute("CREATE TABLE public.control (mark text)")
        cursor.execute("ALTER ROLE CURRENT_USER SET search_path = public")
    Redis.from_url(services.services.redis_url).flushall()
    return services


def test_synchronous_commit_off_loses_what_it_acknowledged(bench: Bench) -> None:
    with closing(psycopg2.connect(bench.services.superuser_url)) as raw:
        raw.autocommit = True
        with raw.cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
            cursor.execute("SELECT pg_reload_conf()")
    time.sleep(0.3)
    acknowledged = []
    raw = bench.connect(options="-csynchronous_commit=off")
    with raw.cursor() as cursor:
        for number in range(300):
            cursor.execute("INSERT INTO control VALUES (%s)", [str(number)])
            acknowledged.append(str(number))
    pid = int(next(bench.folder.rglob("postmaster.pid")).read_text().split()[0])
    for each in (pid, *_descendants(pid)):
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    embedded.start(bench.folder / "state").close()
    assert lost(acknowledged, bench.present())


def test_without_an_outbox_an_effect_is_lost(bench: Bench) -> None:
    """COMMIT, then send: between the two there is a moment, and a process may end in it."""
    script = """
        import os, psycopg2, redis
        raw, queue = psycopg2.connect(os.environ["DSN"]), redis.Redis.from_url(os.environ["REDIS"])
        raw.autocommit = True
        cursor = raw.cursor()
        for number in range(100_000):
            mark = f"{os.getpid()}-{number}"
            cursor.execute("INSERT INTO control VALUES (%s)", [mark])
            print(mark)
            queue.rpush("tasks", mark)
    """
    without_effect = []
    for trial in range(40):
        bench.run(script, kill_after=0.02 + 0.001 * trial)
        tasks = Redis.from_url(bench.services.redis_url).lrange("tasks", 0, -1)
        without_effect = lost(bench.present(), [task.decode() for task in tasks])
        if without_effect:
            break
    assert without_effect


def test_acknowledging_before_the_commit_loses_what_was_acknowledged(bench: Bench) -> None:
    script = """
        import os, psycopg2, time
        raw = psycopg2.connect(os.environ["DSN"])
        cursor = raw.cursor()
        for number in range(100_000):
            mark = f"{os.getpid()}-{number}"
            cursor.execute("INSERT INTO control VALUES (%s)", [mark])
            print(mark)
            time.sleep(0.002)  # what the rest of an answer takes
            raw.commit()
    """
    missing = []
    for trial in range(40):
        acknowledged = bench.run(script, kill_after=0.02 + 0.001 * trial)
        missing = lost(acknowledged, bench.present())
        if missing:
            break
    assert missing


WORKER = """
import os, sys, time
from celery import Celery
from redis import Redis

app = Celery("control", broker=os.environ["REDIS"])
store = Redis.from_url(os.environ["REDIS"])

@app.task(name="control.work")
def work(mark):
    store.sadd("begun", mark)
    time.sleep(0.3)
    store.sadd("done", mark)

app.worker_main("worker --concurrency=2 -l error --without-mingle --without-gossip".split())
"""


def test_celery_s_defaults_lose_the_tasks_of_a_killed_worker(bench: Bench) -> None:
    from celery import Celery

    store = Redis.from_url(bench.services.redis_url)
    marks = [str(number) for number in range(12)]
    with Celery("sender", broker=bench.services.redis_url, set_as_current=False) as app:
        for mark in marks:
            app.send_task("control.work", [mark])
    for last in (False, True):
        with _worker(bench) as process:
            _soon(lambda: store.scard("begun") >= 3)
            if last:
                _soon(lambda: not store.llen("celery"), 15)
                time.sleep(1)
            os.killpg(process.pid, signal.SIGKILL)
    done = [mark.decode() for mark in store.smembers("done")]
    assert lost(marks, done)


def _worker(bench: Bench) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        (sys.executable, "-W", "ignore", "-c", WORKER),
        env={**os.environ, "REDIS": bench.services.redis_url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _soon(condition, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert condition()
