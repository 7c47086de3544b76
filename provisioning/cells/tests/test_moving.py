"""A region moves: paused, copied, verified, switched; killed at any point it is in one cell."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone
from typer.testing import CliRunner

from balai import context, tasks
from balai.away import AwayError, why
from balai.context import Region as Frozen, platform, region_context
from balai.workcal.models import Holiday
from provisioning.cells import moving, survey
from provisioning.cells.moving import copying, engine, fence
from provisioning.models import MoveState, RegionMove
from provisioning.models.move import BEFORE_SWITCH, NEXT, OVER, UNDER_WAY
from tenants import directory, pausing
from tenants.models import Region
from tests.support.client import CityClient

pytestmark = pytest.mark.usefixtures("on_platform", "city")


def here(city: Region) -> Frozen:
    directory.invalidate()
    region = directory.by_schema(city.schema_name)
    assert region is not None
    return region


def days(region: Frozen) -> int:
    with region_context(region):
        return Holiday.objects.count()


def add_day(region: Frozen, year: int) -> None:
    from datetime import date

    with region_context(region):
        Holiday.objects.create(date=date(year, 2, 3), name="Hari jadi")


def other(cell: str) -> str:
    return "main" if cell == "timur" else "timur"


def places(schema: str) -> set[str]:
    """Return the cells in which a schema of this name is that its own role may enter."""
    found = set()
    for cell in ("main", "timur"):
        if schema in survey.schemas(cell):
            found.add(cell)
    return found


@pytest.fixture(autouse=True)
def tidy(city: Region) -> Iterator[None]:
    yield
    moving.finish(city.slug)
    RegionMove.objects.all().delete()


def test_a_region_moves_there_and_back_with_all_it_has(city: Region) -> None:
    for year in (2090, 2091):
        before = here(city)
        told: list[str] = []
        add_day(before, year)
        count = days(before)
        target = other(before.cell)
        done = moving.move(city.slug, target, told.append)
        after = here(city)
        assert (after.cell, after.moving, done.state) == (target, False, MoveState.KEPT)
        assert after.role != before.role
        assert days(after) == count
        assert done.tables["workcal_holiday"][0] == count
        assert done.rows > 100
        assert done.pause_ms is not None
        assert any("switched" in line for line in told)
        add_day(after, year + 5)  # the sequence went along
        with pytest.raises(DatabaseError):  # the old copy is out of its role's reach
            days(before)
        assert places(city.schema_name) == {target}
        [gone] = moving.finish(city.slug)
        assert gone.state == MoveState.FINISHED
        with pytest.raises(DatabaseError):
            days(before)


def test_a_second_copy_is_dropped_after_seven_days(city: Region) -> None:
    target = other(here(city).cell)
    row = moving.move(city.slug, target)
    with pytest.raises(moving.MoveError, match="lives in"):
        moving.move(city.slug, target)
    with pytest.raises(moving.MoveError, match="--finish"):
        moving.move(city.slug, row.source)
    assert moving.sweep() == []
    RegionMove.objects.filter(pk=row.pk).update(finished_at=timezone.now() - engine.KEPT_FOR)
    assert [item.state for item in moving.sweep()] == [MoveState.FINISHED]
    for slug, cell, said in (("nobody", "main", "no region"), (city.slug, "utara", "no cell")):
        with pytest.raises(moving.MoveError, match=said):
            moving.move(slug, cell)


def fork(work: Callable[[], object]) -> int:
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def dies_at(point: str, city: Region, target: str) -> None:
    """Move and end this process (SIGKILL) at ``point``: "copy" is within, "PAUSED+" just after."""

    def end(*_args, **_options):
        os.kill(os.getpid(), signal.SIGKILL)

    if point == "fence":
        fence.raise_fence = end
    elif point == "rows":
        copying._end = end
    elif point == "aside":
        fence.put_aside = end
    else:
        whole = engine._to

        def to(row, state):
            if f"{state}-" == point:
                end()
            whole(row, state)
            if f"{state}+" == point and not connection.in_atomic_block:
                end()

        engine._to = to
    moving.move(city.slug, target)


SWEPT, AGAIN = "the sweeper", "a second run"
POINTS = [("rows", SWEPT), ("switched-", AGAIN), ("kept-", SWEPT)]
MORE = [(point, who) for point in ("paused-", "fence", "rows", "copied-", "copied+", "switched-",
                                   "aside", "kept-") for who in (SWEPT, AGAIN)]  # fmt: skip


@pytest.mark.parametrize(
    ("point", "who"),
    [
        *POINTS,
        *(pytest.param(*item, marks=pytest.mark.soak) for item in MORE if item not in POINTS),
    ],
)
def test_killed_at_any_point_it_is_in_exactly_one_cell(city: Region, point: str, who: str) -> None:
    before = here(city)
    target = other(before.cell)
    count = days(before)
    assert fork(lambda: dies_at(point, city, target)) == signal.SIGKILL
    after = here(city)
    row = RegionMove.objects.get(region=city)
    switched = point in {"aside", "kept-"}
    assert (after.cell == target) == switched == (row.state not in BEFORE_SWITCH)
    assert days(after) == count, "it is read wherever it is"
    writable = point in {"paused-", "aside", "kept-"}
    assert after.moving != writable
    late = before if switched else after
    if point not in {"paused-", "fence"}:
        with pytest.raises(DatabaseError):
            add_day(late, 2080)  # nobody writes to the source any more, whatever he believes
    if who == SWEPT:
        assert [item.region_id for item in moving.sweep()] == [city.pk]
        assert here(city).cell == after.cell
        assert RegionMove.objects.get().state in {MoveState.UNDONE, MoveState.KEPT}
    else:
        assert moving.move(city.slug, target).state == MoveState.KEPT
        assert here(city).cell == target
    settled = here(city)
    assert not settled.moving
    assert days(settled) == count
    add_day(settled, 2100 + 20 * MORE.index((point, who)))
    assert places(city.schema_name) == {settled.cell}


def test_a_copy_that_differs_is_taken_back_and_writes_go_on(
    city: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = here(city)
    whole = copying._pump

    def loses(pool, source, target, copy_sql):
        count = whole(pool, source, target, copy_sql)
        if "workcal_holiday" in copy_sql:
            with target.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {city.schema_name}.workcal_holiday SET name = name || '.' WHERE id = 1"
                )
        return count

    monkeypatch.setattr(copying, "_pump", loses)
    with pytest.raises(moving.MoveError, match="workcal_holiday differs"):
        moving.move(city.slug, other(before.cell))
    row = RegionMove.objects.get()
    assert row.state == MoveState.UNDONE
    assert here(city) == before
    add_day(before, 2070)
    assert places(city.schema_name) == {before.cell}


def test_a_writer_that_does_not_end_is_waited_for_and_then_the_move_is_taken_back(
    city: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fence, "PATIENCE", 0.2)
    region = here(city)
    ready, go = threading.Event(), threading.Event()

    def write() -> None:
        with region_context(region), transaction.atomic():
            Holiday.objects.filter(pk=1).update(name="lama")
            ready.set()
            go.wait(20)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    ready.wait(20)
    try:
        with pytest.raises(moving.MoveError, match="has been writing"):
            moving.move(city.slug, other(region.cell))
    finally:
        go.set()
        writer.join()
    assert not here(city).moving
    add_day(region, 2071)


def test_meanwhile_reads_go_on_reports_wait_and_the_rest_comes_back(
    city: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = here(city)
    move = RegionMove.objects.create(
        region=city, source=region.cell, target=other(region.cell), schema=region.schema,
        old_role=region.role, new_role="r_x",
    )  # fmt: skip
    with engine.desk_for(move, lambda _: None) as desk:
        engine._pause(move, desk)
        fence.raise_fence(desk.source, region.schema, region.role)
    paused = here(city)
    assert paused.moving
    client = CityClient(paused, raise_request_exception=False)
    assert client.get("/complaints/").status_code == 200
    refused = client.post("/language/", {"language": "en"})
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert 'href="tel:112"' in refused.content.decode()
    # A process that has not heard of it meets the fence, and says the same.
    with region_context(region), pytest.raises(DatabaseError) as caught:
        Holiday.objects.create(date=timezone.now().date(), name="Hari lain")
    with region_context(region):
        assert isinstance(why(caught.value), pausing.RegionMovingError)
    assert_tasks_come_back(region, caught.value, monkeypatch)
    from balai.outbox import places as outbox_places

    assert region.schema not in outbox_places.everywhere()
    assert_reports_wait(city, client, monkeypatch)
    assert moving.sweep()[0].state == MoveState.UNDONE
    assert not here(city).moving


def assert_tasks_come_back(region: Frozen, error: Exception, monkeypatch) -> None:
    """A task that meets the fence is sent again instead of failing; no round begins here."""
    sent: list[dict] = []

    @tasks.region_task(name="test.cells.writes")
    def writes() -> None:
        raise error

    monkeypatch.setattr(writes, "retry", lambda **options: sent.append(options) or error)
    writes.push_request(called_directly=False, headers={tasks.HEADER: region.schema})
    try:
        with pytest.raises(DatabaseError):
            writes()
    finally:
        writes.pop_request()
    assert [options["countdown"] for options in sent] == [pausing.RegionMovingError.retry_after]


def assert_reports_wait(city: Region, client: CityClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pausing, "PATIENCE", 0.15)
    began = time.monotonic()
    assert client.post("/complaints/new/", {}).status_code == 503
    assert time.monotonic() - began >= 0.15, "a report waits before it gives up"
    monkeypatch.setattr(pausing, "PATIENCE", 10.0)
    slept: list[float] = []

    def settle(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            with platform():
                Region.objects.filter(pk=city.pk).update(moving_since=None)
            directory.invalidate()

    monkeypatch.setattr(pausing.time, "sleep", settle)
    assert client.post("/complaints/new/", {}).status_code != 503
    assert len(slept) == 3, "it went on as soon as the region was settled"
    monkeypatch.undo()
    with platform():
        Region.objects.filter(pk=city.pk).update(moving_since=timezone.now())


def test_the_table_of_states() -> None:
    assert set(NEXT) == set(MoveState.values)
    assert set(MoveState.values) == UNDER_WAY | OVER
    assert not UNDER_WAY & OVER
    for state in MoveState:
        for wanted in MoveState:
            row = RegionMove(state=state)
            if wanted not in NEXT[state]:
                with pytest.raises(moving.MoveError):
                    engine._to(row, wanted)
    assert all(MoveState.UNDOING in NEXT[state] for state in BEFORE_SWITCH)


def test_the_command_line(city: Region) -> None:
    from provisioning.cli import app

    target = other(here(city).cell)
    run = CliRunner().invoke
    done = run(app, ["region", "move", city.slug, target, "--json"])
    assert '"state": "kept"' in done.output, done.output
    assert run(app, ["region", "move", city.slug, "--finish"]).exit_code == 0
    assert run(app, ["region", "move", city.slug, "--undo"]).exit_code == 1
    assert run(app, ["region", "move", city.slug]).exit_code == 1
    assert issubclass(pausing.RegionMovingError, AwayError)
    assert context.current() == context.PLATFORM
