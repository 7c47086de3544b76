"""112: from sending a call to another person's board, and intake while a crowd reads (L-01)."""

import asyncio
import json
import time
import uuid
from statistics import quantiles

from tests.load import centre, flood
from tests.load.row import Row
from tests.support import streams
from tests.support.officer import Officer
from tests.support.stack import Stack, running

NAME = "balai_bench_emergency"
BOARD_MS, TIMES, FLOOD_MS = 500, 3.0, 3000
BOARDS, CALLS, ROUNDS, CROWD = 40, 100, 2, 250


def measure() -> list[Row]:
    """Run a whole stack: web, worker, beat, relay; officers and crowd come over HTTP."""
    with running(NAME, prepare=centre.staff) as stack:
        taker, dispatcher = (centre.signed_in(stack, role) for role in centre.PEOPLE)
        centre.take(taker)  # the first of each process pays for what is loaded once
        centre.take(taker)
        board = asyncio.run(_to_the_board(stack, taker, dispatcher))
        idle, flooded, reads = [], [], {"200": 0.0, "503": 0.0}
        for _ in range(ROUNDS):
            idle += [spent for _ in range(CALLS) for spent in centre.take(taker)]
            with flood.reading(stack.port, centre.host(stack), CROWD) as told:
                time.sleep(1)
                flooded += [spent for _ in range(CALLS) for spent in centre.take(taker)]
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
        Row("reads answered / turned away meanwhile", f"{reads['200']:.0f}/{reads['503']:.0f}"),
    ]  # fmt: skip


async def _to_the_board(stack: Stack, taker: Officer, dispatcher: Officer) -> list[float]:
    """Return the milliseconds from sending a call to its line on a board that heard of it."""
    spent, heard = [], await _listen(stack, dispatcher)
    for number in range(BOARDS):
        if heard.renewed or heard.ended:
            heard = await _listen(stack, dispatcher)
        mark, before = f"Jl. Bangku {uuid.uuid4().hex[:8]}", len(heard.events)
        form_at = (await asyncio.to_thread(taker.post, f"{centre.TAKE}answer/", {})).location
        told = {**centre.TOLD, "address": mark}
        began = time.perf_counter()
        sending = asyncio.create_task(asyncio.to_thread(taker.post, form_at, told, **centre.FETCH))
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


def _p(values: list[float], share: int) -> float:
    return quantiles(values, n=100)[share - 1]
