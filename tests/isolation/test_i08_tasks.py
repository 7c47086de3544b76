"""I-08: jobs with retries, errors, chains, chords and killed children stay in their region."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from celery import current_app
from celery.beat import Service
from django.conf import settings

from balai import context
from balai.celery import app
from balai.supervise.fleet import programs
from balai.tasks import HEADER, RegionMissing, RegionTask, beat_schedule, fan_out, regions
from tests.dummy.specimen.models import Note
from tests.support import database
from tests.support.region_jobs import where

TASKS = 10_000 if os.environ.get("BALAI_SOAK") else 400
PATIENCE = 900 if os.environ.get("BALAI_SOAK") else 240
KILLS = 6


@dataclass(frozen=True)
class Worker:
    """A running worker: its queue, and what its processes run with."""

    queue: str
    environment: dict[str, str]


@pytest.fixture(scope="module")
def worker(django_db_blocker: pytest.FixtureRequest) -> Iterator[Worker]:
    """Run a real worker of four processes on a database of its own."""
    name = f"balai_i08_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    queue = f"{name}_{uuid.uuid4()}"
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock(), TemporaryDirectory() as folder:  # type: ignore[attr-defined]  # pytest-django's own object
        database.clone(database.build_template(), name)
        shared = {
            "DJANGO_SETTINGS_MODULE": "tests.support.stack_settings",
            "DATABASE_URL": re.sub(r"/[^/]*$", f"/{name}", os.environ["DATABASE_URL"]),
            "CELERY_RESULT_BACKEND": os.environ["REDIS_URL"],
            "BALAI_EXTRA_MODULES": "tests.dummy.specimen",
            "BALAI_STATE": folder,
            "BALAI_QUEUE": queue,
        }
        [program] = programs(("worker",), server=None, environment=shared, jobs=4)
        environment = {**os.environ, **program.environment}
        log = Path(folder, "worker.log")
        with log.open("wb") as output:
            process = subprocess.Popen(
                (*program.command, "-I", "tests.support.region_jobs"),
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            yield Worker(queue, environment)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            print(log.read_text()[-4000:])
            database.drop(name)
            database.use(before)


def test_i08_every_job_runs_in_the_region_that_sent_it(worker: Worker) -> None:
    sender = (sys.executable, "-m", "tests.support.region_sender", str(TASKS), str(KILLS))
    answer = subprocess.run(sender, env=worker.environment, capture_output=True, check=False)
    assert answer.returncode == 0, answer.stderr.decode()[-2000:]
    expected = {schema: set(numbers) for schema, numbers in json.loads(answer.stdout).items()}
    assert sum(map(len, expected.values())) > TASKS * 0.9
    for place in regions():
        wanted = expected[place.schema]
        with context.region_context(place):
            assert _soon(lambda wanted=wanted: wanted <= done()), sorted(wanted - done())[:20]
            texts = set(Note.objects.values_list("text", flat=True))
        jobs = {text for text in texts if re.match(r"(done|tried|undone):", text)}
        assert {text.split(":")[1] for text in jobs} == {place.schema}
        assert not any(text.startswith("undone") for text in jobs)
        assert done_of(jobs) == wanted


def test_i08_a_message_without_a_region_is_refused(worker: Worker) -> None:
    current_app.send_task("i08.where", queue=worker.queue)
    current_app.send_task("i08.where", queue=worker.queue, headers={HEADER: "r_nowhere"})
    current_app.send_task("i08.where", queue=worker.queue, headers={HEADER: ""})
    here = next(iter(regions()))
    with context.region_context(here):
        where.apply_async(queue=worker.queue)
        assert _soon(lambda: Note.objects.filter(text=f"ran in {here.schema}").exists())
    for place in regions():
        with context.region_context(place):
            ran = Note.objects.filter(text__startswith="ran in").count()
        assert ran == (place.schema == here.schema)


def test_i08_nothing_is_sent_without_a_region(db: None) -> None:
    with pytest.raises(context.NoRegionError):
        where.apply_async()
    with pytest.raises(RegionMissing):
        where.apply(throw=True)


def test_i08_a_region_sends_nothing_for_another(region, other_region) -> None:
    with context.region_context(region), pytest.raises(RegionMissing):
        where.apply_async(headers={HEADER: other_region.schema})


def test_i08_no_task_of_ours_is_without_its_region() -> None:
    """A bare Celery task would run nowhere: each is of a region or says it is the platform's."""
    from balai.tasks import PlatformTask

    current_app.loader.import_default_modules()
    ours = {
        name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")
    }
    bare = [name for name, task in ours.items() if not isinstance(task, RegionTask | PlatformTask)]
    assert ours
    assert bare == []


def test_i08_beat_sends_one_task_a_region(cities_sent: Callable[[], list[str]]) -> None:
    current_app.loader.import_default_modules()
    entry = beat_schedule()["balai.outbox.tasks.prune"]
    assert (entry["task"], entry["args"]) == (fan_out.name, ["balai.outbox.tasks.prune"])
    assert fan_out("balai.outbox.tasks.prune") == len(list(regions()))
    assert sorted(cities_sent()) == sorted(place.schema for place in regions())


def test_i08_beat_starts_with_what_modules_declared_and_remembers_when_it_ran(
    tmp_path: Path,
) -> None:
    current_app.loader.import_default_modules()

    def started() -> Service:
        scheduler = app.conf.beat_scheduler  # what the program "celery beat" takes
        return Service(app, scheduler_cls=scheduler, schedule_filename=str(tmp_path / "beat"))

    first = started()
    assert set(beat_schedule()) <= set(first.scheduler.schedule)
    entry = first.scheduler.schedule["modules.prices.tasks.publish_due"]
    ran = entry.last_run_at = entry.last_run_at - timedelta(hours=3)
    first.scheduler.close()
    again = started()
    assert again.scheduler.schedule["modules.prices.tasks.publish_due"].last_run_at == ran
    again.scheduler.close()


@pytest.fixture
def cities_sent(db: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Return a function that tells which schemas tasks were sent for."""
    sent: list[str] = []

    def record(self, *args, headers, **options):
        sent.append(headers[HEADER])

    monkeypatch.setattr("celery.Task.apply_async", record)
    return lambda: sent


def done() -> set[int]:
    return done_of(Note.objects.filter(text__startswith="done:").values_list("text", flat=True))


def done_of(texts) -> set[int]:
    return {int(text.rsplit(":", 1)[1]) for text in texts if text.startswith("done:")}


def _soon(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
    return True
