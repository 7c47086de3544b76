"""An incident's page: what it shows to whom, and that its buttons do what the services allow."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.audit.models import Entry
from balai.context import Region
from modules.emergency.models import Category, Incident, Outcome, Transfer, Unit
from modules.emergency.policies import may_see_photo
from modules.emergency.services.dispatching import send, step
from modules.emergency.services.intake import take
from modules.emergency.services.sealing import ask, decide
from modules.emergency.states import State
from modules.emergency.tests.test_transferring import OPEN, decide as configure


@pytest.fixture
def page(incident: Incident) -> str:
    return f"/desk/emergency/incidents/{incident.uuid}/"


@pytest.fixture
def desk(in_region: Region, dispatcher, client_for):
    return client_for(in_region, dispatcher)


def offered(body: str) -> set[str]:
    """Return the names of the buttons on a page."""
    links = set(re.findall(r"\?do=([a-z-]+)[#&]", body))
    return links | set(re.findall(r'name="do" value="([a-z-]+)"', body))


def test_a_dispatcher_leads_it_from_the_first_unit_to_the_end(
    incident: Incident, page: str, desk, engine: Unit, outcome: Outcome
) -> None:
    body = desk.get(page).content.decode()
    assert {"send", "note", "edit", "merge", "cancel", "transfer"} <= offered(body)
    assert "close" not in offered(body), "nothing is closed before somebody was there"
    assert f'value="{engine.uuid}"' in desk.get(f"{page}?do=send").content.decode()
    assert desk.post(page, {"do": "send", "units": []}).status_code == 422
    second = Unit.objects.create(callsign="Uji 2", kind="rescue", agency=engine.agency)
    assert desk.post(
        page, {"do": "send", "units": [str(engine.uuid), str(second.uuid)]}
    ).status_code == 302  # fmt: skip
    incident.refresh_from_db()
    assert (incident.state, incident.legs.count()) == (State.DISPATCHED, 2)
    assert desk.post(page, {"do": "send", "units": [str(engine.uuid)]}).status_code == 409
    third = Unit.objects.create(callsign="Uji 3", kind="rescue", agency=engine.agency)
    both = {"do": "send", "units": [str(engine.uuid), str(third.uuid)]}
    said = desk.post(page, both, follow=True).content.decode()
    assert incident.legs.filter(unit=third).exists(), "one that was just taken keeps no other"
    assert re.search(r"Uji 3 (is sent|dikirim).*Uji Damkar 1 (is not free|sudah tidak)", said)
    incident.legs.get(unit=third).delete()
    earlier = timezone.localtime() - timedelta(minutes=4)
    for unit in (engine, second):
        said = {"do": "step", "unit": str(unit.uuid), "step": "arrive", "at": f"{earlier:%H:%M}"}
        assert desk.post(page, said).status_code == 302
    arrived = incident.stamps.filter(what="arrive").first()
    assert timezone.localtime(arrived.at).strftime("%H:%M") == f"{earlier:%H:%M}"
    assert desk.post(
        page, {"do": "step", "unit": str(engine.uuid), "step": "recall"}
    ).status_code == 422, "nobody is called back from the scene"  # fmt: skip
    for unit in (engine, second):
        desk.post(page, {"do": "step", "unit": str(unit.uuid), "step": "clear"})
    assert "close" in offered(desk.get(page).content.decode())
    assert desk.post(page, {"do": "close"}).status_code == 422, "an outcome is compulsory"
    assert desk.post(page, {"do": "close", "outcome": outcome.pk}).status_code == 302
    incident.refresh_from_db()
    assert (incident.state, incident.outcome) == (State.CLOSED, outcome)
    assert offered(desk.get(page).content.decode()) == {"note", "correct"}


def test_a_time_is_put_right_and_both_stand_in_the_record(
    incident: Incident, page: str, desk, engine: Unit, dispatcher
) -> None:
    step(leg=send(unit=engine, incident=incident, by=dispatcher), name="arrive", by=dispatcher)
    rows = list(incident.stamps.order_by("pk").values_list("what", flat=True))
    number = rows.index("arrive") + 1
    assert desk.get(f"{page}?do=correct&row={number}").status_code == 200
    asked = {"do": "correct", "row": number, "reason": "Radio lebih dulu"}
    at = timezone.localtime() - timedelta(minutes=7)
    assert (
        desk.post(page, {**asked, "at": f"{at:%Y-%m-%dT%H:%M:%S}", "reason": ""}).status_code == 422
    )
    assert (
        desk.post(page, {**asked, "row": 999, "at": f"{at:%Y-%m-%dT%H:%M:%S}"}).status_code == 422
    )
    ahead = timezone.localtime() + timedelta(hours=1)
    assert desk.post(page, {**asked, "at": f"{ahead:%Y-%m-%dT%H:%M:%S}"}).status_code == 409
    assert desk.post(page, {**asked, "at": f"{at:%Y-%m-%dT%H:%M:%S}"}).status_code == 302
    body = desk.get(page).content.decode()
    assert "<del>" in body
    assert "Radio lebih dulu" in body
    first = incident.stamps.get(what="arrive", corrects=None)
    assert incident.stamps.get(corrects=first).at.replace(microsecond=0) == at.replace(
        microsecond=0
    )


def test_two_people_change_facts_and_neither_is_lost(
    incident: Incident, page: str, desk, taker, client_for, in_region: Region
) -> None:
    other = client_for(in_region, taker)

    def form(client) -> dict[str, object]:
        shown = client.get(f"{page}?do=edit")
        found = shown.context["form"]
        return {
            "do": "edit",
            **{n: v for n, v in found.initial.items() if n != "pin" and v is not None},
        }

    mine, theirs = form(desk), form(other)
    assert (
        other.post(page, {**theirs, "address": "Jalan Merdeka 5", "casualties": 2}).status_code
        == 302
    )
    assert desk.post(page, {**mine, "hazards": "Tabung gas"}).status_code == 302
    incident.refresh_from_db()
    assert (incident.address, incident.casualties, incident.hazards) == (
        "Jalan Merdeka 5", 2, "Tabung gas",
    ), "different facts are taken from both"  # fmt: skip
    clash = desk.post(page, {**mine, "address": "Jalan Merdeka 7"})
    assert clash.status_code == 409
    both = clash.content.decode()
    assert "Jalan Merdeka 5" in both
    assert "Jalan Merdeka 7" in both
    incident.refresh_from_db()
    assert incident.address == "Jalan Merdeka 5"
    again = {**mine, "address": "Jalan Merdeka 7",
             "began_with": clash.context["form"]["began_with"].value()}  # fmt: skip
    assert desk.post(page, again).status_code == 302
    incident.refresh_from_db()
    assert incident.address == "Jalan Merdeka 7"
    record = desk.get(page).content.decode()
    assert "Jalan Merdeka 5 → Jalan Merdeka 7" in record
    told = [str(entry.after) for entry in Entry.objects.filter(action="emergency.facts_changed")]
    assert told
    assert not any("Merdeka" in words for words in told), "the log names facts, not what they say"


def test_merging_asks_once_more_and_keeps_both(
    incident: Incident, page: str, desk, told: Callable, taker
) -> None:
    other = take(told=told(), taker=taker).incident
    assert other.number in desk.get(f"{page}?do=merge").content.decode()
    assert other.number in desk.get(f"{page}?do=merge&number={other.number[-5:]}").content.decode()
    asked = desk.post(page, {"do": "merge", "into": str(other.uuid)})
    assert asked.status_code == 200
    incident.refresh_from_db()
    assert incident.open, "nothing happens before the second yes"
    sure = {"do": "merge", "into": str(other.uuid), "sure": "1"}
    assert desk.post(page, sure).status_code == 302
    incident.refresh_from_db()
    assert (incident.state, incident.merged_into) == (State.MERGED, other)
    assert other.number in desk.get(page).content.decode()
    kept = desk.get(f"/desk/emergency/incidents/{other.uuid}/").content.decode()
    assert incident.number in kept
    assert desk.post(page, {"do": "merge", "into": str(incident.uuid)}).status_code == 302
    assert desk.post(
        f"/desk/emergency/incidents/{other.uuid}/", {"do": "merge", "into": str(uuid.uuid4())}
    ).status_code == 422  # fmt: skip


def test_cancelled_by_mistake_and_opened_again(incident: Incident, page: str, desk) -> None:
    assert desk.post(page, {"do": "cancel", "text": " "}).status_code == 422
    desk.post(page, {"do": "cancel", "text": "Salah lapor"})
    assert "reopen" in offered(desk.get(page).content.decode())
    desk.post(page, {"do": "reopen", "text": "Ternyata benar"})
    incident.refresh_from_db()
    assert incident.state == State.QUEUED


def test_handing_over_says_honestly_who_has_it(
    incident: Incident, page: str, desk, other_region: Region
) -> None:
    configure(other_region, **OPEN)
    assert other_region.name in desk.get(f"{page}?do=transfer").content.decode()
    for wrong in ({}, {"receiver": "region"}, {"receiver": "110"}, {"receiver": "other"}):
        assert desk.post(page, {"do": "transfer", **wrong}).status_code == 422
    over = {"do": "transfer", "receiver": "region", "region": other_region.schema}
    assert desk.post(page, over).status_code == 302
    row = Transfer.objects.get(incident=incident)
    assert row.state == "delivered"
    body = desk.get(page).content.decode()
    assert row.receipt in body
    assert "0275-112112" in body, "not accepted yet: their telephone stands there"
    assert "reopen" not in offered(body)
    assert other_region.name in desk.get("/desk/emergency/board/").content.decode()


def test_while_nobody_confirms_it_can_be_tried_again_or_taken_back(
    incident: Incident, page: str, desk, other_region: Region, dispatcher
) -> None:
    from modules.emergency.services import transferring

    over = transferring.Handover(receiver="region", region=other_region.schema, name="Purworejo")
    transferring.transfer(incident=incident, handover=over, by=dispatcher)
    body = desk.get(page).content.decode()
    assert {"deliver", "reopen"} <= offered(body)
    desk.post(page, {"do": "deliver"})
    assert Transfer.objects.get(incident=incident).state == "waiting"
    configure(other_region, **OPEN)
    desk.post(page, {"do": "deliver"})
    assert Transfer.objects.get(incident=incident).state == "delivered"


def test_a_sealed_incident_can_be_helped_without_being_read(
    told: Callable, taker, violence: Category, dispatcher, supervisor, desk, engine: Unit,
    in_region: Region, client_for, rf,
) -> None:  # fmt: skip
    sealed = take(
        told=told(category=violence, text="KANARI", address="Gang KANARI", name="KANARI",
                  number="081234567890"), taker=taker).incident  # fmt: skip
    page = f"/desk/emergency/incidents/{sealed.uuid}/"
    for path in (page, f"{page}panel/", f"{page}?do=edit", f"{page}?do=send"):
        body = desk.get(path).content.decode()
        assert "KANARI" not in body
        assert "7890" not in body
    assert {"note", "edit"}.isdisjoint(offered(desk.get(page).content.decode()))
    assert desk.post(page, {"do": "number", "row": 1}).status_code == 403
    assert desk.post(page, {"do": "note", "text": "x"}).status_code == 302
    assert not sealed.stamps.filter(what="note").exists()
    assert desk.post(page, {"do": "send", "units": [str(engine.uuid)]}).status_code == 302
    assert sealed.legs.count() == 1
    reads = Entry.objects.filter(action="emergency.sealed_read", target=sealed.number)
    assert not reads.exists()
    decide(wish=ask(incident=sealed, by=dispatcher, reason="Petugas bertanya"), granted=True,
           by=supervisor)  # fmt: skip
    body = desk.get(page).content.decode()
    assert "Gang KANARI" in body
    delay = re.search(r'hx-trigger="load delay:(\d+)s"', body)
    assert 3590 <= int(delay[1]) <= 3601, "it closes by itself when the hour is over"
    assert reads.count() == 1
    assert "KANARI" in client_for(in_region, taker).get(page).content.decode()


def test_a_number_is_masked_until_it_is_asked_for(
    told: Callable, taker, desk, make_user, client_for, in_region: Region
) -> None:
    call = take(told=told(number="081234567890", name="Siti Uji"), taker=taker)
    page = f"/desk/emergency/incidents/{call.incident.uuid}/"
    body = desk.get(page).content.decode()
    assert "62812•••••890" in body
    assert "6281234567890" not in body
    assert "+6281234567890" in desk.post(page, {"do": "number", "row": 1}).content.decode()
    assert Entry.objects.filter(action="emergency.number_read", target=str(call.uuid)).exists()
    for wrong in ("0", "2", "x", ""):
        assert desk.post(page, {"do": "number", "row": wrong}).status_code == 404
    auditor = client_for(in_region, make_user("auditor"))
    assert "Siti Uji" not in auditor.get(page).content.decode()
    assert auditor.post(page, {"do": "number", "row": 1}).status_code == 403


@pytest.mark.parametrize("role", ["auditor", "leader"])
def test_who_only_reads_has_no_button(
    role: str, incident: Incident, page: str, make_user, client_for, in_region: Region, engine: Unit
) -> None:
    client = client_for(in_region, make_user(role))
    assert offered(client.get(page).content.decode()) <= {"number"}
    for do in ({"do": "send", "units": [str(engine.uuid)]}, {"do": "cancel", "text": "x"},
               {"do": "step", "unit": str(engine.uuid), "step": "arrive"}):  # fmt: skip
        client.post(page, do)
    incident.refresh_from_db()
    assert (incident.state, incident.legs.count()) == (State.QUEUED, 0)


def test_more_calls_units_and_rows_are_no_query_more(
    incident: Incident, page: str, desk, told: Callable, taker, engine: Unit, dispatcher
) -> None:
    def count() -> int:
        desk.get(page)
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(page).status_code == 200
        return sum('"shared"' not in query["sql"] for query in seen.captured_queries)

    send(unit=engine, incident=incident, by=dispatcher)
    one = count()
    for at in range(3):
        unit = Unit.objects.create(callsign=f"Uji {at}", kind="fire", agency=engine.agency)
        step(leg=send(unit=unit, incident=incident, by=dispatcher), name="arrive", by=dispatcher)
        take(told=told(joins=incident, number=f"08123456789{at}"), taker=taker)
    assert count() == one
    assert one <= 26


def test_photos_are_seen_by_who_sees_the_incident(
    incident: Incident, make_user, dispatcher, crew, rf
) -> None:
    from balai.files.models import StoredFile

    photo = StoredFile(owner=f"emergency.incident:{incident.uuid}", purpose="emergency")
    request = rf.get("/")
    assert may_see_photo(dispatcher, photo, request)
    assert not may_see_photo(crew, photo, request), "their unit was not sent"
    send(unit=crew_unit(crew), incident=incident, by=dispatcher)
    assert may_see_photo(crew, photo, request)
    for stranger in (make_user("crew"), make_user("officer"), make_user()):
        assert not may_see_photo(stranger, photo, request)


def crew_unit(person) -> Unit:
    return Unit.objects.get(shifts__user=person, shifts__ended_at=None)
