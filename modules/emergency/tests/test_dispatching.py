"""Units are sent once, their steps are the incident's state, wrong times are put right."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from modules.emergency.models import Category, Incident, Leg, Outcome, Unit
from modules.emergency.selectors.case import courses
from modules.emergency.selectors.crewing import leg_with
from modules.emergency.selectors.timeline import stamps_of
from modules.emergency.services.dispatching import correct, send, set_service, step
from modules.emergency.services.ending import cancel, close, merge
from modules.emergency.services.intake import take
from modules.emergency.states import State, UnitState
from modules.emergency.workflow import NotAllowed


def test_from_sending_to_closing(
    incident: Incident, engine: Unit, dispatcher, crew, outcome
) -> None:
    leg = send(unit=engine, incident=incident, by=dispatcher)
    seen = []
    for name in ("acknowledge", "depart", "arrive", "transport", "clear"):
        step(leg=leg, name=name, by=crew)
        incident.refresh_from_db()
        engine.refresh_from_db()
        seen.append((incident.state, engine.state))
    assert seen == [
        (State.ACKNOWLEDGED, UnitState.ASSIGNED),
        (State.EN_ROUTE, UnitState.EN_ROUTE),
        (State.ON_SCENE, UnitState.ON_SCENE),
        (State.TRANSPORTING, UnitState.TRANSPORTING),
        (State.CLEARED, UnitState.AVAILABLE),
    ]
    closed = close(incident=incident, outcome=outcome, by=dispatcher)
    assert closed.state == State.CLOSED
    assert [row.what for row in incident.stamps.all()] == [
        "taken", "queued", "dispatch", "acknowledge", "depart", "arrive", "transport", "clear",
        "close",
    ]  # fmt: skip


def test_a_busy_unit_is_not_sent_again(incident: Incident, engine: Unit, dispatcher) -> None:
    send(unit=engine, incident=incident, by=dispatcher)
    with pytest.raises(NotAllowed, match="Uji Damkar 1"):
        send(unit=engine, incident=incident, by=dispatcher)


def test_an_incident_is_as_far_as_its_furthest_unit(
    incident: Incident, engine: Unit, dispatcher
) -> None:
    second = Unit.objects.create(callsign="Uji 2", kind="fire", agency=engine.agency)
    first_leg = send(unit=engine, incident=incident, by=dispatcher)
    other_leg = send(unit=second, incident=incident, by=dispatcher)
    step(leg=other_leg, name="arrive", by=dispatcher)
    incident.refresh_from_db()
    assert incident.state == State.ON_SCENE
    step(leg=other_leg, name="clear", by=dispatcher)
    incident.refresh_from_db()
    assert incident.state == State.DISPATCHED, "one unit is still on its way"
    step(leg=first_leg, name="recall", by=dispatcher)
    incident.refresh_from_db()
    assert incident.state == State.CLEARED


def test_everybody_called_back_means_it_waits_again(
    incident: Incident, engine: Unit, dispatcher
) -> None:
    step(leg=send(unit=engine, incident=incident, by=dispatcher), name="recall", by=dispatcher)
    incident.refresh_from_db()
    assert incident.state == State.QUEUED


def test_steps_out_of_order_are_refused_and_repeated_ones_change_nothing(
    incident: Incident, engine: Unit, dispatcher, crew
) -> None:
    leg = send(unit=engine, incident=incident, by=dispatcher)
    with pytest.raises(NotAllowed):
        step(leg=leg, name="clear", by=crew)
    step(leg=leg, name="arrive", by=crew)
    step(leg=leg, name="arrive", by=crew)
    assert incident.stamps.filter(what="arrive").count() == 1


def test_a_crew_without_a_network_says_when_it_was(
    incident: Incident, engine: Unit, dispatcher, crew
) -> None:
    leg = send(unit=engine, incident=incident, by=dispatcher)
    was = timezone.now() - timedelta(minutes=3)
    step(leg=leg, name="arrive", by=crew, at=was)
    assert incident.stamps.get(what="arrive").at == was
    step(leg=leg, name="clear", by=crew, at=timezone.now() + timedelta(hours=1))
    assert incident.stamps.get(what="clear").at <= timezone.now()


def test_only_its_own_crew_and_dispatchers_move_a_unit(
    incident: Incident, engine: Unit, dispatcher, taker, make_user
) -> None:
    leg = send(unit=engine, incident=incident, by=dispatcher)
    for stranger in (make_user("crew"), taker, make_user()):
        with pytest.raises(PermissionDenied):
            step(leg=leg, name="acknowledge", by=stranger)
    with pytest.raises(PermissionDenied):
        send(unit=engine, incident=incident, by=taker)


def test_a_crew_does_not_recall_itself(incident: Incident, engine: Unit, dispatcher, crew) -> None:
    leg = send(unit=engine, incident=incident, by=dispatcher)
    with pytest.raises(PermissionDenied):
        step(leg=leg, name="recall", by=crew)


def test_a_correction_is_a_new_row(incident: Incident, engine: Unit, dispatcher) -> None:
    leg = send(unit=engine, incident=incident, by=dispatcher)
    step(leg=leg, name="arrive", by=dispatcher)
    wrong = incident.stamps.get(what="arrive")
    with pytest.raises(NotAllowed):
        correct(stamp=wrong, at=wrong.at, reason=" ", by=dispatcher)
    for slip in (timedelta(days=365), timedelta(minutes=-5)):
        with pytest.raises(NotAllowed):
            correct(stamp=wrong, at=wrong.at - slip, reason="Salah ketik", by=dispatcher)
    wrong.text = "diam-diam"
    with pytest.raises(TypeError):
        wrong.save()
    earlier = wrong.at - timedelta(minutes=2)
    right = correct(stamp=wrong, at=earlier, reason="Radio lebih dulu", by=dispatcher)
    wrong.refresh_from_db()
    assert (right.corrects, right.at) == (wrong, earlier)
    assert wrong.at != earlier


def test_out_of_service_and_back(engine: Unit, crew, incident: Incident, dispatcher) -> None:
    assert set_service(unit=engine, available=False, by=crew).state == UnitState.OUT_OF_SERVICE
    with pytest.raises(NotAllowed):
        send(unit=engine, incident=incident, by=dispatcher)
    set_service(unit=engine, available=True, by=crew)
    send(unit=engine, incident=incident, by=dispatcher)
    with pytest.raises(NotAllowed):
        set_service(unit=engine, available=False, by=crew)


def test_closing_without_a_unit_needs_a_supervisor_and_a_reason(
    incident: Incident, dispatcher, supervisor, outcome: Outcome
) -> None:
    with pytest.raises(NotAllowed):
        close(incident=incident, outcome=outcome, by=supervisor)
    with pytest.raises(PermissionDenied):
        close(incident=incident, outcome=outcome, note="Sudah padam", by=dispatcher)
    done = close(incident=incident, outcome=outcome, note="Sudah padam", by=supervisor)
    assert (done.state, done.outcome) == (State.CLOSED, outcome)


def test_cancelling_calls_units_back_but_where_one_has_been_there_is_an_outcome(
    incident: Incident, engine: Unit, dispatcher, told, taker
) -> None:
    leg = send(unit=engine, incident=incident, by=dispatcher)
    step(leg=leg, name="arrive", by=dispatcher)
    with pytest.raises(NotAllowed, match="Uji Damkar 1"):
        cancel(incident=incident, note="Salah lapor", by=dispatcher)
    step(leg=leg, name="clear", by=dispatcher)
    send(unit=engine, incident=incident, by=dispatcher)
    with pytest.raises(NotAllowed, match="outcome|hasil"):
        cancel(incident=incident, note="Salah lapor", by=dispatcher)
    assert incident.legs.filter(state="dispatched").exists(), "nobody was called back by that"
    other = take(told=told(), taker=taker).incident
    second = Unit.objects.create(callsign="Uji 2", kind="fire", agency=engine.agency)
    leg = send(unit=second, incident=other, by=dispatcher)
    step(leg=leg, name="depart", by=dispatcher)
    cancelled = cancel(incident=other, note="Salah lapor", by=dispatcher)
    second.refresh_from_db()
    leg.refresh_from_db()
    assert (cancelled.state, second.state, leg.state) == (
        State.CANCELLED, UnitState.AVAILABLE, "recalled",
    )  # fmt: skip


def test_merging_keeps_calls_units_and_secrecy(
    incident: Incident, engine: Unit, dispatcher, told, taker, violence: Category
) -> None:
    other = take(told=told(category=violence), taker=taker).incident
    assert other is not None
    send(unit=engine, incident=other, by=dispatcher)
    merged = merge(incident=other, into=incident, by=dispatcher)
    incident.refresh_from_db()
    assert (merged.state, merged.merged_into) == (State.MERGED, incident)
    assert (incident.calls.count(), incident.state, incident.sealed) == (2, State.DISPATCHED, True)
    assert Leg.objects.get(unit=engine).incident == incident
    third = take(told=told(), taker=taker).incident
    merge(incident=incident, into=third, by=dispatcher)
    merged.refresh_from_db()
    assert merged.merged_into == third, "one step, never a chain"
    again = take(told=told(joins=merged), taker=taker)
    assert again.incident == third, "a caller who means the first one is heard"
    leg = leg_with(engine, other.uuid)
    assert leg is not None, "a phone that was without a network knows the first number only"
    assert leg.incident == third
    sent = [row.what for row in courses([leg], stamps_of(third))[0].moments]
    assert sent == ["dispatch"], "a unit brings its moments along"
    with pytest.raises(NotAllowed):
        merge(incident=third, into=third, by=dispatcher)
    with pytest.raises(NotAllowed):
        merge(incident=third, into=merged, by=dispatcher)
