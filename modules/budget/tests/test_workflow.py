"""The table of moves, walked whole, and who may make them."""

from collections.abc import Callable
from typing import Any

import pytest

from balai.audit.models import Entry
from modules.budget import workflow
from modules.budget.models import Line, Snapshot, Total
from modules.budget.services import publishing
from modules.budget.states import State
from modules.budget.workflow import NotAllowed

from .conftest import OCTOBER

pytestmark = pytest.mark.django_db


def test_every_move_from_every_state(state: Callable, make_user: Callable) -> None:
    admin = make_user("admin")
    for name in ("publish", "withdraw", "delete"):
        move = workflow.get(name)
        for source in State:
            row = state(OCTOBER, publish=False)
            Snapshot.objects.filter(pk=row.pk).update(state=source)
            if source in move.sources:
                left = publishing.move(snapshot=row, name=name, by=admin)
                assert (left.state if left else None) == move.target
                assert Entry.objects.filter(action=move.topic, target=str(row.uuid)).exists()
            else:
                with pytest.raises(NotAllowed):
                    publishing.move(snapshot=row, name=name, by=admin)
                assert Snapshot.objects.get(pk=row.pk).state == source
            Total.objects.all().delete()
            Line.objects.all().delete()
            Snapshot.objects.all().delete()
    assert {name for one in State for name in workflow.possible(one)} == {
        move.name for move in workflow.MOVES
    }


def test_others_may_not_and_a_deleted_state_is_gone_whole(
    year: Snapshot, make_user: Callable
) -> None:
    with pytest.raises(NotAllowed):
        publishing.move(snapshot=year, name="withdraw", by=make_user("leader"))
    publishing.move(snapshot=year, name="withdraw", by=None)
    publishing.move(snapshot=year, name="delete", by=None)
    for model in (Line, Total):
        assert not model.objects.filter(snapshot=year.pk).exists()
    with pytest.raises(NotAllowed):
        publishing.move(snapshot=year, name="publish", by=None)
    assert Snapshot.objects.get().as_of.month == 9


def test_the_elapsed_year() -> None:
    def elapsed(year: int, day: Any) -> float:
        return round(Snapshot(year=year, as_of=day).elapsed, 3)

    assert elapsed(2026, OCTOBER) == 0.833
    assert elapsed(2027, OCTOBER) == 0, "planned before the year began"
    assert elapsed(2025, OCTOBER) == 1
    assert elapsed(2024, OCTOBER.replace(year=2024, month=12, day=31)) == 1
