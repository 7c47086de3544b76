"""PgBouncer in transaction mode in front of the test database, where it is installed."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")

CONFIG = """
[databases]
* = host={host} port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = transaction
max_client_conn = 200
default_pool_size = 4
ignore_startup_parameters = extra_float_digits
log_connections = 0
log_disconnections = 0
"""


@contextmanager
def transaction_pooler(url: str) -> Iterator[str]:
    """Run a pooler with 4 server connections before the database at ``url``; yield its URL."""
    assert PROGRAM is not None
    parts = urlsplit(url)
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        listen = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="balai-pgbouncer-"))
    folder.chmod(0o755)
    values = {"host": parts.hostname, "port": parts.port, "listen": listen, "folder": folder}
    (folder / "pgbouncer.ini").write_text(CONFIG.format(**values))
    (folder / "users.txt").write_text(f'"{parts.username}" "{parts.password}"\n')
    as_user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        [PROGRAM, "-q", *as_user, str(folder / "pgbouncer.ini")], stderr=subprocess.DEVNULL
    )
    try:
        _wait(listen)
        yield f"postgres://{parts.username}:{parts.password}@127.0.0.1:{listen}{parts.path}"
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError("pgbouncer did not start")
