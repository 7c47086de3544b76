"""The life of an app, walked completely through the service; the plan runs by the clock."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from balai.outbox.models import Event
from modules.catalogue import tasks, workflow
from modules.catalogue.services import moving
from modules.catalogue.states import State
from modules.catalogue.workflow import NotAllowed

pytestmark = pytest.mark.django_db


def told(move: workflow.Move) -> dict:
    """Return what a move asks for."""
    answers = {"reason": "Digabung", "retire_on": timezone.localdate()}
    return {name: answers[name] for name in move.asks}


def test_every_move_from_every_state(manager, make_app) -> None:
    walked = 0
    for number, move in enumerate(workflow.MOVES):
        for state in State:
            day = timezone.localdate() if state == State.RETIRING else None
            app = make_app(f"App {number} {state}", state=state, retire_on=day)
            if state in move.sources:
                moved = moving.move(move.name, app=app, by=manager, **told(move))
                assert moved.state == move.target
                assert Event.objects.filter(topic=move.topic, key=app.slug).exists()
                walked += 1
            else:
                with pytest.raises(NotAllowed):
                    moving.move(move.name, app=app, by=manager, **told(move))
    assert walked == sum(len(move.sources) for move in workflow.MOVES)


def test_what_a_move_needs(manager, make_app, make_user) -> None:
    app, gone = make_app(), make_app("Lama", state=State.RETIRED)
    with pytest.raises(NotAllowed):
        moving.move("plan", app=app, by=manager, reason="x", retire_on=date(2020, 1, 1))
    with pytest.raises(NotAllowed):
        moving.move("retire", app=app, by=manager, reason=" ")
    for instead in (app, gone):
        with pytest.raises(NotAllowed):
            moving.move("retire", app=app, by=manager, reason="x", replaced_by=instead)
    with pytest.raises(PermissionDenied):
        moving.move("retire", app=app, by=make_user("viewer"), reason="x")


def test_the_plan_is_carried_out_the_day_after(manager, make_app) -> None:
    app, other = make_app(), make_app("Baru")
    today = timezone.localdate()
    moving.move("plan", app=app, by=manager, reason="Digabung", retire_on=today, replaced_by=other)
    assert tasks.retire_due() == 0
    assert moving.retire_due(today=today + timedelta(days=1)) == 1
    app.refresh_from_db()
    assert (app.state, app.replaced_by, app.state_note) == (State.RETIRED, other, "Digabung")
