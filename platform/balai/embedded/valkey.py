"""Valkey: the cache and the broker. It keeps nothing that is not also in PostgreSQL."""

import signal
import time
from dataclasses import dataclass
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from balai.embedded import ports, processes, programs
from balai.embedded.account import Account
from balai.embedded.errors import EmbeddedError
from balai.embedded.state import State

PATIENCE = 30.0
ENDING = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))
CONFIGURATION = """\
bind {host}
port {port}
protected-mode yes
requirepass {password}
dir {folder}
pidfile {pidfile}
daemonize no
save ""
appendonly yes
appendfsync {sync}
maxmemory-policy noeviction
"""


@dataclass(frozen=True)
class Store:
    """One Valkey of ours; the fields mean what they mean in ``postgres.Cluster``."""

    state: State
    account: Account
    home: Path
    durable: bool = True

    @property
    def folder(self) -> Path:
        """The folder of its append-only file."""
        return self.home / "valkey"

    @property
    def sync(self) -> str:
        """When it waits for the disk: at every write, or (tests) when it pleases."""
        return "always" if self.durable else "no"

    def ensure(self) -> tuple[int, bool]:
        """Make sure that Valkey answers.

        Returns:
            Its port, and whether it had to be started.

        Raises:
            EmbeddedError: when it cannot be started.
        """
        port = self.state.recall().get("valkey_port")
        pid = self.pid()
        if port and pid is not None and self._answers(pid, port, time.monotonic() + PATIENCE):
            if self.durable:
                self._client(port).config_set("appendfsync", self.sync)
            return port, False
        self.stop()
        found = programs.valkey().readable_by(self.account, "valkey-server", self.home)
        self.account.folder(self.folder)
        port = self._start(found)
        self.state.remember(valkey_source=found.source)
        return port, True

    def pid(self) -> int | None:
        """Return the process id of our running Valkey; a stale pid file counts as none."""
        try:
            pid = int((self.folder / "valkey.pid").read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None
        title = f"{ports.HOST}:{self.state.recall().get('valkey_port')}"
        ours = processes.alive(pid) and title in processes.command_of(pid)
        return pid if ours else None

    def stop(self) -> bool:
        """End Valkey in good order. Returns whether one was running."""
        pid = self.pid()
        if pid is None:
            return False
        if not processes.end(pid, ENDING):
            raise EmbeddedError(f"Valkey (process {pid}) does not end.", f"Try: kill -9 {pid}")
        return True

    def _start(self, found: programs.Programs) -> int:
        port = ports.choose("BALAI_VALKEY_PORT", self.state.recall().get("valkey_port"))
        log = self.state.log("valkey")
        for _ in range(3):
            # Known before it starts: whoever looks for it meanwhile recognises it by its port.
            self.state.remember(valkey_port=port)
            configuration = CONFIGURATION.format(
                host=ports.HOST,
                port=port,
                password=self.state.password("valkey"),
                folder=_quoted(self.folder),
                pidfile=_quoted(self.folder / "valkey.pid"),
                sync=self.sync,
            )
            # On standard input, so that the password is in no command line and no second file.
            pid = processes.launch(
                [str(found.path("valkey-server")), "-"],
                account=self.account,
                folder=self.folder,
                log=log,
                stdin=configuration.encode(),
            )
            if self._answers(pid, port, time.monotonic() + PATIENCE):
                return port
            if "Address already in use" not in processes.tail(log):
                break
            port = ports.choose("BALAI_VALKEY_PORT", None)
        raise EmbeddedError(
            f"Valkey did not start:\n{processes.tail(log)}",
            f"If its file is damaged, remove {self.folder}: nothing is kept only there. Log: {log}",
        )

    def _answers(self, pid: int, port: int, deadline: float) -> bool:
        """Wait until it serves our data (True), has ended or is another's (False)."""
        while processes.alive(pid) and time.monotonic() < deadline:
            client = self._client(port)
            try:
                return Path(client.config_get("dir")["dir"] or "") == self.folder
            except redis.AuthenticationError:
                return False
            except (redis.ConnectionError, redis.TimeoutError, redis.ResponseError):
                time.sleep(0.01)
            finally:
                client.close()
        return False

    def _client(self, port: int) -> "redis.Redis":
        return redis.Redis(
            host=ports.HOST,
            port=port,
            password=self.state.password("valkey"),
            decode_responses=True,
            socket_timeout=5,
            retry=Retry(NoBackoff(), 0),
        )


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
