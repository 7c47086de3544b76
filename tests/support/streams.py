"""Event streams as a browser opens them, on bare sockets: hundreds in one test process."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass
class Heard:
    """One open stream and what came through it."""

    host: str
    task: asyncio.Task[None] | None = None
    events: list[tuple[str, int]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    resyncs: int = 0
    renewed: bool = False
    ended: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ids(self) -> list[int]:
        """The numbers of the events, in the order of their arrival."""
        return [number for _, number in self.events]

    def close(self) -> None:
        """Leave, as a closed page does."""
        if self.task:
            self.task.cancel()


async def get(port: int, host: str, path: str, *, cookie: str = "") -> tuple[int, bytes]:
    """Return status and body of a page."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sent = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
    writer.write(f"{sent}Cookie: {cookie}\r\n\r\n".encode() if cookie else f"{sent}\r\n".encode())
    raw = await reader.read()
    writer.close()
    head, _, body = raw.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


async def token(port: int, host: str, topics: Iterable[str]) -> str:
    """Fetch a ticket for ``topics`` from a city."""
    query = urlencode([("topic", topic) for topic in topics])
    status, body = await get(port, host, f"/live-token/?{query}")
    assert status == 200, body
    return str(json.loads(body[body.index(b"{") : body.rindex(b"}") + 1])["token"])


async def listen(port: int, host: str, ticket: str, **since: object) -> Heard:
    """Open a stream; returns once the server has answered 200."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    query = urlencode({"token": ticket, **since})
    writer.write(f"GET /live/?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    status = await reader.readline()
    assert b" 200 " in status, status
    heard = Heard(host)
    heard.task = asyncio.create_task(_read(reader, writer, heard))
    return heard


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: Heard) -> None:
    name, number, loop = "", 0, asyncio.get_running_loop()
    try:
        while line := await reader.readline():
            text = line.decode().strip()
            if text.startswith("event: "):
                name = text[7:]
            elif text.startswith("id: "):
                number = int(text[4:])
            elif text.startswith("data: "):
                if name == "resync":
                    heard.resyncs += 1
                elif name == "renew":
                    heard.renewed = True
                else:
                    heard.events.append((json.loads(text[6:])["topic"], number))
                    heard.times.append(loop.time())
                name = ""
                heard.news.set()
    except ConnectionError:
        pass
    finally:
        heard.ended = True
        writer.close()


async def until(condition: object, seconds: float = 10.0) -> bool:
    """Wait until ``condition()`` is true; return whether it became so in time."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not condition():  # type: ignore[operator]  # a function without arguments
        if asyncio.get_running_loop().time() > deadline:
            return False
        await asyncio.sleep(0.02)
    return True
