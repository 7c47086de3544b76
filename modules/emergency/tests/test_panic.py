"""The panic button and the page of one's call: sent once, cancelled in time, promising nothing."""

import json
import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from balai.context import Region, region_context
from balai.modules.events import EventData
from balai.outbox.models import Event
from modules.emergency import callers, tokens, topics
from modules.emergency.models import Call, Draft, Incident, Unit
from modules.emergency.pressing import Press
from modules.emergency.receivers import send_what_its_phone_did_not
from modules.emergency.selectors import calling
from modules.emergency.services import panic
from modules.emergency.services.dispatching import send, step
from modules.emergency.services.ending import cancel as end_incident
from modules.emergency.standing import CANCELLED, OF, WAITS
from modules.emergency.states import CallType, Channel, Source, State

HERE, THERE = (-6.1781, 106.6300), (-6.1900, 106.6400)
ARM = "/emergency/panic/arm/"
PLACE = {"latitude": HERE[0], "longitude": HERE[1], "accuracy": 12}


@pytest.fixture
def visitor(client_for: Callable, in_region: Region) -> object:
    cache.clear()
    return client_for(in_region)


def pressed(**fields: object) -> Press:
    fields.setdefault("key", uuid.uuid4())
    return Press(**{"number": "0812-1111-2222", "pin": HERE, "accuracy": 12, **fields})


def held(client: object, **fields: object) -> dict[str, str]:
    fields.setdefault("key", str(uuid.uuid4()))
    answer = client.post(ARM, {**PLACE, "number": "081211112222", **fields})
    assert answer.status_code == 201
    return answer.json()


def test_held_kept_and_sent_once(in_region: Region) -> None:
    press, was = pressed(), timezone.now() - timedelta(seconds=11)
    panic.arm(press=press, now=was)
    panic.arm(press=press)
    assert (Incident.objects.count(), calling.standing(press.key)) == (0, WAITS)
    kept = Draft.objects.get(key=press.key)
    assert b"0812" not in bytes(kept.sealed)
    event = Event.objects.get(topic=topics.PANIC)
    assert event.next_attempt_at == was + panic.BACKUP
    call = panic.send(key=press.key)
    send_what_its_phone_did_not(
        EventData(event.pk, topics.PANIC, str(press.key), {}, event.created_at)
    )
    assert panic.send(key=press.key) == call
    assert call.incident is not None
    incident = call.incident
    assert (Call.objects.count(), Incident.objects.count()) == (1, 1)
    assert (call.channel, call.kind, call.answered_at) == (Channel.PANIC, CallType.NORMAL, was)
    assert callers.read(call.caller) == "6281211112222"
    assert (incident.latitude, incident.accuracy, incident.source) == (HERE[0], 12, Source.APP)
    assert incident.category.urgency == "life"
    assert not Draft.objects.filter(key=press.key).exists()
    assert panic.send(key=uuid.uuid4()) is None


def test_a_phone_that_is_gone_is_sent_by_the_outbox(in_region: Region) -> None:
    press = pressed(pin=None, accuracy=None)
    panic.arm(press=press)
    event = Event.objects.get(topic=topics.PANIC)
    send_what_its_phone_did_not(EventData(event.pk, topics.PANIC, event.key, {}, event.created_at))
    call = calling.by_key(press.key)
    assert call is not None
    assert call.incident.state == State.QUEUED


def test_a_board_sends_what_phone_and_worker_left(
    in_region: Region, make_user: Callable, client_for: Callable
) -> None:
    """The last net: the phone is gone and no worker runs; the next look at the board sends it."""
    press, young = pressed(), pressed(number="0813-3333-4444")
    panic.arm(press=press, now=timezone.now() - timedelta(seconds=16))
    panic.arm(press=young)
    board = client_for(in_region, make_user("dispatcher")).get("/desk/emergency/board/")
    sent = Incident.objects.get()
    assert sent.number in board.content.decode()
    assert calling.by_key(press.key).incident == sent
    assert calling.standing(young.key) == WAITS, "its ten seconds are its own"
    assert panic.send_overdue() == 0


def test_cancelled_in_time_it_is_a_line_of_noise(in_region: Region) -> None:
    press = pressed()
    panic.arm(press=press)
    assert panic.cancel(key=press.key)
    assert panic.cancel(key=press.key)
    panic.send(key=press.key)
    call = Call.objects.get()
    assert (call.kind, call.incident, call.channel) == (CallType.GHOST, None, Channel.PANIC)
    with translation.override("id"):
        assert call.note == str(panic.CANCELLED), "the record speaks the region's language"
    assert (Incident.objects.count(), calling.standing(press.key)) == (0, CANCELLED)


def test_taken_back_too_late_a_dispatcher_decides(in_region: Region) -> None:
    press = pressed()
    call = panic.press(press=press)
    assert panic.cancel(key=press.key) is False
    call.incident.refresh_from_db()
    assert call.incident.state == State.QUEUED
    assert call.incident.stamps.filter(what=panic.CALLER_NOTE).count() == 1


def test_repeats_join_and_strangers_do_not(in_region: Region) -> None:
    first = panic.press(press=pressed())
    same_phone = panic.press(press=pressed(number="", earlier=first.key, pin=THERE))
    same_number = panic.press(press=pressed(text="Api"))
    other = panic.press(press=pressed(number="0813-0000-0000"))
    silent = [panic.press(press=pressed(number="")) for _ in range(2)]
    assert same_phone.incident == same_number.incident == first.incident
    assert len({call.incident for call in (first, other, *silent)}) == 4
    first.incident.refresh_from_db()
    assert first.incident.stamps.filter(what="called_again").count() == 2
    Incident.objects.update(state=State.CLOSED)
    assert panic.press(press=pressed(earlier=first.key)).incident != first.incident


def test_the_place_is_followed_until_somebody_put_it_right(
    in_region: Region, dispatcher: object
) -> None:
    press = pressed()
    panic.arm(press=press)
    assert panic.move(key=press.key, pin=THERE, accuracy=40)
    call = panic.send(key=press.key)
    incident = call.incident
    assert (incident.latitude, incident.accuracy) == (THERE[0], 40)
    version, told = incident.version, Event.objects.filter(topic=topics.CHANGED).count()
    near = (THERE[0] + 0.00005, THERE[1])
    assert panic.move(key=press.key, pin=near, accuracy=39), "six metres are no news"
    assert panic.move(key=press.key, pin=HERE, accuracy=20)
    incident.refresh_from_db()
    assert (incident.latitude, incident.version) == (HERE[0], version)
    assert Event.objects.filter(topic=topics.CHANGED).count() == told + 1
    Incident.objects.update(source=Source.MAP)
    assert panic.move(key=press.key, pin=THERE, accuracy=5)
    incident.refresh_from_db()
    assert incident.latitude == HERE[0]
    end_incident(incident=incident, note="Selesai", by=dispatcher)
    assert panic.move(key=press.key, pin=THERE, accuracy=5) is False
    assert panic.say(call=calling.by_key(press.key), text="Halo?") is False


def test_over_http_from_holding_to_a_page_without_names(
    visitor: object, client_for: Callable, in_region: Region, engine: Unit, dispatcher: object,
    crew: object, make_user: Callable,
) -> None:  # fmt: skip
    led = held(visitor)
    with translation.override("id"):
        assert str(WAITS.label) in visitor.get(led["page"]).content.decode()
    assert visitor.post(led["send"]).json() == {"received": True}
    call = Call.objects.get()
    here = send(unit=engine, incident=call.incident, by=dispatcher)
    stranger = client_for(in_region)
    with translation.override("en"):
        words = {state: str(standing.label) for state, standing in OF.items()}
    stranger.cookies["balai_language"] = visitor.cookies["balai_language"] = "en"
    for name, state in (("", State.DISPATCHED), ("acknowledge", State.ACKNOWLEDGED),
                        ("depart", State.EN_ROUTE), ("arrive", State.ON_SCENE)):  # fmt: skip
        if name:
            step(leg=here, name=name, by=crew)
        shown = stranger.get(led["page"]).content.decode()
        assert words[state] in shown
        assert ("on its way" in shown) == (state == State.EN_ROUTE), "nobody promises more"
    assert call.incident.number not in shown
    assert "081211112222" not in shown and "6281211112222" not in shown
    assert 'href="tel:112"' in shown
    assert "<html" not in stranger.get(f"{led['page']}state/").content.decode()
    assert led["page"] in visitor.get("/emergency/").content.decode(), "kept on the phone"
    said = visitor.post(f"{led['page']}say/", {"text": "Saya di lantai dua"})
    assert said.status_code == 302
    assert visitor.post(f"{led['page']}say/", {"text": " "}).status_code == 422
    assert call.incident.stamps.filter(text="Saya di lantai dua").exists()
    assert visitor.post(led["move"], {"latitude": "x"}).status_code == 422
    assert visitor.post(led["move"], PLACE).status_code == 204
    late = visitor.post(led["cancel"], headers={"Accept": "application/json"})
    assert late.json() == {"cancelled": False}


def test_tokens_are_of_one_region_and_of_panic_calls_only(
    visitor: object, other_region: Region, client_for: Callable, told: Callable, taker: object
) -> None:
    from modules.emergency.services.intake import take

    led = held(visitor)
    assert client_for(other_region).get(led["page"]).status_code == 404
    assert visitor.get("/emergency/call/nonsense/").status_code == 404
    assert visitor.get(f"/emergency/call/{tokens.of(uuid.uuid4())}/").status_code == 404
    phoned = take(told=told(), taker=taker)
    assert visitor.get(f"/emergency/call/{tokens.of(phoned.key)}/").status_code == 404
    with region_context(other_region):
        foreign = tokens.of(uuid.uuid4())
    assert visitor.post(f"/emergency/call/{foreign}/send/").status_code == 404


def test_no_limit_stops_a_press_and_no_nonsense_does(visitor: object, in_region: Region) -> None:
    for _number in range(11):
        led = held(visitor, number="", latitude="abc", key=str(uuid.uuid4()))
        visitor.post(led["send"])
        visitor.cookies.clear()
    assert Incident.objects.count() == 11
    notes = list(Call.objects.order_by("pk").values_list("note", flat=True))
    assert (notes[:10], bool(notes[10])) == ([""] * 10, True)
    assert visitor.post(ARM, {"key": "x"}).status_code == 422


def test_without_scripts_a_page_asks_first(
    visitor: object, make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    page = visitor.get("/emergency/panic/")
    assert page.content.decode().count('href="tel:112"') >= 2
    key = str(page.context["form"].initial["key"])
    told = {"key": key, "text": "Pencuri di rumah", "number": "0812"}
    answers = [visitor.post("/emergency/panic/", told) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    assert Call.objects.get().incident.text == "Pencuri di rumah"
    own = visitor.get(answers[0]["Location"])
    assert own.status_code == 200
    assert visitor.post("/emergency/panic/", {"key": "x"}).status_code == 422
    person = make_user(name="Siti Uji", phone="+6281233334444")
    signed_in = client_for(in_region, person)
    assert "+6281233334444" in signed_in.get("/emergency/").content.decode()
    signed_in.post("/emergency/panic/", {"key": str(uuid.uuid4()), "number": "+6281233334444"})
    assert Call.objects.latest("pk").name == "Siti Uji"


def test_the_kept_page_is_nobodys_and_the_first_page_asks_little(
    visitor: object, make_user: Callable, client_for: Callable, in_region: Region
) -> None:
    signed_in = client_for(in_region, make_user(name="Siti Uji", phone="+6281233334444"))
    held(signed_in)
    kept = signed_in.get("/emergency/kept/").content.decode()
    for own in ("+6281233334444", "Siti Uji", "/emergency/call/", "csrfmiddlewaretoken"):
        assert own not in kept
    assert "data-panic" in kept and 'href="tel:112"' in kept
    visitor.get("/emergency/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        visitor.get("/emergency/")
    own = [q["sql"] for q in asked.captured_queries if "emergency_" in q["sql"]]
    assert len(own) <= 2, "a flood of readers must not slow the centre"
    worker = visitor.get("/sw.js").content.decode()
    assert reverse("emergency:index-kept") in worker
    files = json.loads(re.search(r"const FILES = (.*);", worker)[1])
    assert len(files) == len(set(files)), "a browser told to keep a file twice keeps none"
    assert any("crew.js" in file for file in files)
