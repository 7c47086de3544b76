"""State folders that are gone after each test, and a way to be another user."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from balai import embedded

ROOT = os.geteuid() == 0
NOBODY = 65534
SOURCES = os.pathsep.join(path for path in sys.path if path)


@pytest.fixture(autouse=True)
def no_services_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "BALAI_STATE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def used_state() -> Iterator[Path]:
    """A state folder whose servers ran before: making a cluster is most of a start."""
    yield from _folder("used")


@pytest.fixture
def state(used_state: Path) -> Iterator[Path]:
    """The used state folder with its servers stopped, before the test and after it."""
    if not used_state.exists():
        embedded.start(used_state, durable=False).close()
    yield used_state
    embedded.stop(used_state, force=True)


@pytest.fixture
def empty_state() -> Iterator[Path]:
    """The name of a state folder that does not exist yet, where every user may enter."""
    yield from _folder("empty")


def _folder(name: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f"balai-{name}-"))
    folder.chmod(0o711)
    yield folder / "state"
    embedded.erase(folder / "state", force=True)
    shutil.rmtree(folder, ignore_errors=True)


def scenario(step: str, state: Path, *, normal_user: bool = False) -> list[str]:
    """Return the command that runs a step of scenario.py, also as an unprivileged user.

    The user keeps the right to read: this interpreter may lie where only root reads.
    """
    command = [sys.executable, "-B", "-m", "balai.embedded.tests.scenario", step, str(state)]
    if not (ROOT and normal_user):
        return command
    return [
        "setpriv",
        *(f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
        *("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"),
        *command,
    ]


def run(step: str, state: Path, *, normal_user: bool = False) -> str:
    done = subprocess.run(
        scenario(step, state, normal_user=normal_user),
        env={**os.environ, "PYTHONPATH": SOURCES},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
