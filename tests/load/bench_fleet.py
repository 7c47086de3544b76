"""Upgrading a fleet: nothing to do, one column to add; against django-tenants' two executors.

django-tenants takes its time for each region: a few of them, of the same database and in the same
run, stand for all. ``BALAI_SOAK=1`` does it with the 514 regions that Indonesia has.
"""

import os
import time
from collections.abc import Callable

from django.test import override_settings

from balai.context import platform
from provisioning.tests.garden import ONE, THREE
from tests.load import fleets
from tests.load.row import Row

SIZE = 514 if os.environ.get("BALAI_SOAK") else 100
FEW = 5
SAMPLE = 8
NO_OP, ADD_FIELD, FLAT = 100, 60, 1.3


def measure() -> list[Row]:
    """Return the ratios a region, and how the cost of one grows with the fleet."""
    with override_settings(MIGRATION_MODULES=ONE):
        few = _ours("balai_bench_fleet_few", FEW, lambda: None)
        stock: dict[str, float] = {}
        many = _ours("balai_bench_fleet", SIZE, lambda: stock.update(_stock()))
    flat = many["further"] / few["further"]
    over = {name: spent / many[name.split()[0]] for name, spent in stock.items()}
    return [
        Row(f"fleet of {SIZE}, nothing to do", f"{many['nothing'] * SIZE:.2f} s"),
        _ratio("nothing standard", over, NO_OP),
        _ratio("nothing multiprocessing", over, 0),
        Row(f"fleet of {SIZE}, a column more: working the way out, once", f"{many['plan']:.1f} s"),
        Row("  applying it everywhere", f"{many['column'] * SIZE:.2f} s"),
        _ratio("column standard", over, ADD_FIELD),
        _ratio("column multiprocessing", over, ADD_FIELD),
        Row(f"  a region, against a fleet of {FEW}", f"{flat:.2f}x", f"<= {FLAT}x", flat <= FLAT),
    ]


def _ratio(name: str, over: dict[str, float], demand: int) -> Row:
    found = over[name]
    text = f">= {demand}x" if demand else ""
    return Row(
        f"  against django-tenants, {name.split()[1]}", f"{found:.0f}x", text, found >= demand
    )


def _ours(name: str, size: int, beside: Callable[[], None]) -> dict[str, float]:
    """Return our seconds a region for nothing and for a column; and for working out the way.

    Args:
        beside: called where nothing has been done yet, for those that we are compared with.
    """
    from provisioning import fleet, release
    from provisioning.fleet import planning
    from provisioning.models import Release

    with fleets.built(name, size), platform():
        nothing = min(_timed(fleet.upgrade) for _ in range(3)) / size
        origin = release.ensure()
        with override_settings(MIGRATION_MODULES=THREE):
            target: Release = release.ensure()
            plan = _timed(lambda: planning.plan(origin, target))
            beside()
            began = time.perf_counter()
            outcome = fleet.upgrade(jobs=2)
            spent = time.perf_counter() - began
    # django-tenants writes the shared apps' migrations down in regions, too: drift, to us.
    assert len(outcome.failed) in {0, 2 * SAMPLE}, outcome.failed
    done = len(outcome.results) - len(outcome.failed)
    further = (spent - nothing * size) / done  # without what a fleet costs however little is done
    return {"nothing": nothing, "column": spent / done, "further": further, "plan": plan}


def _stock() -> dict[str, float]:
    """Return django-tenants' seconds a region, by what there was to do and by executor."""
    spent: dict[str, float] = {}
    for number, executor in enumerate(("standard", "multiprocessing")):
        first = number * SAMPLE
        schemas = [f"r_kota_{n}" for n in range(first, first + SAMPLE)]
        for name, modules in (("column", THREE), ("nothing", THREE)):
            given = {"BALAI_STOCK_SPECIMEN": modules["specimen"]}
            took = fleets.stock("tests.load.stock_migrate", executor, *schemas, environment=given)
            spent[f"{name} {executor}"] = took[0] / SAMPLE
    return spent


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
