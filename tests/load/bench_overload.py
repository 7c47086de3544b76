"""Five times more readers than the web processes can serve: most are turned away at once, so that
as many as ever get their page, and who takes emergencies notices nothing (requirement L-02).

Each overload is compared with the maximum just before and just after it, and the middle one of
these ratios counts: a busy machine is busy for both. The crowd runs on the same machine and takes
its share of it.
"""

import time
from collections import Counter
from itertools import pairwise
from statistics import mean, median

from tests.load import centre, flood
from tests.load.row import Row
from tests.support.stack import Stack, running

NAME = "balai_bench_overload"
READERS, TIMES, ROUNDS, SECONDS = 64, 5, 5, 6
GOODPUT = 0.8


def measure() -> list[Row]:
    """Run a whole stack with two web processes; everybody comes over HTTP."""
    over: list[dict[str, float]] = []
    taken: list[float] = []
    with running(NAME, prepare=centre.staff) as stack:
        taker = centre.signed_in(stack, "call_taker")
        _read(stack, READERS)  # the first of each process pays for what is loaded once
        most = [_good(_read(stack, READERS))]
        for _ in range(ROUNDS):
            rate = round(TIMES * most[-1])
            over.append(_read(stack, rate, steady=True))
            most.append(_good(_read(stack, READERS)))
            with flood.reading(stack.port, centre.host(stack), rate, steady=True):
                time.sleep(2)  # until the queue is full
                taken += [spent for _ in range(3) for spent in centre.take(taker)]
    return _rows(most, over, taken)


def _read(stack: Stack, size: int, *, steady: bool = False) -> dict[str, float]:
    with flood.reading(stack.port, centre.host(stack), size, steady=steady) as told:
        time.sleep(SECONDS)
    return told


def _good(seen: dict[str, float]) -> float:
    """Return the pages answered in a second."""
    return seen.get("200", 0) / seen["seconds"]


def _rows(most: list[float], over: list[dict[str, float]], taken: list[float]) -> list[Row]:
    ratios = [_good(seen) / mean(beside) for seen, beside in zip(over, pairwise(most), strict=True)]
    ratio, found = median(ratios), Counter[str]()
    for seen in over:
        found.update({name: int(count) for name, count in seen.items()})
    failed = found["0"] + found["bare"] + found["slow"]
    asked = mean(seen["sent"] / seen["seconds"] for seen in over)
    return [
        Row("reads a second, as many as can be", f"{median(most):.0f}/s"),
        Row("  asked for in the overload", f"{asked:.0f}/s"),
        Row("  answered of them (L-02)", f"{ratio:.2f}x", f">= {GOODPUT}x", ratio >= GOODPUT),
        Row("  the worst and the best round", f"{min(ratios):.2f}x/{max(ratios):.2f}x"),
        Row("  turned away with Retry-After", f"{found['503']}", "> 0", found["503"] > 0),
        Row("  failed, too slow, or without it", f"{failed}", "0", not failed),
        Row("emergencies taken meanwhile, none turned away", f"{len(taken) // 4}"),
        Row("  the slowest request of them", f"{max(taken):.0f} ms"),
    ]
