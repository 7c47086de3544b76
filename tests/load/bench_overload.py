"""Five times more readers than the web processes can serve: most are turned away at once, so that
as many as ever get their page, and who takes emergencies notices nothing (requirement L-02).

The maximum and the overload are measured in turn, so that a busy machine is busy for both. The
crowd runs on the same machine and takes its share of it.
"""

import time
from collections import defaultdict

from tests.load import centre, flood
from tests.load.row import Row
from tests.support.stack import Stack, running

NAME = "balai_bench_overload"
READERS, TIMES, ROUNDS, SECONDS = 64, 5, 3, 8
GOODPUT = 0.8


def measure() -> list[Row]:
    """Run a whole stack with two web processes; everybody comes over HTTP."""
    full: dict[str, float] = defaultdict(float)
    over: dict[str, float] = defaultdict(float)
    taken: list[float] = []
    with running(NAME, prepare=centre.staff) as stack:
        taker = centre.signed_in(stack, "call_taker")
        _read(stack, READERS)  # the first of each process pays for what is loaded once
        for _ in range(ROUNDS):
            best = _read(stack, READERS)
            _add(full, best)
            rate = round(TIMES * best["200"] / best["seconds"])
            _add(over, _read(stack, rate, steady=True))
            with flood.reading(stack.port, centre.host(stack), rate, steady=True):
                time.sleep(2)  # until the queue is full
                taken += [spent for _ in range(5) for spent in centre.take(taker)]
    return _rows(full, over, taken)


def _read(stack: Stack, size: int, *, steady: bool = False) -> dict[str, float]:
    with flood.reading(stack.port, centre.host(stack), size, steady=steady) as told:
        time.sleep(SECONDS)
    return told


def _add(to: dict[str, float], seen: dict[str, float]) -> None:
    for name, count in seen.items():
        to[name] += count


def _rows(full: dict[str, float], over: dict[str, float], taken: list[float]) -> list[Row]:
    most, good = (seen["200"] / seen["seconds"] for seen in (full, over))
    ratio, failed = good / most, over["0"] + over["bare"] + over["slow"]
    return [
        Row("reads a second, as many as can be", f"{most:.0f}/s"),
        Row("  asked for in the overload", f"{over['sent'] / over['seconds']:.0f}/s"),
        Row("  answered of them (L-02)", f"{ratio:.2f}x", f">= {GOODPUT}x", ratio >= GOODPUT),
        Row("  turned away with Retry-After", f"{over['503']:.0f}", "> 0", over["503"] > 0),
        Row("  failed, too slow, or without it", f"{failed:.0f}", "0", not failed),
        Row("emergencies taken meanwhile, none turned away", f"{len(taken) // 4}"),
        Row("  the slowest request of them", f"{max(taken):.0f} ms"),
    ]
