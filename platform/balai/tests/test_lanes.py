"""What is urgent goes first; the rest waits its turn, and not for ever."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from balai import lanes
from balai.lanes import Lanes

COOKIE = "balai_session"
SIGNED_IN = [(b"cookie", b"other=1; balai_session=abc")]


def scope(path: str, method: str = "GET", headers: Any = ()) -> dict[str, Any]:
    return {"type": "http", "path": path, "method": method, "headers": list(headers)}


class Work:
    """An application whose requests last until they are let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ends: dict[str, asyncio.Event] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.begun.append(scope["path"])
        await self.ends.setdefault(scope["path"], asyncio.Event()).wait()

    def end(self, path: str) -> None:
        self.ends.setdefault(path, asyncio.Event()).set()


class Bench:
    """Lanes over two works, and the requests that were sent."""

    def __init__(self, places: int = 2, queue: int = 3) -> None:
        self.first, self.others, self.sent = Work(), Work(), dict[str, asyncio.Task[None]]()
        self.answers: dict[str, list[Any]] = {}
        self.hangs_up: dict[str, asyncio.Event] = {}
        self.lanes = Lanes(
            self.first, self.others, slugs=["emergency"], cookie=COOKIE, places=places, queue=queue
        )

    async def ask(self, path: str, method: str = "GET", headers: Any = ()) -> None:
        async def send(message: Any) -> None:
            self.answers.setdefault(path, []).append(message)

        told = iter([{"type": "http.request", "body": b"", "more_body": False}])
        left = self.hangs_up.setdefault(path, asyncio.Event())

        async def receive() -> Any:
            if message := next(told, None):
                return message
            await left.wait()
            raise ConnectionError  # as balai.asgi does

        asked = self.lanes(scope(path, method, headers), receive, send)
        self.sent[path] = asyncio.create_task(asked)
        await settle()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def play(scene: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(scene(), 10))  # type: ignore[arg-type]  # a coroutine


@pytest.mark.parametrize(
    ("path", "method", "headers", "first"),
    [
        ("/desk/emergency/take/", "GET", SIGNED_IN, True),
        ("/desk/emergency/take/", "GET", [], False),
        ("/desk/emergency/take/", "GET", [(b"x-note", b"balai_session=abc")], False),
        ("/desk/complaints/", "GET", SIGNED_IN, False),
        ("/emergency/panic/", "POST", [], True),
        ("/emergency/", "GET", SIGNED_IN, False),
        ("/", "GET", SIGNED_IN, False),
        ("/readyz", "GET", [], True),
        ("/desk/emergency-x/", "GET", SIGNED_IN, False),
    ],
)
def test_which_lane(path: str, method: str, headers: Any, first: bool) -> None:
    assert Bench().lanes.is_first(scope(path, method, headers)) is first


def test_reads_wait_for_a_place_in_their_order() -> None:
    async def scene() -> None:
        bench = Bench(places=2)
        for name in ("/a", "/b", "/c", "/d"):
            await bench.ask(name)
        assert bench.others.begun == ["/a", "/b"]
        bench.others.end("/b")
        await settle()
        assert bench.others.begun == ["/a", "/b", "/c"]
        for name in ("/a", "/c", "/d"):
            bench.others.end(name)
        await asyncio.gather(*bench.sent.values())
        assert (bench.lanes.reading, len(bench.lanes.waiting)) == (0, 0)

    play(scene)


def test_nothing_begins_beside_what_is_urgent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "YIELD_SECONDS", 0.02)

    async def scene() -> None:
        bench = Bench(places=1)
        await bench.ask("/a")
        desk = "/desk/emergency/take/"
        await bench.ask(desk, headers=SIGNED_IN)
        assert bench.first.begun == [desk], "it waits for nobody's place"
        bench.others.end("/a")
        await bench.ask("/b")
        assert bench.others.begun == ["/a"]
        bench.first.end(desk)
        await settle()
        assert bench.others.begun == ["/a", "/b"]
        bench.others.end("/b")
        slow = "/desk/emergency/photo/"
        await bench.ask(slow, "POST", SIGNED_IN)
        await bench.ask("/c")
        assert "/c" not in bench.others.begun
        await asyncio.sleep(0.1)
        assert "/c" in bench.others.begun, "a slow upload does not hold up a city"
        bench.others.end("/c")
        bench.first.end(slow)
        await asyncio.gather(*bench.sent.values())
        assert bench.lanes.patient
        assert (bench.lanes.urgent, bench.lanes.reading) == (0, 0)

    play(scene)


def test_reads_beyond_the_queue_are_turned_away_but_nothing_that_is_sent() -> None:
    async def scene() -> None:
        bench = Bench(places=1, queue=2)
        for name in ("/a", "/b", "/c", "/d"):
            await bench.ask(name)
        start, body = bench.answers["/d"]
        assert start["status"] == 503
        assert dict(start["headers"])[b"retry-after"] == b"5"
        assert b"tel:112" in body["body"]
        await bench.ask("/report", "POST")
        assert bench.others.begun == ["/a", "/report"], "it waits for no read"
        for name in ("/a", "/b", "/c", "/report"):
            bench.others.end(name)
        await asyncio.gather(*bench.sent.values())
        assert bench.others.begun == ["/a", "/report", "/b", "/c"]

    play(scene)


def test_a_slow_line_holds_nobody_up() -> None:
    async def scene() -> None:
        bench = Bench(places=1)

        async def answer(scope: Any, receive: Any, send: Any) -> None:
            bench.others.begun.append(scope["path"])
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await bench.others.ends.setdefault("made", asyncio.Event()).wait()
            await send({"type": "http.response.body", "body": b"ok"})
            await bench.others.ends.setdefault("sent", asyncio.Event()).wait()

        bench.lanes.others = answer
        await bench.ask("/slow")
        await bench.ask("/b")
        assert bench.others.begun == ["/slow"]
        bench.others.end("made")
        await settle()
        assert bench.others.begun == ["/slow", "/b"]
        bench.others.end("sent")
        await asyncio.gather(*bench.sent.values())
        assert bench.lanes.reading == 0

    play(scene)


def test_who_leaves_gives_the_place_back() -> None:
    async def scene() -> None:
        bench = Bench(places=1)
        for name in ("/a", "/b", "/c"):
            await bench.ask(name)
        bench.sent["/b"].cancel()
        bench.sent["/a"].cancel()
        await settle()
        assert bench.others.begun == ["/a", "/c"]
        bench.others.end("/c")
        await bench.sent["/c"]
        assert (bench.lanes.reading, len(bench.lanes.waiting)) == (0, 0)

    play(scene)


def test_no_page_is_made_for_who_has_hung_up_and_their_place_in_the_queue_is_free() -> None:
    async def scene() -> None:
        bench = Bench(places=1, queue=2)
        for name in ("/a", "/b", "/c"):
            await bench.ask(name)
        bench.hangs_up["/b"].set()
        await settle()
        assert bench.sent["/b"].done()
        await bench.ask("/d")
        assert not bench.answers.get("/d"), "there is room in the queue again"
        bench.others.end("/a")
        await settle()
        assert bench.others.begun == ["/a", "/c"]
        for name in ("/c", "/d"):
            bench.others.end(name)
            await bench.sent[name]
        assert (bench.lanes.reading, len(bench.lanes.waiting)) == (0, 0)

    play(scene)


def test_the_application_reads_the_request_that_was_kept_for_it() -> None:
    async def scene() -> None:
        told = iter([{"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}])

        async def receive() -> Any:
            return next(told)

        for headers in ([], [(b"content-length", b"1")]):
            told = iter([{"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}])
            caller = lanes.Caller(scope("/", headers=headers), receive)
            assert (await caller.receive())["body"] == b"x"
            assert (await caller.receive())["type"] == "http.disconnect"
            caller.gone.cancel()

    play(scene)
