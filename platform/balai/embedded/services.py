"""Both services together: start, join, leave, stop, status."""

import os
import shutil
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from balai.embedded import account, roles
from balai.embedded.errors import EmbeddedError
from balai.embedded.locks import FileLock
from balai.embedded.ports import HOST
from balai.embedded.postgres import SUPERUSER, Cluster
from balai.embedded.state import State
from balai.embedded.valkey import Store

START_PATIENCE = 120.0
DATABASE_URL: Final = "DATABASE_URL"
REDIS_URL: Final = "REDIS_URL"
BROKER_URL: Final = "CELERY_BROKER_URL"
KINDS: Final[dict[str, type[Cluster] | type[Store]]] = {"postgres": Cluster, "valkey": Store}


@dataclass(frozen=True)
class Services:
    """The running services and our share in them.

    Attributes:
        state: the state folder.
        database_url: PostgreSQL as the application's role, "" when it was not asked for.
        superuser_url: the same as PostgreSQL's superuser (tests, doctor).
        redis_url: Valkey's database 0, the cache.
        broker_url: Valkey's database 1, Celery's broker.
        started: the names of those that this call had to start.
    """

    state: Path
    database_url: str = field(repr=False)
    superuser_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    broker_url: str = field(repr=False)
    started: frozenset[str]
    _share: FileLock = field(repr=False, compare=False)

    def environment(self, over: Mapping[str, str] = os.environ) -> dict[str, str]:
        """Return the variables that settings read, except those which ``over`` already sets."""
        return _without_overridden(self._urls(), over)

    def close(self) -> None:
        """Leave; the last one out stops the services, unless they were started to stay."""
        self._share.release()
        with _mutex(State(self.state)):
            if not State(self.state).recall().get("stay") and not _in_use(self.state):
                _stop(State(self.state))

    def _urls(self) -> dict[str, str]:
        return {
            DATABASE_URL: self.database_url,
            REDIS_URL: self.redis_url,
            BROKER_URL: self.broker_url,
        }


def start(
    path: Path | None = None,
    *,
    postgres: bool = True,
    valkey: bool = True,
    durable: bool = True,
    stay: bool = False,
) -> Services:
    """Start the services, or join those that already run on this state folder.

    Args:
        path: the state folder, BALAI_STATE or ``.balai`` when left out.
        postgres: whether PostgreSQL is needed.
        valkey: whether Valkey is needed.
        durable: False is quicker and may lose data when the machine stops: for tests only.
        stay: leave them running when everybody has left, until ``balai services stop``.

    Raises:
        EmbeddedError: with what is wrong and what to do.
    """
    state = State(path)
    state.prepare()
    wanted = [name for name, needed in (("postgres", postgres), ("valkey", valkey)) if needed]
    with _mutex(state):
        share = FileLock(state.path / "users.lock")
        share.acquire(shared=True, wait=START_PATIENCE)
        if stay:
            state.remember(stay=True)
        try:
            started = _ensure(state, wanted, durable)
        except BaseException:
            share.release()
            raise
    urls = _urls(state)
    return Services(
        state=state.path,
        database_url=urls[DATABASE_URL] if postgres else "",
        superuser_url=_postgres_url(state, SUPERUSER, "postgres") if postgres else "",
        redis_url=urls[REDIS_URL] if valkey else "",
        broker_url=urls[BROKER_URL] if valkey else "",
        started=started,
        _share=share,
    )


def _ensure(state: State, wanted: list[str], durable: bool) -> frozenset[str]:
    """Make sure that the wanted servers answer; return the names of those that were started."""
    owner = account.choose(state.data("postgres") or state.data("valkey"))
    home = state.home(owner)
    servers = {name: KINDS[name](state, owner, home, durable) for name in wanted}
    return frozenset(name for name, server in servers.items() if server.ensure()[1])


def stop(path: Path | None = None, *, force: bool = False) -> list[str]:
    """Stop the services and return the names of those that ran.

    Args:
        path: the state folder.
        force: stop them even while somebody uses them.

    Raises:
        EmbeddedError: when they are in use and ``force`` is not given.
    """
    state = State(path)
    if not state.recall():
        return []
    with _mutex(state):
        if _in_use(state.path) and not force:
            raise EmbeddedError(
                "The services are in use, by `balai demo` or a test run.",
                "End that first, or use `balai services stop --force`.",
            )
        state.remember(stay=False)
        return _stop(state)


def erase(path: Path | None = None, *, force: bool = False) -> None:
    """Stop the services and delete the state folder with all data, wherever it lies.

    Raises:
        EmbeddedError: when they are in use and ``force`` is not given.
    """
    state = State(path)
    stop(state.path, force=force)
    data = state.data("postgres")
    if data is not None:
        shutil.rmtree(data.parent, ignore_errors=True)
    shutil.rmtree(state.path, ignore_errors=True)


def status(path: Path | None = None) -> dict[str, Any]:
    """Return what runs: ``{"state": ..., "postgres": {...}, "valkey": {...}}``, for JSON."""
    state = State(path)
    known = state.recall()
    report: dict[str, Any] = {"state": str(state.path), "stay": bool(known.get("stay"))}
    for name in ("postgres", "valkey"):
        server = _server(state, name)
        pid = server.pid() if server else None
        report[name] = {
            "running": pid is not None,
            "pid": pid,
            "port": known.get(f"{name}_port"),
            "source": known.get(f"{name}_source"),
            "data": str(state.data(name)) if server else None,
            "log": str(state.log(name)),
        }
    return report


def environment(path: Path | None = None, over: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the variables of the services that run here, except those ``over`` already sets.

    Nothing is started: this is how ``manage.py`` finds the demo's database.
    """
    state = State(path)
    running = status(state.path)
    urls = _urls(state) if running["postgres"]["running"] or running["valkey"]["running"] else {}
    if urls and not running["postgres"]["running"]:
        del urls[DATABASE_URL]
    if urls and not running["valkey"]["running"]:
        del urls[REDIS_URL], urls[BROKER_URL]
    return _without_overridden(urls, over)


@contextmanager
def session(
    path: Path | None = None, environ: MutableMapping[str, str] | None = None
) -> Iterator[Services | None]:
    """Provide the services that the environment does not name, for the length of a block.

    The variables of what was started are set in ``environ`` (this process's own by default).
    Yields None when DATABASE_URL, REDIS_URL and CELERY_BROKER_URL name everything.
    """
    variables = os.environ if environ is None else environ
    need_postgres = DATABASE_URL not in variables
    need_valkey = REDIS_URL not in variables or BROKER_URL not in variables
    if not need_postgres and not need_valkey:
        yield None
        return
    services = start(path, postgres=need_postgres, valkey=need_valkey)
    added = services.environment(variables)
    variables.update(added)
    try:
        yield services
    finally:
        for name in added:
            variables.pop(name, None)
        services.close()


def _server(state: State, name: str) -> Cluster | Store | None:
    data = state.data(name)
    if data is None:
        return None
    return KINDS[name](state, account.choose(data), data.parent)


def _stop(state: State) -> list[str]:
    servers = {name: _server(state, name) for name in ("valkey", "postgres")}
    return [name for name, server in servers.items() if server and server.stop()]


def _in_use(path: Path) -> bool:
    probe = FileLock(path / "users.lock")
    try:
        return not probe.acquire()
    finally:
        probe.release()


@contextmanager
def _mutex(state: State) -> Iterator[None]:
    with state.starting.held(START_PATIENCE) as taken:
        if not taken:
            raise EmbeddedError(
                "Another process has been starting the services for two minutes.",
                f"End it, or read the logs in {state.path / 'logs'}.",
            )
        yield


def _urls(state: State) -> dict[str, str]:
    cache = f"redis://:{state.password('valkey')}@{HOST}:{state.recall().get('valkey_port')}"
    return {
        DATABASE_URL: _postgres_url(state, roles.ROLE, roles.DATABASE),
        REDIS_URL: f"{cache}/0",
        BROKER_URL: f"{cache}/1",
    }


def _postgres_url(state: State, user: str, database: str) -> str:
    port = state.recall().get("postgres_port")
    return f"postgres://{user}:{state.password(user)}@{HOST}:{port}/{database}"


def _without_overridden(urls: Mapping[str, str], over: Mapping[str, str]) -> dict[str, str]:
    return {name: url for name, url in urls.items() if url and name not in over}
