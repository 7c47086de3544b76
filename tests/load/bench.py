"""``make bench``: every ``bench_*.py`` beside this file, one table of ratios of one run."""

import os
import sys
import time
from importlib import import_module
from pathlib import Path

from balai import embedded

DATABASE = "balai_bench"


def main(only: list[str]) -> int:
    """Run the benches (or those named), print the table, return 1 if a demand is not met."""
    os.environ["BALAI_STATE"] = os.environ.get("BALAI_BENCH_STATE", ".balai-test")
    os.environ["DJANGO_SETTINGS_MODULE"] = "balai.settings.test"
    services = embedded.start(Path(os.environ["BALAI_STATE"]))
    os.environ.update(services.environment())
    try:
        return _run(only)
    finally:
        services.close()


def _run(only: list[str]) -> int:
    import django

    django.setup()
    from tests.support import database

    template, rows = database.build_template(), []
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if only and path.stem.removeprefix("bench_") not in only:
            continue
        database.clone(template, DATABASE)  # what one bench wrote is no burden of the next
        began = time.monotonic()
        print(f"{path.stem} ...", end=" ", flush=True)
        rows += import_module(f"tests.load.{path.stem}").measure()
        print(f"{time.monotonic() - began:.0f} s", flush=True)
    database.drop(DATABASE)
    width = max(len(row.name) for row in rows)
    for row in rows:
        print(
            f"{row.name:<{width}}  {row.value:>12}  {row.demand:>12}  {'' if row.ok else 'NOT MET'}"
        )
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
