"""A whole Balai under `balai serve`, on services of its own that may be killed."""

import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg2
from aiosmtpd.controller import Controller
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from balai import embedded
from balai.supervise.web import listen
from tests.support import database

SCHEMA = "r_tangerang"
MARKS = {
    "web": b"balai.supervise.web",
    "worker": b"\0worker\0",
    "relay": b"\0relay\0",
    "beat": b"\0beat\0",
}


class Letters:
    """A mail server's handler that keeps every letter's text."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's name
        self.texts.append(envelope.content.decode("utf-8", "replace"))
        return "250 OK"


class City:
    """Kota Tangerang on processes that die on demand and are started again by the supervisor."""

    def __init__(self, folder: Path, shared: str) -> None:
        self.folder = folder
        self.services = embedded.start(folder / "state")
        with closing(listen("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        with closing(listen("127.0.0.1", 0)) as free:
            mail_port = free.getsockname()[1]
        self.letters = Letters()
        self.mail = Controller(self.letters, hostname="127.0.0.1", port=mail_port)
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self.mail.start()
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.support.stack_settings",
            "DATABASE_URL": self.services.database_url,
            "REDIS_URL": self.services.redis_url,
            "CELERY_BROKER_URL": self.services.broker_url,
            "BALAI_STATE": str(folder / "state"),
            "BALAI_QUEUE": "balai",
            "BALAI_OUTBOX_RETRY_SECONDS": "1",
            "BALAI_APEX_HOST": f"localhost:{self.port}",
            "BALAI_TRUSTED_PROXIES": "1",
            "BALAI_API_CALLS_PER_MINUTE": "1000000",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        (folder / "shared.sql").write_text(shared)
        self._run("tests.durability.prepare", str(folder / "shared.sql"))
        command = ("balai", "serve", "--host", "127.0.0.1", "--port", str(self.port))
        with (folder / "balai.log").open("wb") as log:
            self.supervisor = subprocess.Popen(
                (sys.executable, "-m", *command),
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_ready(60)

    @property
    def host(self) -> str:
        """What browsers call it."""
        return f"tangerang.localhost:{self.port}"

    def _run(self, module: str, *arguments: str) -> None:
        subprocess.run((sys.executable, "-m", module, *arguments), env=self.environment, check=True)

    def close(self) -> None:
        """End everything."""
        self.supervisor.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.supervisor.wait(15)
        with suppress(ProcessLookupError):
            os.killpg(self.supervisor.pid, signal.SIGKILL)
        self.mail.stop()
        self.services.close()

    def pids(self, part: str) -> list[int]:
        """Return the process ids of a part, its pool's children included."""
        tree = _descendants(self.supervisor.pid)
        return [pid for pid in tree if MARKS[part] in _command(pid)]

    def kill(self, part: str) -> None:
        """Kill -9 every process of a part."""
        for pid in self.pids(part):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_postgres(self) -> None:
        """Kill -9 the postmaster and its processes, then start it as the launcher does."""
        path = next((self.folder / "state").rglob("postmaster.pid"))
        pid = int(path.read_text().split()[0])
        for each in (pid, *_descendants(pid)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self._start_services_again()

    def kill_valkey(self, *, flush: bool) -> None:
        """Kill -9 Valkey, start it again, and empty it."""
        pid = int(next((self.folder / "state").rglob("valkey.pid")).read_text())
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.5)
        self._start_services_again()
        if flush:
            patience = Retry(ConstantBackoff(0.1), retries=100)  # it reads its file first
            Redis.from_url(self.services.redis_url, retry=patience).flushall()

    def _start_services_again(self) -> None:
        embedded.start(self.folder / "state").close()

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple]:
        """Return what a query sees in the city's schema."""
        with closing(psycopg2.connect(self.services.database_url)) as raw, raw.cursor() as cursor:
            cursor.execute(f"SET search_path = {SCHEMA}")
            cursor.execute(query, values)
            return cursor.fetchall()

    def wait_until_ready(self, seconds: float) -> float:
        """Return the seconds until a page of the city is served again."""
        from http.client import HTTPConnection, HTTPException

        began = time.monotonic()
        while time.monotonic() - began < seconds:
            try:
                with closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as line:
                    line.request(
                        "GET", "/api/v1/complaints/categories", headers={"Host": self.host}
                    )
                    if line.getresponse().status == 200:
                        return time.monotonic() - began
            except (OSError, HTTPException):
                pass
            time.sleep(0.05)
        raise AssertionError((self.folder / "balai.log").read_text()[-4000:])


@contextmanager
def city(blocker: Any) -> Iterator[City]:
    """Yield a running city; end and erase it afterwards.

    Args:
        blocker: pytest-django's, which has to let the shared schema be read.
    """
    with blocker.unblock():
        shared = database.dump_shared()
    folder = Path(tempfile.mkdtemp(prefix="balai-durability-"))
    folder.chmod(0o711)
    try:
        running = City(folder, shared)
        try:
            yield running
        finally:
            running.close()
    finally:  # also of a city that did not come up
        embedded.erase(folder / "state", force=True)
        subprocess.run(("rm", "-rf", str(folder)), check=True)


def _descendants(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, path.read_text().split()):
                found += [child, *_descendants(child)]
    return found


def _command(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
