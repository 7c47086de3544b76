"""A supervisor with toy programs, run by the tests: ``toy.py FOLDER KIND...``."""

import socket
import sys
from pathlib import Path

from balai.supervise.journal import Journal
from balai.supervise.program import Program
from balai.supervise.supervisor import Supervisor

STEADY = "import time, sys; print('up', flush=True); time.sleep(600)"
POLITE = """
import signal, sys, time
def bye(*_):
    print('bye', flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, bye)
print('up', flush=True)
time.sleep(600)
"""
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + STEADY
BROKEN = "import sys; print('no database here', flush=True); sys.exit(3)"
PARENT = "import subprocess, time; p = subprocess.Popen(['sleep', '600'])\n" + (
    "print('grandchild', p.pid, flush=True); time.sleep(600)"
)
ECHO = """
import socket, sys
server = socket.socket(fileno=int(sys.argv[1]))
print('up', flush=True)
while True:
    connection, _ = server.accept()
    connection.sendall(b'hello')
    connection.close()
"""


def main() -> int:
    server = socket.create_server(("127.0.0.1", 0))
    scripts = {
        "steady": STEADY,
        "polite": POLITE,
        "stubborn": STUBBORN,
        "broken": BROKEN,
        "parent": PARENT,
        "echo": ECHO,
    }
    programs = [
        Program(
            kind,
            (sys.executable, "-c", scripts[kind], str(server.fileno())),
            patience=1.0,
            handles=(server.fileno(),),
        )
        for kind in sys.argv[2:]
    ]
    journal = Journal(path=Path(sys.argv[1]) / "balai.log")
    journal.show(f"port {server.getsockname()[1]}")
    return Supervisor(programs, journal).run()


if __name__ == "__main__":
    sys.exit(main())
