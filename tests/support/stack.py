"""The whole of Balai as real processes on a database of its own, for journeys and nemeses."""

import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from django.conf import settings

from balai.supervise.fleet import programs
from balai.supervise.program import Program
from balai.supervise.web import listen
from tests.support import database

START_SECONDS = 60
CODE = re.compile(r"\b(\d{6}|[A-Z0-9]{3}-[A-Z0-9]{3})\b")


@dataclass
class Stack:
    """Running processes and what arrived by mail."""

    port: int
    state: Path
    mailbox: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    made_of: dict[str, Program] = field(default_factory=dict)

    def url(self, path: str = "/", city: str = "") -> str:
        """Return an address of the apex, or of a city by its slug."""
        host = f"{city}.localhost" if city else "localhost"
        return f"http://{host}:{self.port}{path}"

    def start(self, name: str) -> None:
        """Start one of the stack's programs."""
        program = self.made_of[name]
        with (self.state / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                program.command,
                env={**os.environ, **program.environment},
                stdout=log,
                stderr=log,
                pass_fds=program.handles,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """End one program and its children at once, as a crash would."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def get(self, path: str, city: str = "") -> int:
        """Return the status of a page, asked by loopback address (Python knows no *.localhost)."""
        host = f"{city}.localhost:{self.port}" if city else f"localhost:{self.port}"
        request = Request(f"http://127.0.0.1:{self.port}{path}", headers={"Host": host})
        try:
            with urlopen(request, timeout=10) as response:
                return int(response.status)
        except HTTPError as error:
            return error.code

    def mails(self, to: str) -> list[str]:
        """Return the raw mails to an address, oldest first."""
        paths = sorted((self.mailbox / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        found = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
        return [text for text in found if re.search(rf"^To:.*{re.escape(to)}", text, re.M)]

    def wait_for_code(self, to: str, seconds: float = 15) -> str:
        """Return the newest code that was mailed to an address."""
        from email import message_from_string, policy

        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for text in reversed(self.mails(to)):
                part = message_from_string(text, policy=policy.default).get_body(("plain",))
                match = CODE.search(part.get_content() if part else "")
                if match:
                    return match.group(1)
            time.sleep(0.1)
        raise AssertionError(f"no code was mailed to {to}\n{self.logs()}")

    def logs(self) -> str:
        """Return the end of every program's log."""
        return "\n".join(
            f"--- {path.stem}\n{path.read_text(errors='replace')[-3000:]}"
            for path in sorted(self.state.glob("*.log"))
        )


@contextmanager
def running(
    name: str,
    *,
    web: int = 2,
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[], None] = lambda: None,
) -> Iterator[Stack]:
    """Start web, worker, beat and relay on a clone of the template, and end them afterwards.

    Args:
        name: of the clone.
        web: how many web processes.
        environment: variables over those of the stack.
        prepare: called with Django on the clone, before anything runs.
    """
    before = settings.DATABASES["default"]["NAME"]
    database.clone(database.build_template(), name)
    prepare()
    database.use(before)
    folder = Path(tempfile.mkdtemp(prefix="balai-stack-"))
    server = listen("127.0.0.1", 0)
    port = server.getsockname()[1]
    (folder / "mail").mkdir()
    mail_port = free_port()
    sink = Controller(Mailbox(str(folder / "mail" / "box")), hostname="127.0.0.1", port=mail_port)
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    sink.start()
    stack = Stack(port, folder, folder / "mail" / "box")
    shared = {
        "DJANGO_SETTINGS_MODULE": "tests.support.stack_settings",
        "DATABASE_URL": re.sub(r"/[^/]*$", f"/{name}", os.environ["DATABASE_URL"]),
        "REDIS_URL": os.environ["REDIS_URL"],
        "CELERY_BROKER_URL": os.environ["CELERY_BROKER_URL"],
        "BALAI_STATE": str(folder),
        "BALAI_QUEUE": name,
        "BALAI_APEX_HOST": f"localhost:{port}",
        "BALAI_EXTRA_MODULES": "tests.dummy.specimen",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(mail_port),
        **(environment or {}),
    }
    parts = ("web", "worker", "beat", "relay")
    stack.made_of = {p.name: p for p in programs(parts, server=server, environment=shared, web=web)}
    try:
        for part in stack.made_of:
            stack.start(part)
        _await_ready(stack)
        yield stack
    finally:
        for part in list(stack.running):
            stack.kill(part)
        server.close()
        sink.stop()
        shutil.rmtree(folder, ignore_errors=True)
        database.drop(name)


def free_port() -> int:
    """Return a loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_ready(stack: Stack) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if stack.get("/readyz") == 200:
                return
        except (URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.2)
    raise AssertionError(f"the stack did not come up\n{stack.logs()}")
