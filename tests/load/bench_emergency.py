"""112: from sending a call to another person's board, and intake while a crowd reads (L-01)."""

import asyncio
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

from balai.context import platform, region_context
from tenants import directory
from tests.load.row import Row
from tests.support import streams
from tests.support.officer import Officer
from tests.support.stack import Stack, running

NAME = "balai_bench_emergency"
CITY = "tangerang"
PASSWORD = "sandi-untuk-bangku-uji"
TAKE = "/desk/emergency/take/"
BOARD_MS, TIMES, FLOOD_MS = 500, 3.0, 3000
BOARDS, CALLS, ROUNDS, CROWD = 40, 100, 2, 250
PEOPLE = {role: f"{role}@bangku.test" for role in ("call_taker", "dispatcher")}
TOLD = {
    "kind": "normal", "channel": "call", "number": "080001120001", "category": "kebakaran",
    "address": "Jl. Merdeka No. 1", "text": "Api di lantai dua, ada orang di dalam.",
}  # fmt: skip
FETCH = {"X-Requested-With": "fetch"}


def measure() -> list[Row]:
    """Run a whole stack: web, worker, beat, relay; officers and crowd come over HTTP."""
    with running(NAME, prepare=_people) as stack:
        taker, dispatcher = (_signed_in(stack, role) for role in PEOPLE)
        _take(taker)  # the first of each process pays for what is loaded once
        _take(taker)
        board = asyncio.run(_to_the_board(stack, taker, dispatcher))
        idle, flooded, reads = [], [], {"200": 0, "503": 0}
        for _ in range(ROUNDS):
            idle += [spent for _ in range(CALLS) for spent in _take(taker)]
            with _crowd(stack) as told:
                time.sleep(1)
                flooded += [spent for _ in range(CALLS) for spent in _take(taker)]
            reads = {status: reads[status] + told.get(status, 0) for status in reads}
    quiet, loud, worst = _p(idle, 99), _p(flooded, 99), max(flooded)
    p95 = _p(board, 95)
    return [
        Row("a call on another's board, p50", f"{_p(board, 50):.0f} ms"),
        Row("  p95", f"{p95:.0f} ms", f"<= {BOARD_MS} ms", p95 <= BOARD_MS),
        Row("intake, nobody else there, p99", f"{quiet:.0f} ms"),
        Row(f"intake beside {CROWD} readers, p50 / p99", f"{_p(flooded, 50):.0f}/{loud:.0f} ms"),
        Row("  against alone (L-01)", f"{loud / quiet:.2f}x", f"<= {TIMES:.0f}x",
            loud / quiet <= TIMES),
        Row("  the slowest", f"{worst:.0f} ms", f"<= {FLOOD_MS} ms", worst <= FLOOD_MS),
        Row("reads answered / turned away meanwhile", f"{reads['200']}/{reads['503']}"),
    ]  # fmt: skip


def _people() -> None:
    from allauth.account.models import EmailAddress

    from balai.accounts.models import User
    from balai.accounts.services import grant_role

    with platform():
        region = directory.by_schema(f"r_{CITY}")
    if region is None:
        raise LookupError("the bench database has no Kota Tangerang")
    with region_context(region):
        for role, email in PEOPLE.items():
            user = User.objects.create_user(email=email, name=role, password=PASSWORD)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            grant_role(user=user, role=role)


def _signed_in(stack: Stack, role: str) -> Officer:
    person = Officer(stack.port, f"{CITY}.localhost:{stack.port}")
    return person.sign_in(PEOPLE[role], PASSWORD)


def _take(taker: Officer) -> list[float]:
    """Take an emergency as the screen does; return how long each request took, in ms."""
    spent = []

    def timed(ask: object, *arguments: object, **headers: str) -> object:
        began = time.perf_counter()
        answer = ask(*arguments, **headers)  # type: ignore[operator]  # a method of the officer
        spent.append((time.perf_counter() - began) * 1000)
        return answer

    form_at = timed(taker.post, f"{TAKE}answer/", {}).location  # type: ignore[attr-defined]  # an answer
    for status, answer in (
        (200, timed(taker.get, form_at)),
        (204, timed(taker.post, f"{form_at}keep/", TOLD)),
        (201, timed(taker.post, form_at, TOLD, **FETCH)),
    ):
        if answer.status != status:  # type: ignore[attr-defined]  # an answer
            raise AssertionError(f"{form_at}: {answer.status} {answer.body[:500]}")  # type: ignore[attr-defined]  # an answer
    return spent


async def _to_the_board(stack: Stack, taker: Officer, dispatcher: Officer) -> list[float]:
    """Return the milliseconds from sending a call to its line on a board that heard of it."""
    spent, heard = [], await _listen(stack, dispatcher)
    for number in range(BOARDS):
        if heard.renewed or heard.ended:
            heard = await _listen(stack, dispatcher)
        mark, before = f"Jl. Bangku {uuid.uuid4().hex[:8]}", len(heard.events)
        form_at = (await asyncio.to_thread(taker.post, f"{TAKE}answer/", {})).location
        told = {**TOLD, "address": mark}
        began = time.perf_counter()
        sending = asyncio.create_task(asyncio.to_thread(taker.post, form_at, told, **FETCH))
        if not await streams.until(lambda now=heard, at=before: len(now.events) > at):
            raise AssertionError(f"the board heard of nothing: {(await sending).body[:500]}")
        rows = await asyncio.to_thread(dispatcher.get, "/desk/emergency/board/rows/")
        spent.append((time.perf_counter() - began) * 1000)
        if mark not in rows.body:
            raise AssertionError(f"call {number} is not on the board")
        await sending
    heard.close()
    return spent


async def _listen(stack: Stack, dispatcher: Officer) -> streams.Heard:
    page = await asyncio.to_thread(dispatcher.get, "/live-token/?topic=emergency.taken")
    ticket = json.loads(page.body)["token"]
    return await streams.listen(stack.port, dispatcher.host, ticket)


@contextmanager
def _crowd(stack: Stack) -> Iterator[dict[str, int]]:
    """Have a process of its own read for the length of a block; what it saw is told afterwards."""
    told: dict[str, int] = {}
    host = f"{CITY}.localhost:{stack.port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.load.flood", str(stack.port), host, str(CROWD)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    try:
        process.stdout.readline()  # type: ignore[union-attr]  # a pipe
        yield told
    finally:
        out, _ = process.communicate(timeout=60)
        told.update(json.loads(out))


def _p(values: list[float], share: int) -> float:
    return quantiles(values, n=100)[share - 1]
