"""The crew's phone: on duty, steps pressed late, notes and photos, the number to ring back."""

import io
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from balai.audit.models import Entry
from balai.context import Region
from modules.emergency.models import Incident, Shift, Unit
from modules.emergency.selectors import duty
from modules.emergency.selectors.units import Row
from modules.emergency.services import scene, shifts
from modules.emergency.services.dispatching import send, step
from modules.emergency.services.intake import take
from modules.emergency.states import Leg as LegState, State, UnitState
from modules.emergency.workflow import NotAllowed

CREW = "/desk/emergency/crew/"
HERE = (-6.1781, 106.6300)


@pytest.fixture
def phone(client_for: Callable, in_region: Region, crew: object) -> object:
    return client_for(in_region, crew)


@pytest.fixture
def leg(incident: Incident, engine: Unit, dispatcher: object, crew: object) -> object:
    Incident.objects.filter(pk=incident.pk).update(
        address="Jalan Kenari 12", landmark="Dekat pos ronda", hazards="Tabung gas",
        latitude=HERE[0], longitude=HERE[1], accuracy=30, answers={"trapped": "yes"},
    )  # fmt: skip
    return send(unit=engine, incident=incident, by=dispatcher)


def picture() -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(data, "JPEG")
    return SimpleUploadedFile("api.jpg", data.getvalue(), "image/jpeg")


def queued(phone: object, address: str, key: str = "", **fields: object) -> object:
    """Post as the phone's queue does: with a key of its own."""
    return phone.post(address, fields, headers={"Idempotency-Key": key or str(uuid.uuid4())})


def address(incident: Incident, what: str) -> str:
    return f"{CREW}{incident.uuid}/{what}/"


def test_a_shift_begins_changes_and_ends(
    engine: Unit, make_user: Callable, supervisor: object
) -> None:
    person = make_user("crew", engine.agency)
    other = Unit.objects.create(callsign="Uji 2", kind="fire", agency=engine.agency)
    assert Row(engine, duty.aboard(engine), None).group == UnitState.OUT_OF_SERVICE
    first = shifts.sign_on(unit=engine, user=person, by=person)
    assert shifts.sign_on(unit=engine, user=person, by=person) == first
    assert Row(engine, duty.aboard(engine), None).group == UnitState.AVAILABLE
    second = shifts.sign_on(unit=other, user=person, by=person)
    first.refresh_from_db()
    assert (first.ended_at is not None, duty.current(person)) == (True, second)
    assert shifts.sign_off(user=person, by=supervisor) == second
    assert shifts.sign_off(user=person, by=person) is None
    assert Entry.objects.filter(action="emergency.shift_began").count() == 2
    with pytest.raises(PermissionDenied):
        shifts.sign_on(unit=engine, user=person, by=make_user("crew"))
    foreign = make_user("crew", type(engine.agency).objects.exclude(pk=engine.agency_id).last())
    with pytest.raises(PermissionDenied):
        shifts.sign_on(unit=engine, user=foreign, by=supervisor)
    Unit.objects.filter(pk=engine.pk).update(active=False)
    with pytest.raises(NotAllowed, match="Uji Damkar 1"):
        shifts.sign_on(unit=engine, user=person, by=person)


def test_nobody_leaves_an_incident_alone(
    leg: object, engine: Unit, crew: object, make_user: Callable
) -> None:
    with pytest.raises(NotAllowed, match="Uji Damkar 1"):
        shifts.sign_off(user=crew, by=crew)
    relief = make_user("crew", engine.agency)
    shifts.sign_on(unit=engine, user=relief, by=relief)
    assert shifts.sign_off(user=crew, by=crew) is not None


def test_a_position_is_taken_seldom_and_forgotten_at_the_end(
    engine: Unit, crew: object, make_user: Callable, phone: object
) -> None:
    now = timezone.now()
    assert shifts.note_position(user=crew, pin=HERE, now=now) == now
    soon = now + timedelta(seconds=5)
    assert shifts.note_position(user=crew, pin=(0.0, 0.0), now=soon) == now
    engine.refresh_from_db()
    assert (engine.latitude, engine.longitude, engine.position_at) == (*HERE, now)
    assert shifts.note_position(user=make_user("crew"), pin=HERE) is None
    told = {"latitude": "-6.2", "longitude": "106.6", "accuracy": "12.4"}
    assert phone.post(f"{CREW}position/", told).status_code == 204
    assert phone.post(f"{CREW}position/", {**told, "latitude": "x"}).status_code == 422
    shifts.sign_off(user=crew, by=crew)
    engine.refresh_from_db()
    assert (engine.latitude, engine.longitude, engine.position_at) == (None, None, None)
    assert phone.post(f"{CREW}position/", told).status_code == 410


def test_the_phone_shows_what_the_crew_needs_and_no_number(
    phone: object, leg: object, incident: Incident
) -> None:
    incident.calls.update(caller=None)
    shown = phone.get(CREW).content.decode()
    place = "geo:-6.178100,106.630000?q=-6.178100,106.630000"
    told = ("Jalan Kenari 12", "Dekat pos ronda", "Tabung gas", "Api di lantai dua")
    for wanted in (*told, place, incident.number):
        assert wanted in shown
    assert shown.count('data-step="') == 5
    assert shown.count('data-step="acknowledge"') == 1
    assert "tel:0" not in shown
    part = phone.get(f"{CREW}panel/").content.decode()
    assert incident.number in part
    assert "<html" not in part


def test_steps_come_late_twice_and_too_late(
    phone: object, leg: object, incident: Incident, engine: Unit, dispatcher: object
) -> None:
    engine.legs.update(sent_at=timezone.now() - timedelta(minutes=20))
    leg.refresh_from_db()
    was = timezone.now() - timedelta(minutes=4)
    depart, key = address(incident, "step/depart"), str(uuid.uuid4())
    for _ in range(2):
        assert queued(phone, depart, key, pressed_at=was.isoformat()).status_code == 204
    assert queued(phone, depart, pressed_at=timezone.now().isoformat()).status_code == 204
    assert [row.at for row in incident.stamps.filter(what="depart")] == [was]
    ahead = (timezone.now() + timedelta(hours=1)).isoformat()
    assert phone.post(address(incident, "step/arrive"), {"pressed_at": ahead}).status_code == 302
    assert incident.stamps.get(what="arrive").at <= timezone.now()
    refused = queued(phone, address(incident, "step/acknowledge"), pressed_at=was.isoformat())
    assert refused.status_code == 422
    with translation.override("id"):
        assert str(LegState.ON_SCENE.label) in refused.content.decode(), "it says what stands there"
    incident.refresh_from_db()
    assert incident.state == State.ON_SCENE
    step(leg=leg, name="clear", by=dispatcher)
    assert queued(phone, address(incident, "step/clear")).status_code == 204, "noted already"
    assert incident.stamps.filter(what="clear").count() == 1
    assert phone.post(address(incident, "step/recall")).status_code == 404


def test_only_ones_own_incident(
    phone: object, leg: object, incident: Incident, client_for: Callable, in_region: Region,
    make_user: Callable, taker: object, told: Callable,
) -> None:  # fmt: skip
    other = take(told=told(), taker=taker).incident
    for what in ("step/depart", "note", "photo", "caller"):
        assert phone.post(address(other, what), {"text": "x"}).status_code == 404, what
        stranger = client_for(in_region, make_user("crew"))
        assert stranger.post(address(incident, what), {"text": "x"}).status_code == 404, what
        assert client_for(in_region, taker).post(address(incident, what)).status_code == 403, what
    late = queued(client_for(in_region), address(incident, "step/depart"))
    assert late.status_code == 401, "what waited is not lost at the sign-in page"
    with pytest.raises(PermissionDenied):
        scene.note(leg=leg, text="x", by=taker)


def test_notes_photos_and_who_sees_them(
    phone: object, leg: object, incident: Incident, client_for: Callable, in_region: Region,
    dispatcher: object, make_user: Callable,
) -> None:  # fmt: skip
    assert phone.post(address(incident, "note"), {"text": "Butuh air"}).status_code == 302
    assert phone.post(address(incident, "note"), {"text": " "}).status_code == 422
    assert incident.stamps.get(what="note").text == "Butuh air"
    sent = phone.post(address(incident, "photo"), {"photos": [picture()]})
    assert sent.status_code == 302
    bad = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    assert phone.post(address(incident, "photo"), {"photos": [picture(), bad]}).status_code == 422
    page = phone.get(CREW)
    (stored,) = page.context["photos"]
    assert "Butuh air" in page.content.decode()
    asked = {
        phone: 200, client_for(in_region, dispatcher): 200, client_for(in_region): 404,
        client_for(in_region, make_user("officer")): 404,
    }  # fmt: skip
    assert {who: who.get(stored.url).status_code for who in asked} == asked
    assert incident.stamps.filter(what="photo").count() == 1


def test_the_caller_is_rung_back_in_the_log(
    phone: object, told: Callable, taker: object, engine: Unit, crew: object, dispatcher: object
) -> None:
    incident = take(told=told(number="0812-3456-7890"), taker=taker).incident
    here = send(unit=engine, incident=incident, by=dispatcher)
    assert "6281234567890" not in phone.get(CREW).content.decode()
    page = phone.post(address(incident, "caller")).content.decode()
    assert 'href="tel:+6281234567890"' in page
    assert Entry.objects.filter(action="emergency.caller_revealed").count() == 1
    for name in ("arrive", "clear"):
        step(leg=here, name=name, by=crew)
    assert "tel:+62" not in phone.post(address(incident, "caller")).content.decode()


def test_a_sealed_case_is_read_by_its_crew_and_audited(
    phone: object, told: Callable, taker: object, engine: Unit, dispatcher: object,
    violence: object, crew: object,
) -> None:  # fmt: skip
    case = take(told=told(category=violence, text="Rahasia keluarga"), taker=taker).incident
    assert case is not None
    send(unit=engine, incident=case, by=dispatcher)
    assert "Rahasia keluarga" in phone.get(CREW).content.decode()
    assert Entry.objects.filter(action="emergency.sealed_read", target=case.number).exists()


def test_signing_on_and_out_of_service_on_the_page(
    engine: Unit, make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    person = make_user("crew", engine.agency)
    client = client_for(in_region, person)
    assert "Uji Damkar 1" in client.get(CREW).content.decode()
    assert "data-crew-off" in client.get(f"{CREW}panel/").content.decode()
    client.post(f"{CREW}on/{engine.uuid}/")
    assert duty.current(person).unit == engine
    client.post(f"{CREW}service/", {"reason": " "})
    engine.refresh_from_db()
    assert engine.state == UnitState.AVAILABLE, "without a reason nothing happens"
    client.post(f"{CREW}service/", {"reason": "Ban bocor"})
    engine.refresh_from_db()
    assert (engine.state, engine.reason) == (UnitState.OUT_OF_SERVICE, "Ban bocor")
    client.post(f"{CREW}service/", {"available": "1"})
    engine.refresh_from_db()
    assert (engine.state, engine.reason) == (UnitState.AVAILABLE, "")
    client.post(f"{CREW}off/")
    assert not Shift.objects.filter(user=person, ended_at=None).exists()
    assert client.post(f"{CREW}on/{uuid.uuid4()}/").status_code == 404


def test_the_centre_takes_a_unit_out_of_service_on_its_page(
    engine: Unit, crew: object, taker: object, dispatcher: object, incident: Incident,
    client_for: Callable, in_region: Region, make_user: Callable,
) -> None:  # fmt: skip
    page, desk = (
        reverse("emergency_desk:unit", args=[engine.uuid]),
        client_for(in_region, dispatcher),
    )
    assert crew.label in desk.get(page).content.decode()
    assert "<html" not in desk.get(page, headers={"HX-Request": "true"}).content.decode()
    assert desk.post(page, {"reason": " "}).status_code == 422
    assert client_for(in_region, taker).post(page, {"reason": "x"}).status_code == 403
    assert client_for(in_region, crew).get(page).status_code == 403, "it has its own page"
    other = type(engine.agency).objects.exclude(pk=engine.agency_id).last()
    assert client_for(in_region, make_user("liaison", other)).get(page).status_code == 404
    desk.post(page, {"reason": "Ponsel kru rusak"})
    assert "Ponsel kru rusak" in desk.get(page).content.decode()
    desk.post(page, {"available": "1"})
    send(unit=engine, incident=incident, by=dispatcher)
    desk.post(page, {"reason": "Terlambat"})
    engine.refresh_from_db()
    assert engine.state == UnitState.ASSIGNED
    assert incident.number in desk.get(page).content.decode()


def test_the_supervisor_sees_and_changes_who_is_on_duty(
    engine: Unit, crew: object, supervisor: object, make_user: Callable, client_for: Callable,
    in_region: Region, dispatcher: object, django_assert_num_queries: Callable,
) -> None:  # fmt: skip
    page, client = reverse("emergency_desk:shifts"), client_for(in_region, supervisor)
    assert client_for(in_region, dispatcher).get(page).status_code == 403
    person = make_user("crew", engine.agency)
    assert client.post(page, {"person": person.pk, "unit": engine.pk}).status_code == 302
    assert {shift.user for shift in duty.aboard(engine)} == {crew, person}
    foreign = make_user("crew", type(engine.agency).objects.exclude(pk=engine.agency_id).last())
    assert client.post(page, {"person": foreign.pk, "unit": engine.pk}).status_code == 422
    shown = client.get(page).content.decode()
    assert person.name in shown
    client.post(reverse("emergency_desk:shift-end", args=[person.uuid]))
    assert {shift.user for shift in duty.aboard(engine)} == {crew}
    with django_assert_num_queries(2):
        duty.units()
    for number in range(3):
        Unit.objects.create(callsign=f"Uji {number}", kind="fire", agency=engine.agency)
    with django_assert_num_queries(2):
        duty.units()
