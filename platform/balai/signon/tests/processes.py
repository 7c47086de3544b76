"""Start the little apps as processes of their own, with nothing of ours in their surroundings."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent / "apps"
PATIENCE = 15  # seconds until an app answers
CALLBACKS = {"with_authlib": "cb", "with_mozilla": "oidc/callback/"}


@contextmanager
def app(
    name: str, *, base: str, port: int, client_id: str, secret: str, folder: Path
) -> Iterator[str]:
    """Run ``apps/<name>.py`` on a port and yield its address."""
    surroundings = {
        "PATH": os.environ["PATH"], "BALAI_BASE": base, "PORT": str(port), "CLIENT_ID": client_id,
        "CLIENT_SECRET": secret, "DB": str(folder / f"{name}-{port}.sqlite3"),
    }  # fmt: skip
    log = folder / f"{name}-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, str(HERE / f"{name}.py")], env=surroundings, stdout=out, stderr=out
        )
    try:
        _await(port, process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _await(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"the app did not start\n{log.read_text(errors='replace')[-2000:]}")
