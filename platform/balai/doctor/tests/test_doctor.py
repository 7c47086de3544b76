import os
import socket
from collections import namedtuple
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from balai.doctor import application, machine, services
from balai.doctor.finding import Finding, Level
from balai.embedded import programs
from balai.embedded.locks import FileLock
from balai.embedded.state import State

Usage = namedtuple("Usage", "total used free")


def levels(findings: list[Finding]) -> dict[str, Level]:
    return {finding.name: finding.level for finding in findings}


def database_url() -> str:
    known = settings.DATABASES["default"]
    return (
        f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/postgres"
    )


def test_this_machine_can_run_it(tmp_path: Path) -> None:
    found = list(machine.look(State(tmp_path / "state")))
    assert not [finding for finding in found if finding.level is Level.BAD]
    assert not (tmp_path / "state").exists()


def test_every_fault_names_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(machine.sys, "version_info", (3, 9, 0))
    monkeypatch.setattr(machine.platform, "libc_ver", lambda: ("glibc", "2.17"))
    monkeypatch.setattr(programs, "_package", lambda name: None)
    monkeypatch.setattr(programs, "SYSTEM_POSTGRES", ())
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda place: Usage(1, 1, 1000))
    found = list(machine.look(State(tmp_path / "state")))
    assert levels(found) == {
        "Python": Level.BAD,
        "glibc": Level.NOTE,
        "PostgreSQL program": Level.BAD,
        "Valkey program": Level.BAD,
        "State folder": Level.OK,
        "Disk": Level.BAD,
        "Web port": levels(found)["Web port"],
    }
    assert all(finding.remedy for finding in found if finding.level is not Level.OK)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_ours(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert machine.folder(State(tmp_path / "state")).level is Level.BAD


def test_the_port_is_taken_by_a_stranger_or_by_balai(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setattr(machine, "WEB_PORT", other.getsockname()[1])
        assert machine.port(State(tmp_path)).level is Level.NOTE
        lock = FileLock(tmp_path / "supervisor.lock")
        assert lock.acquire()
        lock.write("process 12, http://localhost:8000")
        assert machine.port(State(tmp_path)).level is Level.OK
        lock.release()


def test_the_database_as_it_should_be() -> None:
    assert set(levels(list(services.postgres(database_url()))).values()) == {Level.OK}


def test_a_database_that_would_lose_reports() -> None:
    url = f"{database_url()}?options=-c%20synchronous_commit%3Doff"
    found = list(services.postgres(url))
    assert levels(found)["Durability"] is Level.BAD


def test_a_database_that_is_away() -> None:
    (found,) = services.postgres("postgres://balai:x@127.0.0.1:1/balai")
    assert (found.level, bool(found.remedy)) == (Level.BAD, True)


def test_a_role_that_may_too_little_or_too_much() -> None:
    facts = {"name": "app", "super": False, "createdb": True, "createrole": False}
    assert services._rights(facts).remedy == "ALTER ROLE app CREATEROLE;"
    assert services._rights(facts | {"super": True}).level is Level.BAD


def test_valkey_and_one_that_is_away() -> None:
    (here,) = services.valkey("Cache", settings.REDIS_URL)
    assert here.level in {Level.OK, Level.NOTE}
    (away,) = services.valkey("Broker", "redis://127.0.0.1:1/0")
    assert away.level is Level.BAD
    (other,) = services.valkey("Broker", "amqp://guest@rabbit//")
    assert other.level is Level.OK


def test_the_application(db: None) -> None:
    found = {finding.name: finding for finding in application.look()}
    for name in ("Settings", "LISTEN", "Migrations", "Regions"):
        assert found[name].level is Level.OK, found[name]


def lecture() -> list[Finding]:
    return [Finding("Release", Level.BAD, "old", "make it new")]


def test_layers_above_add_their_own_checks(db: None) -> None:
    with override_settings(DOCTOR_CHECKS=[f"{__name__}.lecture"]):
        assert lecture()[0] in list(application.look())


def test_a_secret_that_others_can_read(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(0o644)
    with override_settings(STATE=tmp_path):
        found = [finding for finding in application.secrets() if finding.level is Level.BAD]
    assert [finding.remedy for finding in found] == [f"chmod 600 {tmp_path / 'secret-key'}"]
