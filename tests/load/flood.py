"""A crowd that reads a city's pages over and over: ``python -m tests.load.flood PORT HOST N``.

Each of N readers has one connection at a time and asks again as soon as it was answered. It runs
until its standard input is closed, then prints how many reads were answered, turned away (503)
and failed.
"""

import asyncio
import json
import sys
from collections import Counter

PAGES = ("/", "/complaints/", "/emergency/", "/complaints/statistics/")


async def read(port: int, host: str, path: str) -> int:
    """Ask for a page; return its status, 0 when the connection broke."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        head = await reader.readline()
        await reader.read()
        writer.close()
        return int(head.split()[1])
    except (OSError, IndexError, ValueError):
        return 0


async def reader(port: int, host: str, number: int, seen: Counter[int]) -> None:
    """Be one of the crowd."""
    while True:
        status = await read(port, host, PAGES[number % len(PAGES)])
        seen[status] += 1
        number += 1
        if status != 200:
            await asyncio.sleep(1)  # nobody reloads faster than that


async def crowd(port: int, host: str, size: int) -> Counter[int]:
    """Read until standard input is closed."""
    seen: Counter[int] = Counter()
    readers = [asyncio.create_task(reader(port, host, number, seen)) for number in range(size)]
    print("reading", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    for task in readers:
        task.cancel()
    return seen


if __name__ == "__main__":
    found = asyncio.run(crowd(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
    print(json.dumps(found))
