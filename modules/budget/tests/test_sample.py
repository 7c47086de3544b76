"""The sample year comes and goes whole."""

import random
import time
from typing import Any

import pytest

from modules.budget import sample
from modules.budget.models import Heading, Line, Snapshot, Total
from modules.budget.sample import course, plan
from modules.budget.selectors import overview, watch
from modules.budget.selectors.shown import choose
from modules.budget.states import Kind, Side

pytestmark = pytest.mark.django_db


def test_samples_come_and_go_whole(clock: Any, in_region: Any) -> None:
    assert sample.load() == 5
    assert sample.load() == 5
    assert set(Snapshot.objects.values_list("sample", "state")) == {(True, "published")}
    shown = choose()
    assert shown is not None
    assert (shown.snapshot.year, shown.snapshot.as_of.isoformat()) == (2026, "2026-10-31")
    sides = overview.sides(shown.snapshot)
    assert 4.5e12 < sides[Side.SPENDING].revised < 7.5e12
    assert set(sides) == set(Side)
    agencies = overview.by(shown.snapshot, Side.SPENDING, Kind.AGENCY)
    assert len(agencies) == len(plan.OFFICES) + plan.MOST_DISTRICTS
    linked = Heading.objects.filter(kind=Kind.AGENCY, agency__isnull=False)
    assert linked.count() >= len(plan.OFFICES) - 2
    assert watch.behind(shown.snapshot, Kind.AGENCY, points=15, least=0).exists()
    steps = [step.figures.realised for step in overview.course(shown.snapshot, Side.SPENDING)]
    assert steps == sorted(steps)
    assert sample.clear() == 5
    for model in (Snapshot, Line, Total, Heading):
        assert not model.objects.exists(), model


def test_an_own_budget_is_left_alone(year: Snapshot) -> None:
    assert sample.load() == 0
    assert sample.clear() == 0
    assert Line.objects.filter(snapshot=year).exists()


def test_a_whole_year_has_about_two_thousand_lines() -> None:
    made = course.lines(random.Random(1), [str(n) for n in range(13)], 1.0)
    assert 1_700 < len(made) < 2_300
    assert len({(one.agency, one.programme, one.activity, one.account) for one in made}) == len(
        made
    )


@pytest.mark.soak
def test_a_whole_year_is_there_soon_with_something_in_every_list(
    clock: Any, in_region: Any, settings: Any
) -> None:
    settings.SAMPLE_SCALE = 1.0
    begun = time.monotonic()
    sample.load()
    assert time.monotonic() - begun < 15
    shown = choose()
    assert shown is not None
    assert watch.over(shown.snapshot).exists()
    start = watch.before_rush(shown.snapshot)
    assert start is not None
    assert watch.rushed(shown.snapshot, start, percent=40, least=0).exists()
    assert overview.changes(shown.snapshot, Side.SPENDING, Kind.ACTIVITY, 5)
