"""The whole of Balai as real processes on a database of its own, for journeys and nemeses."""

import logging
import os
import re
import shutil
import signal
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

from balai.embedded import ports
from balai.embedded.programs import valkey as valkey_programs
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
    mail_port: int = 0
    sink: Controller | None = None

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

    def start_mail(self) -> None:
        """Start the mail server, which keeps every letter in the mailbox."""
        handler = Mailbox(str(self.mailbox))
        self.sink = Controller(handler, hostname="127.0.0.1", port=self.mail_port)
        self.sink.start()

    def stop_mail(self) -> None:
        """Stop the mail server: connections to it are refused."""
        if self.sink is not None:
            self.sink.stop()
        self.sink = None

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
    own_valkey: bool = False,
    prepare: Callable[[], None] = lambda: None,
) -> Iterator[Stack]:
    """Start web, worker, beat and relay on a clone of the template, and end them afterwards.

    Args:
        name: of the clone.
        web: how many web processes.
        environment: variables over those of the stack.
        own_valkey: whether it has a Valkey of its own, called "valkey", that may be killed.
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
    # The template's cities have keys that this server's secret has wrapped.
    shutil.copy(settings.STATE / "secret-key", folder / "secret-key")
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    stack = Stack(port, folder, folder / "mail" / "box", mail_port=ports.unused())
    stack.start_mail()
    valkey = [_valkey(folder)] if own_valkey else []
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
        "EMAIL_PORT": str(stack.mail_port),
        **(valkey[0].environment if valkey else {}),
        **(environment or {}),
    }
    parts = ("web", "worker", "beat", "relay")
    others = programs(parts, server=server, environment=shared, web=web)
    stack.made_of = {program.name: program for program in (*valkey, *others)}
    try:
        for part in stack.made_of:
            stack.start(part)
        _await_ready(stack)
        yield stack
    finally:
        for part in list(stack.running):
            stack.kill(part)
        server.close()
        stack.stop_mail()
        shutil.rmtree(folder, ignore_errors=True)
        database.drop(name)


def _valkey(folder: Path) -> Program:
    """Return a Valkey that keeps nothing; its environment says where it is."""
    port = str(ports.unused())
    command = (
        str(valkey_programs().path("valkey-server")), "--port", port, "--bind", "127.0.0.1",
        "--dir", str(folder), "--save", "",
    )  # fmt: skip
    at = f"redis://127.0.0.1:{port}"
    return Program("valkey", command, {"REDIS_URL": f"{at}/0", "CELERY_BROKER_URL": f"{at}/1"})


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
