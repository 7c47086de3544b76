"""PostgreSQL: making a cluster, starting it, finding it again after a crash, ending it."""

import contextlib
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import extensions

from balai.embedded import ports, processes, programs, roles
from balai.embedded.account import Account
from balai.embedded.errors import EmbeddedError
from balai.embedded.state import State

SUPERUSER = "postgres"
PATIENCE = 60.0
ENDING = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))
SETTINGS = {
    "listen_addresses": ports.HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    # Hundreds of regions' tables are locked by one fleet upgrade or dump.
    "max_locks_per_transaction": "512",
    # An acknowledged report is on the disk (D-03).
    "synchronous_commit": "on",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FAST_AND_LOSSY = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL of ours.

    Args:
        state: the state folder it belongs to.
        account: whom it runs as.
        home: the folder that holds ``postgres/``, its data.
        durable: False lets it forget the last seconds when the machine stops: for tests only.
    """

    state: State
    account: Account
    home: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """The cluster's data folder."""
        return self.home / "postgres"

    def ensure(self) -> tuple[int, bool]:
        """Make sure that the cluster answers.

        Returns:
            Its port, and whether it had to be started.

        Raises:
            EmbeddedError: when it cannot be started.
        """
        port = self.running_port()
        if port is not None:
            return port, False
        found = programs.postgres().readable_by(self.account, "postgres", self.home)
        self._initialise(found)
        self._check_version(found)
        port = self._start(found)
        with self.superuser(port) as connection:
            roles.ensure(connection, self.state.password("balai"))
        self.state.remember(postgres_port=port, postgres_source=found.source)
        return port, True

    def running_port(self) -> int | None:
        """Return the port of the running cluster, waiting for one that is still recovering.

        A cluster that was started for tests (not durable) is ended when a durable one is asked
        for.
        """
        pid = self.pid()
        if pid is None:
            return None
        port = int(self._pid_lines()[3])
        deadline = time.monotonic() + PATIENCE
        while processes.alive(pid):
            if time.monotonic() > deadline:
                raise EmbeddedError(
                    f"PostgreSQL (process {pid}) runs but does not answer.",
                    f"Read {self.state.log('postgres')}, or end it with `balai services stop`.",
                )
            with contextlib.suppress(psycopg2.OperationalError), self.superuser(port) as connection:
                if self.durable and roles.setting(connection, "fsync") != "on":
                    break
                return port
            time.sleep(0.02)
        self.stop()
        return None

    def pid(self) -> int | None:
        """Return the process id of our running postmaster; a stale pid file counts as none."""
        lines = self._pid_lines()
        if len(lines) < 4 or not lines[0].isdigit() or not lines[3].isdigit():
            return None
        pid = int(lines[0])
        ours = processes.alive(pid) and str(self.data) in processes.command_of(pid)
        return pid if ours else None

    def stop(self) -> bool:
        """End the cluster in good order. Returns whether one was running."""
        pid = self.pid()
        if pid is None:
            return False
        if not processes.end(pid, ENDING):
            raise EmbeddedError(f"PostgreSQL (process {pid}) does not end.", f"Try: kill -9 {pid}")
        return True

    @contextlib.contextmanager
    def superuser(self, port: int) -> Iterator[extensions.connection]:
        """Connect as the cluster's superuser, in autocommit."""
        connection = psycopg2.connect(
            host=ports.HOST,
            port=port,
            user=SUPERUSER,
            password=self.state.password("postgres"),
            dbname="postgres",
            connect_timeout=5,
            application_name="balai-embedded",
        )
        connection.autocommit = True
        try:
            yield connection
        finally:
            connection.close()

    def _initialise(self, found: programs.Programs) -> None:
        """Make the cluster beside its place and move it in: killed half-way, it starts anew."""
        if (self.data / "PG_VERSION").exists():
            return
        draft = self.home / "postgres.new"
        shutil.rmtree(draft, ignore_errors=True)
        self.account.folder(draft)
        secret = self.home / "postgres.password"
        secret.touch(mode=0o600)
        secret.write_text(self.state.password("postgres"), encoding="ascii")
        self.account.own(secret)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command = [
            str(found.path("initdb")),
            *("-D", str(draft), "-U", SUPERUSER, "--encoding=UTF8", "--auth=scram-sha-256"),
            f"--pwfile={secret}",
            *(locale if found.version >= 17 else ["--locale=C.UTF-8"]),
            *([] if self.durable else ["--no-sync"]),
        ]
        try:
            done = subprocess.run(
                command,
                cwd=self.home,
                env=self.account.environment,
                capture_output=True,
                text=True,
                check=False,
                **self.account.options,
            )
        finally:
            secret.unlink()
        if done.returncode:
            raise EmbeddedError(
                f"initdb failed: {done.stderr.strip()}", f"Mend that, then remove {draft}."
            )
        draft.rename(self.data)

    def _check_version(self, found: programs.Programs) -> None:
        made_by = int((self.data / "PG_VERSION").read_text().strip())
        if made_by != found.version:
            raise EmbeddedError(
                f"The data in {self.data} was made by PostgreSQL {made_by}, and {found.source} is "
                f"PostgreSQL {found.version}.",
                "Use the version of Balai that made it, export every region, then import it into a "
                "new state folder; or run pg_upgrade.",
            )

    def _start(self, found: programs.Programs) -> int:
        self._forget_stale_pid()
        settings = SETTINGS | ({} if self.durable else FAST_AND_LOSSY)
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        deadline = time.monotonic() + PATIENCE
        port = ports.choose("BALAI_POSTGRES_PORT", self.state.recall().get("postgres_port"))
        while True:
            command = [str(found.path("postgres")), "-D", str(self.data), "-p", str(port), *options]
            log = self.state.log("postgres")
            pid = processes.launch(command, account=self.account, folder=self.data, log=log)
            if self._answers(pid, port, deadline):
                return port
            reason = processes.tail(log)
            # Backends of a killed postmaster hold its shared memory for a moment.
            lingering = "is still in use" in reason or "another postmaster" in reason
            if time.monotonic() > deadline or not (lingering or "could not bind" in reason):
                raise EmbeddedError(f"PostgreSQL did not start:\n{reason}", f"The whole log: {log}")
            if not lingering:
                port = ports.choose("BALAI_POSTGRES_PORT", None)
            time.sleep(0.2)

    def _answers(self, pid: int, port: int, deadline: float) -> bool:
        """Wait until the server takes connections (True) or has ended (False)."""
        while processes.alive(pid) and time.monotonic() < deadline:
            try:
                with self.superuser(port):
                    return True
            except psycopg2.OperationalError as error:
                if "password authentication failed" in str(error):
                    processes.end(pid, ENDING)
                    raise EmbeddedError(
                        f"The passwords in {self.state.path}/secrets are not those of the data.",
                        "Restore that folder from the same backup as the data.",
                    ) from error
            time.sleep(0.01)
        return False

    def _forget_stale_pid(self) -> None:
        """Remove the pid file of a killed server whose pid now names another program.

        PostgreSQL itself clears a pid that names nothing; it takes any living process of the
        same account for a server, though.
        """
        lines = self._pid_lines()
        if lines and lines[0].isdigit() and self.pid() is None:
            command = processes.command_of(int(lines[0]))
            if "postgres" not in command:
                (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
