"""Run the hammer and print what it saw: ``python -m tests.isolation.hammer OPERATIONS``."""

import json
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.isolation.hammer.settings"

import django

django.setup()

from django.db import connection  # noqa: E402  # needs django.setup()

from tests.isolation.hammer import cities, ways  # noqa: E402  # same reason

THREADS = 8
RARELY = 40


def work(seed: int, wanted: int) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Do random things in random cities until ``wanted`` looks were taken."""
    random = Random(seed)
    looks, wrong, errors = Counter[str](), Counter[str](), Counter[str]()
    turn = 0
    while looks.total() + errors.total() < wanted:
        turn += 1
        pool = ways.COMMON if turn % RARELY else ways.RARE
        way = random.choice(pool)
        try:
            seen, strange = way(random.choice(cities.NAMES), random.randrange(1000))
        except Exception as error:  # a refusal is no leak; it is counted and reported
            errors[f"{way.__name__}: {type(error).__name__}: {error}"[:160]] += 1
            continue
        looks[way.__name__] += seen
        wrong[way.__name__] += strange
    connection.close()
    return looks, wrong, errors


def main(wanted: int) -> None:
    """Hammer with eight threads and print one line of JSON."""
    looks, wrong, errors = Counter[str](), Counter[str](), Counter[str]()
    with ThreadPoolExecutor(THREADS) as pool:
        for result in pool.map(work, range(THREADS), [wanted // THREADS + 1] * THREADS):
            for total, part in zip((looks, wrong, errors), result, strict=True):
                total.update(part)
    strangers = cities.strangers() if cities.OURS else 0
    report = {"looks": looks.total(), "wrong": wrong.total() + strangers, "strangers": strangers}
    print(json.dumps({**report, "by_way": looks, "wrong_by_way": +wrong, "errors": errors}))


main(int(sys.argv[1]))
