"""Apply an upgrade to all regions: a canary first, then several at a time, errors listed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock
from time import monotonic
from typing import Any, Final

import structlog
from django.db import connections

from balai.context import platform
from provisioning import release
from provisioning.fleet import apply, planning, survey
from provisioning.models import Release, UpgradePlan
from provisioning.release import fingerprint
from tenants.models import Region
from tenants.states import State

log = structlog.get_logger(__name__)
DRIFT: Final = "its structure is that of no known release (drift)"
CORRUPTED: Final = "XX001"  # what a step says of a structure it does not begin with
Tell = Callable[["Result", int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A region and the steps it lacks."""

    region: Region
    steps: list[planning.Step]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one region; ``error`` is empty when it is at the release now."""

    slug: str
    seconds: float
    error: str = ""


@dataclass(slots=True)
class Outcome:
    """What an upgrade did."""

    target: str
    current: int = 0
    results: list[Result] = field(default_factory=list)
    untried: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failed(self) -> list[Result]:
        """The regions that are not at the release."""
        return [result for result in self.results if result.error]

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {"target": self.target, "already_current": self.current, "seconds": self.seconds,
                "upgraded": len(self.results) - len(self.failed), "untried": self.untried,
                "failed": [asdict(result) for result in self.failed]}  # fmt: skip

    def lines(self) -> list[str]:
        """Return it for people."""
        done = len(self.results) - len(self.failed)
        lines = [f"{done} upgraded, {self.current} were at the release, {len(self.failed)} failed,"
                 f" {len(self.untried)} not tried; {self.seconds:.2f} s"]  # fmt: skip
        lines += [f"{result.slug}: {result.error}" for result in self.failed]
        return lines


def upgrade(*, jobs: int = 4, tell: Tell | None = None) -> Outcome:
    """Bring every region to the release of the running code.

    Killed at any moment and run again it does exactly the rest: a region's step commits with
    its row in ``django_migrations`` or not at all.

    Args:
        jobs: regions at a time.
        tell: called with each result, the number of regions dealt with, and of all to do.
    """
    began = monotonic()
    with platform():
        target = release.ensure()
        outcome, todo = _sort(target)
        canary = _canary(todo, outcome)
        rendering = apply.render([step for job in todo for step in job.steps])
        told = _Told(tell, len(todo))
        if canary:
            first = told(_upgrade(canary, rendering))
            outcome.results.append(first)
            rest = [job for job in todo if job is not canary]
            if first.error:
                outcome.untried += [job.region.slug for job in rest]
            else:
                outcome.results += _all(rest, rendering, jobs, told)
    outcome.seconds = round(monotonic() - began, 3)
    return outcome


def _sort(target: Release) -> tuple[Outcome, list[Job]]:
    """Return who is done, who cannot be helped, and the jobs for the others."""
    regions = list(survey.living())
    seen, away = _believed(regions, target)
    outcome, todo = Outcome(target.fingerprint), []
    marks = {mark for mark in seen.values() if mark != target.fingerprint}
    problems = _make_plans(marks, target)
    plans = list(UpgradePlan.objects.filter(target=target.fingerprint))
    for region in regions:
        mark = seen.get(region.schema_name, "")
        steps = _remaining(mark, plans)
        if region.cell_id in away:
            outcome.results.append(Result(region.slug, 0.0, "its cell cannot be reached"))
        elif region.moving_since is not None:
            outcome.untried.append(region.slug)
        elif mark == target.fingerprint:
            outcome.current += 1
        elif steps:
            todo.append(Job(region, steps))
        else:
            why = problems.get(mark, DRIFT)
            outcome.results.append(Result(region.slug, 0.0, why if mark else "it has no schema"))
    return outcome, todo


def _believed(regions: list[Region], target: Release) -> tuple[dict[str, str], set[str]]:
    """Return each region's fingerprint as its applied migrations tell it.

    Its structure is looked at where they leave it open, and by each step before it changes
    anything; that of regions with nothing to do is `fleet status`' affair.
    """
    halves, away = survey.marks(regions, fingerprint.applied_of_all)
    known: defaultdict[str, set[str]] = defaultdict(set)
    for mark in (*Release.objects.values_list("fingerprint", flat=True), *_between(target)):
        known[survey.applied_half(mark)].add(mark)
    known[survey.applied_half(target.fingerprint)] = {target.fingerprint}
    open_to_doubt = [
        region for region in regions if len(known[halves.get(region.schema_name, "")]) != 1
    ]
    looked, _ = survey.marks(open_to_doubt)
    told = {name: next(iter(known[half])) for name, half in halves.items() if len(known[half]) == 1}
    return told | looked, away


def _between(target: Release) -> Iterator[str]:
    for plan in UpgradePlan.objects.filter(target=target.fingerprint):
        yield from (step["before"] for step in plan.steps)


def _canary(todo: list[Job], outcome: Outcome) -> Job | None:
    """Return the first to be upgraded: a sandbox if there is one, and none with drift.

    Its failure stops the others, so its structure is looked at beforehand.
    """
    for job in sorted(todo, key=lambda job: job.region.state != State.SANDBOX):
        mark = survey.marks([job.region])[0].get(job.region.schema_name, "")
        if _fits(mark, job.steps[0]):
            return job
        todo.remove(job)
        outcome.results.append(Result(job.region.slug, 0.0, DRIFT))
    return None


def _make_plans(marks: Iterable[str], target: Release) -> dict[str, str]:
    problems = {}
    ours = {tuple(key) for key in target.migrations}
    for origin in Release.objects.filter(fingerprint__in=marks):
        if not {tuple(key) for key in origin.migrations} < ours:
            problems[origin.fingerprint] = "it is ahead of this code"
            continue
        try:
            planning.plan(origin, target)
        except planning.PlanError as error:
            problems[origin.fingerprint] = str(error)
    return problems


def _remaining(mark: str, plans: list[UpgradePlan]) -> list[planning.Step]:
    for plan in plans:
        for index, step in enumerate(plan.steps):
            if _fits(mark, step):
                return list(plan.steps[index:])
    return []


def _fits(mark: str, step: planning.Step) -> bool:
    """Tell whether a region with this fingerprint stands before the step."""
    loose = step["kind"] == planning.ALONE
    half = survey.applied_half(mark) == survey.applied_half(step["before"])
    return bool(step["before"] == mark or (loose and half))


def _all(todo: list[Job], rendering: apply.Rendering, jobs: int, told: "_Told") -> list[Result]:
    queue: SimpleQueue[Job] = SimpleQueue()
    for job in todo:
        queue.put(job)
    results: list[Result] = []

    def work() -> None:
        try:
            while True:
                results.append(told(_upgrade(queue.get_nowait(), rendering)))
        except Empty:
            return
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=max(1, min(jobs, len(todo)))) as pool:
        for done in [pool.submit(work) for _ in range(min(jobs, len(todo)))]:
            done.result()
    return results


def _upgrade(job: Job, rendering: apply.Rendering) -> Result:
    began = monotonic()
    try:
        for step in job.steps:
            apply.run(job.region, step, rendering)
    except Exception as error:  # one region's trouble is told, the others go on
        log.warning("region_upgrade_failed", region=job.region.slug, error=str(error))
        drifted = getattr(error.__cause__, "pgcode", "") == CORRUPTED
        why = DRIFT if drifted else str(error).strip() or repr(error)
        return Result(job.region.slug, monotonic() - began, why)
    return Result(job.region.slug, monotonic() - began)


class _Told:
    """Counts the results of several workers and passes each on, one at a time."""

    def __init__(self, tell: Tell | None, total: int) -> None:
        self.tell, self.total, self.done = tell, total, 0
        self.lock = Lock()

    def __call__(self, result: Result) -> Result:
        with self.lock:
            self.done += 1
            if self.tell:
                self.tell(result, self.done, self.total)
        return result
