"""A crowd that reads a city's pages over and over: ``python -m tests.load.flood PORT HOST N``.

Each of N readers has one connection at a time and asks again as soon as it was answered. With
``--rate`` they are N that come every second, whether or not those before them were answered, as
people do who know nothing of each other. It runs until its standard input is closed, then prints
how many reads were answered, turned away (503, "bare" without Retry-After), failed ("0") or took
longer than anybody waits ("slow"), how many were "sent" at the rate, and how many seconds it read.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PAGES = ("/", "/complaints/", "/emergency/", "/complaints/statistics/")
PATIENCE: Final = 10.0
"""Seconds after which a page is of no use to who asked for it."""


async def read(port: int, host: str, path: str) -> str:
    """Ask for a page; return how it ended: a status, "slow", "bare" or "0"."""
    began = time.monotonic()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        status = answer[:12].split()[1].decode()
    except (OSError, IndexError, ValueError):
        return "0"
    if status == "503" and b"\nretry-after: " not in answer[:2000].lower():
        return "bare"
    return "slow" if time.monotonic() - began > PATIENCE else status


async def reader(port: int, host: str, number: int, seen: Counter[str]) -> None:
    """Be one of the crowd."""
    while True:
        status = await read(port, host, PAGES[number % len(PAGES)])
        seen[status] += 1
        number += 1
        if status != "200":
            await asyncio.sleep(1)  # nobody reloads faster than that


async def stream(port: int, host: str, rate: float, seen: Counter[str]) -> None:
    """Send ``rate`` readers a second, each for one page."""

    async def one(number: int) -> None:
        seen[await read(port, host, PAGES[number % len(PAGES)])] += 1

    began, number, going = time.monotonic(), 0, set()
    while True:
        while number < (time.monotonic() - began) * rate:
            going.add(task := asyncio.create_task(one(number)))
            task.add_done_callback(going.discard)
            seen["sent"] += 1
            number += 1
        await asyncio.sleep(0.005)


async def crowd(port: int, host: str, size: int, *, steady: bool) -> dict[str, float]:
    """Read until standard input is closed; return what came of it."""
    seen: Counter[str] = Counter()
    began = time.monotonic()
    if steady:
        readers = [asyncio.create_task(stream(port, host, size, seen))]
    else:
        readers = [asyncio.create_task(reader(port, host, number, seen)) for number in range(size)]
    print("reading", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    for task in readers:
        task.cancel()
    return {**seen, "seconds": time.monotonic() - began}


@contextmanager
def reading(port: int, host: str, size: int, *, steady: bool = False) -> Iterator[dict[str, float]]:
    """Have a process of its own read for the length of a block; it is told afterwards what came.

    Args:
        size: how many readers there are, or come every second where ``steady``.
    """
    told: dict[str, float] = {}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.load.flood", str(port), host, str(size),
         *(["--rate"] if steady else [])],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    try:
        process.stdout.readline()  # type: ignore[union-attr]  # a pipe
        yield told
    finally:
        out, _ = process.communicate(timeout=60)
        told.update(json.loads(out))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("port", type=int)
    arguments.add_argument("host")
    arguments.add_argument("size", type=int)
    arguments.add_argument("--rate", action="store_true")
    asked = arguments.parse_args()
    print(json.dumps(asyncio.run(crowd(asked.port, asked.host, asked.size, steady=asked.rate))))
