import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from balai import embedded
from balai.embedded.locks import FileLock


@pytest.fixture
def state() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="balai-cli-"))
    folder.chmod(0o711)
    yield folder / "state"
    embedded.erase(folder / "state", force=True)
    shutil.rmtree(folder, ignore_errors=True)


def balai(*arguments: str, state: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    named = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL")
    inherited = {key: value for key, value in os.environ.items() if key not in named}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "balai", *arguments],
        env={
            **inherited,
            "BALAI_STATE": str(state),
            "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
            "DJANGO_SETTINGS_MODULE": "balai.settings.development",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_services_start_stop_status(state: Path) -> None:
    started = balai("services", "start", "--json", state=state)
    assert started.returncode == 0, started.stderr
    assert json.loads(started.stdout)["postgres"]["running"]
    status = balai("services", "status", state=state)
    assert "postgres      runs on 127.0.0.1:" in status.stdout
    secrets = [path.read_text() for path in (state / "secrets").iterdir()]
    assert not [secret for secret in secrets if secret in status.stdout + started.stdout]
    assert "export DATABASE_URL=postgres://balai:" in balai("services", "env", state=state).stdout
    doctor = balai("doctor", "--json", state=state)
    found = {line["name"]: line["level"] for line in json.loads(doctor.stdout)}
    assert found["Database"] == found["Role"] == found["Durability"] == found["Broker"] == "ok"
    assert found["Migrations"] == "bad"
    assert doctor.returncode == 1
    stopped = balai("services", "stop", "--json", state=state)
    assert json.loads(stopped.stdout) == {"stopped": ["valkey", "postgres"], "erased": False}
    assert not json.loads(balai("services", "status", "--json", state=state).stdout)["postgres"][
        "running"
    ]
    assert balai("services", "stop", "--erase", state=state).returncode == 0
    assert not state.exists()


def test_demo_says_when_its_port_is_taken(state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = balai("demo", "--port", str(port), state=state)
    assert said.returncode == 1
    assert f"Port {port} is taken by another program." in said.stderr
    assert f"balai demo --port {port + 1}" in said.stderr
    assert "Traceback" not in said.stderr
    assert not (state / "data").exists()


def test_two_supervisors_on_one_state_folder(state: Path) -> None:
    state.mkdir()
    lock = FileLock(state / "supervisor.lock")
    assert lock.acquire()
    lock.write("process 4711, http://localhost:8000")
    for command in ("demo", "serve"):
        said = balai(command, "--port", "1", state=state)
        assert said.returncode == 1
        assert "already runs" in said.stderr
        assert "process 4711, http://localhost:8000" in said.stderr
        assert "BALAI_STATE=" in said.stderr
    lock.release()


def test_serve_knows_its_parts(state: Path) -> None:
    said = balai("serve", "web", "cook", state=state)
    assert said.returncode == 1
    assert "no part called cook" in said.stderr
