"""An import whose workers are killed in the middle goes on exactly where it was (D-01)."""

import subprocess
import sys
import time
from typing import Any

import pytest

from tests.durability import harness

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds processes in /proc"),
]

COUNT = 6_000
PARTS = (("worker",), ("worker",), ("relay",), ("worker", "relay"))
RUN = "SELECT state, done, created, failed FROM importing_importrun"


def test_d01_killed_workers_take_every_row_of_a_table_once(django_db_blocker: Any) -> None:
    with harness.city(django_db_blocker) as city:
        command = (sys.executable, "-m", "tests.durability.old_table", str(COUNT))
        subprocess.run(command, env=city.environment, check=True)
        places = []
        for round_ in range(6):
            time.sleep(0.5)
            [(state, done, *_counts)] = city.rows(RUN)
            if state == "done":
                break
            places.append(done)
            for part in PARTS[round_ % len(PARTS)]:
                city.kill(part)
        deadline = time.monotonic() + 90
        while city.rows(RUN)[0][0] != "done" and time.monotonic() < deadline:
            time.sleep(0.2)
        assert city.rows(RUN) == [("done", COUNT, COUNT, 0)]
        whole = "SELECT count(*), count(DISTINCT external_id) FROM complaints_outsidecase"
        assert city.rows(whole) == [(COUNT, COUNT)]
        assert city.rows("SELECT count(*), count(DISTINCT number) FROM complaints_complaint") == [
            (COUNT, COUNT)
        ]
        lines = "SELECT count(*) FROM complaints_entry WHERE move = 'import'"
        assert city.rows(lines) == [(COUNT,)]
        # It was cut off in the middle: the trial tried something.
        assert any(0 < done < COUNT for done in places), places
