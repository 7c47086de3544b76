"""The one door for states: the whole table, twice asked, both audits, the directory; then dues."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from balai.audit.models import Entry
from balai.context import platform, region_context
from provisioning.lifecycle import dues
from provisioning.lifecycle.dues import Stage
from provisioning.lifecycle.moves import MoveRefusedError, history, move
from provisioning.models import Dues, StateChange
from tenants import directory
from tenants.models import Region
from tenants.states import NEXT, State

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 5, 0, tzinfo=UTC)  # noon in Jakarta


@pytest.fixture
def row(region) -> Region:
    with platform():
        return Region.objects.get(pk=region.id)


def _put(row: Region, state: State) -> None:
    with platform():
        row.state = state
        row.save(update_fields=["state"])


def test_the_table_is_walked_completely(row) -> None:
    for before, after in product(State, State):
        _put(row, before)
        count = len(history(row.pk))
        if before == after:
            move(row, after, by="test", why="again")
        elif after in NEXT[before]:
            assert move(row, after, by="test", why="walk") is row
            assert history(row.pk)[0].before == before
            count += 1
        else:
            with pytest.raises(MoveRefusedError):
                move(row, after, by="test", why="walk")
            assert row.state == before
        assert len(history(row.pk)) == count


def test_a_move_is_written_down_in_both_places_and_known_at_once(
    row, region, django_capture_on_commit_callbacks
) -> None:
    assert directory.by_host(region.host.partition(":")[0]).state == "sandbox"
    with django_capture_on_commit_callbacks(execute=True):
        move(row, State.ACTIVE, by="Ani", why="Ready")
    live = directory.by_host(region.host.partition(":")[0])
    assert (live.state, row.sandbox_until) == ("active", None)
    with platform():
        opened, change = StateChange.objects.filter(region=row).order_by("at")
        ours = Entry.objects.filter(action="region.moved", target=row.schema_name).first()
    assert (opened.before, opened.after) == ("building", "sandbox")
    assert (change.by, change.why, ours.after) == ("Ani", "Ready", {"state": "active"})
    with region_context(live):
        theirs = Entry.objects.filter(action="region.moved").first()
    assert (theirs.before, theirs.reason) == ({"state": "sandbox"}, "Ready")


@pytest.mark.parametrize(
    ("days", "stage", "state"),
    [
        (0, Stage.BANNER, State.PAST_DUE), (1, Stage.BANNER, State.PAST_DUE),
        (30, Stage.BANNER, State.PAST_DUE), (31, Stage.REMINDERS, State.PAST_DUE),
        (60, Stage.REMINDERS, State.PAST_DUE), (61, Stage.RESTRICTED, State.RESTRICTED),
        (400, Stage.RESTRICTED, State.RESTRICTED),
    ],
)  # fmt: skip
def test_each_day_has_its_stage_from_each_state_and_the_way_back(row, days, stage, state) -> None:
    for before in sorted(dues.REVIEWED):
        _put(row, before)
        for _twice in range(2):
            found = dues.review(row, overdue_since=NOON - timedelta(days=days), now=NOON)
            assert found == dues.Review(stage, days, state)
            seen = len(history(row.pk))
        assert dues.overdue_since(row.pk) == NOON - timedelta(days=days)
        dues.review(row, overdue_since=NOON - timedelta(days=days), now=NOON)
        assert len(history(row.pk)) == seen
    assert dues.review(row, overdue_since=None).state == State.ACTIVE
    assert dues.overdue_since(row.pk) is None


def test_days_are_the_regions_own_and_a_future_bill_is_none(row) -> None:
    row.timezone = "Asia/Jayapura"
    with platform():
        row.save(update_fields=["timezone"])
    _put(row, State.ACTIVE)
    late = datetime(2026, 6, 1, 14, 30, tzinfo=UTC)  # 23:30 in Jayapura, 21:30 in Jakarta
    hour = timedelta(hours=1)
    assert dues.review(row, overdue_since=late, now=late + hour).day == 1
    assert dues.review(row, overdue_since=late + hour, now=late).stage == Stage.PAID


def test_bills_never_touch_a_region_that_is_not_live_or_ends(row) -> None:
    for state in set(State) - dues.REVIEWED:
        _put(row, state)
        assert dues.review(row, overdue_since=NOON - timedelta(days=90), now=NOON) is None
        assert row.state == state
    with platform():
        assert not Dues.objects.exists()
        assert not StateChange.objects.filter(by=dues.CLOCK).exists()
