"""`balai demo` on an empty folder: it comes up, loses a process, is killed, and comes back."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from balai import embedded
from balai.demo.waiting import status_of
from balai.embedded import ports

FIRST_START = 240.0
NAMED = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE")


class Run:
    """One run of `balai demo` and what it has said."""

    def __init__(self, state: Path, port: int, *options: str) -> None:
        self.said = state.parent / f"said-{time.monotonic_ns()}"
        inherited = {key: value for key, value in os.environ.items() if key not in NAMED}
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "balai", "demo", "--port", str(port), *options],
                env={
                    **inherited,
                    "BALAI_STATE": str(state),
                    "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                },
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def waits_for(self, pattern: str, seconds: float, times: int = 1) -> list[str]:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            found = re.findall(pattern, self.said.read_text())
            if len(found) >= times:
                return found
            time.sleep(0.1)
        raise AssertionError(f"{pattern!r} was not said:\n{self.said.read_text()[-4000:]}")


@pytest.fixture
def state() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="balai-demo-"))
    folder.chmod(0o711)
    yield folder / "state"
    embedded.erase(folder / "state", force=True)
    shutil.rmtree(folder, ignore_errors=True)


def gone(pid: int) -> bool:
    for _ in range(100):
        path = Path(f"/proc/{pid}/stat")
        if not path.exists() or ") Z " in path.read_text():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.soak  # minutes long; .ci/run starts the demo as well, with --check
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's leash is Linux's")
def test_d01_the_demo_comes_up_loses_processes_and_comes_back(state: Path) -> None:
    port = ports.unused()
    first = Run(state, port)
    try:
        first.waits_for("Balai is running", FIRST_START)
        started = dict(first.waits_for(r"started (\S+) \((\d+)\)", 5))
        assert {"web-1", "web-2", "worker", "beat", "relay"} == set(started)
        os.kill(int(started["web-1"]), signal.SIGKILL)
        for _ in range(10):
            assert status_of(port, "/", f"tangerang.localhost:{port}") == 200
        first.waits_for(r"started web-1 ", 10, times=2)
        postgres = embedded.status(state)["postgres"]["pid"]
    finally:
        first.process.kill()
        first.process.wait()
    programs = dict(re.findall(r"started (\S+) \((\d+)\)", first.said.read_text()))
    assert all(gone(int(pid)) for pid in programs.values())
    assert embedded.status(state)["postgres"]["pid"] == postgres

    second = Run(state, port, "--check")
    second.waits_for("Balai is running", 120)
    assert embedded.status(state)["postgres"]["pid"] == postgres
    assert second.process.wait(90) == 0, second.said.read_text()[-4000:]
    said = second.said.read_text()
    assert "Opening" not in said
    assert "Everything answers." in said
    assert f"http://purworejo.localhost:{port}/" in said
    assert not embedded.status(state)["postgres"]["running"]
    assert not embedded.status(state)["valkey"]["running"]
