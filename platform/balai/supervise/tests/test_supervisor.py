import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Start = Callable[..., "Toy"]


class Toy:
    """A running supervisor and what it has said so far."""

    def __init__(self, folder: Path, kinds: tuple[str, ...]) -> None:
        command = [sys.executable, "-m", "balai.supervise.tests.toy", str(folder), *kinds]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        self.said = folder / "said"
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                command, env=environment, stdout=output, stderr=subprocess.STDOUT
            )

    def waits_for(self, pattern: str, times: int = 1, seconds: float = 8.0) -> list[str]:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = re.findall(pattern, self.said.read_text())
            if len(found) >= times:
                return found
            time.sleep(0.02)
        raise AssertionError(f"{pattern!r} was not said {times} times:\n{self.said.read_text()}")

    def pid(self, name: str) -> int:
        return int(self.waits_for(rf"started {name} \((\d+)\)")[-1])


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[Toy] = []

    def begin(*kinds: str) -> Toy:
        running.append(Toy(tmp_path, kinds))
        return running[-1]

    yield begin
    for toy in running:
        toy.process.kill()
        toy.process.wait()


def gone(pid: int, seconds: float = 3.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_d01_a_killed_program_is_back_and_the_others_never_left(start: Start) -> None:
    toy = start("steady", "polite")
    toy.waits_for(r"polite +up")
    toy.waits_for(r"steady +up")
    other = toy.pid("polite")
    os.kill(toy.pid("steady"), signal.SIGKILL)
    began = time.monotonic()
    toy.waits_for(r"steady +up", times=2)
    assert time.monotonic() - began < 3
    assert "steady was killed (SIGKILL)" in toy.said.read_text()
    assert toy.pid("polite") == other
    assert not gone(other, 0)


def test_what_a_killed_program_left_running_is_cleared_up(start: Start) -> None:
    toy = start("parent")
    orphan = int(toy.waits_for(r"grandchild (\d+)")[0])
    os.kill(toy.pid("parent"), signal.SIGKILL)
    assert gone(orphan)
    toy.waits_for(r"grandchild", times=2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_end_reaches_every_program(start: Start, number: signal.Signals) -> None:
    toy = start("polite", "steady")
    toy.waits_for(r"polite +up")
    toy.waits_for(r"steady +up")
    toy.process.send_signal(number)
    assert toy.process.wait(5) == 0
    assert re.search(r"polite +bye", toy.said.read_text())
    assert gone(toy.pid("steady"), 0.5)


def test_a_program_that_does_not_listen_is_killed_after_its_patience(start: Start) -> None:
    toy = start("stubborn")
    toy.waits_for(r"stubborn +up")
    began = time.monotonic()
    toy.process.send_signal(signal.SIGTERM)
    assert toy.process.wait(5) == 0
    assert 0.9 < time.monotonic() - began < 4
    assert gone(toy.pid("stubborn"), 0.5)


def test_a_second_signal_does_not_wait(start: Start) -> None:
    toy = start("stubborn")
    toy.waits_for(r"stubborn +up")
    began = time.monotonic()
    toy.process.send_signal(signal.SIGINT)
    toy.waits_for("stopping")
    toy.process.send_signal(signal.SIGINT)
    assert toy.process.wait(5) == 0
    assert time.monotonic() - began < 1


def test_hangup_restarts_every_program(start: Start) -> None:
    toy = start("polite")
    toy.waits_for(r"polite +up")
    toy.process.send_signal(signal.SIGHUP)
    toy.waits_for(r"polite +bye")
    toy.waits_for(r"polite +up", times=2)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's leash is Linux's")
def test_nothing_outlives_a_killed_supervisor(start: Start) -> None:
    toy = start("steady", "stubborn")
    toy.waits_for(r"steady +up")
    toy.waits_for(r"stubborn +up")
    children = [toy.pid("steady"), toy.pid("stubborn")]
    toy.process.kill()
    assert all(gone(child) for child in children)


def test_a_program_that_never_comes_up_ends_the_supervisor(start: Start) -> None:
    toy = start("broken", "polite")
    assert toy.process.wait(20) == 1
    said = toy.said.read_text()
    assert "no database here" in said
    assert "giving up: broken does not stay up" in said
    pauses = [float(pause) for pause in re.findall(r"again in ([\d.]+) s", said)]
    assert pauses == sorted(pauses)
    assert len(pauses) == 5


def test_connections_wait_while_a_program_is_replaced(start: Start) -> None:
    toy = start("echo")
    port = int(toy.waits_for(r"port (\d+)")[0])
    toy.waits_for(r"echo +up")
    killed = toy.pid("echo")
    os.kill(killed, signal.SIGKILL)
    assert gone(killed)
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        assert connection.recv(5) == b"hello"


def test_the_log_is_also_in_a_file(start: Start, tmp_path: Path) -> None:
    toy = start("polite")
    toy.waits_for(r"polite +up")
    toy.process.send_signal(signal.SIGTERM)
    toy.process.wait(5)
    kept = (tmp_path / "balai.log").read_text()
    assert re.search(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d polite +bye$", kept, re.MULTILINE)
