"""The call taker's pages over HTTP: one call for a key, private drafts, hints, numbers."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from balai.audit.models import Entry as AuditEntry
from balai.context import Region
from modules.emergency import callers, scripts
from modules.emergency.models import Call, Category, Draft, Incident
from modules.emergency.selectors import drafts, history, nearby, sealing
from modules.emergency.services import drafting
from modules.emergency.services.intake import Told, take
from modules.emergency.states import CallType, State

HERE = (-6.1783, 106.6319)
START = "/desk/emergency/take/"
CALLS = "/desk/emergency/calls/"
NUMBER = "0812-7777-0112"


@pytest.fixture
def at(client_for: Callable, in_region: Region) -> Callable:
    """Return a function that gives somebody's client."""
    return lambda user: client_for(in_region, user)


@pytest.fixture
def asked(fire: Category) -> Category:
    """Fire with three questions."""
    fire.script = [
        {"key": "inside", "id": "Ada orang?", "en": "Anybody inside?", "kind": "yes_no"},
        {"key": "floors", "id": "Berapa lantai?", "en": "How many floors?", "kind": "number"},
        {"key": "what", "id": "Apa yang terbakar?", "en": "What burns?", "kind": "text"},
    ]
    fire.save(update_fields=["script"])
    return fire


def answered(client: object) -> str:
    """Answer a call and return the address of its form."""
    return client.post(f"{START}answer/")["Location"]


def test_an_emergency_by_plain_form_then_its_number_then_the_same_again(
    at: Callable, taker, asked: Category
) -> None:
    client = at(taker)
    form = answered(client)
    page = client.get(form).content.decode()
    assert "Uji" not in page.split("<title>")[1].split("</title>")[0]
    assert all(f'value="{kind}"' in page for kind in CallType.values)
    told = {
        "kind": "normal", "channel": "call", "number": NUMBER, "name": "Siti",
        "category": asked.slug, "address": "Jalan Daan Mogot 12", "landmark": "Pasar Anyar",
        "coordinates": "-6.1783, 106.6319", "source": "aml",
        "accuracy": "15", "casualties": "2", "hazards": "Gas", "text": "Api besar",
        f"q-{asked.slug}-inside": "yes", f"q-{asked.slug}-floors": "2",
        f"q-{asked.slug}-what": " ", "q-lain-x": "tidak ikut",
    }  # fmt: skip
    assert client.post(form, {**told, "coordinates": "entah"}).status_code == 422
    shown = client.post(form, {"do": "ask", "category": asked.slug, "number": NUMBER})
    assert f'data-script="{asked.slug}">' in shown.content.decode(), "questions without JavaScript"
    assert not Call.objects.filter(taker=taker).exists()
    first = client.post(form, told)
    again = client.post(form, told, headers={"X-Requested-With": "fetch"})
    assert (first.status_code, again.status_code) == (302, 201)
    assert first["Location"] == again["Location"]
    call = Call.objects.get(taker=taker)
    incident = call.incident
    assert (incident.latitude, incident.longitude, incident.accuracy) == (*HERE, 15)
    assert (incident.source, incident.casualties, incident.state) == ("aml", 2, State.QUEUED)
    assert incident.answers == {"inside": "yes", "floors": "2"}
    assert [answer for _question, answer in scripts.shown(asked, incident.answers)][1:] == ["2"]
    shown = client.get(first["Location"]).content.decode()
    assert incident.number in shown
    assert "Ada orang?" in shown
    assert "81277770112" not in shown
    assert not Draft.objects.filter(taker=taker).exists()
    assert client.get(form)["Location"] == first["Location"]


def test_noise_by_one_button_its_line_and_its_undo(at: Callable, taker, fire: Category) -> None:
    client = at(taker)
    form = answered(client)
    typed = {"number": NUMBER, "note": "Anak-anak", "address": "Jalan Salah", "accuracy": "x"}
    assert client.post(form, {**typed, "kind": "prank"})["Location"] == START
    call = Call.objects.get(taker=taker)
    assert (call.kind, call.note, call.incident) == (CallType.PRANK, "Anak-anak", None)
    assert "noise-undo" not in (page := client.get(START).content.decode())
    assert f"{START}undo/" in page
    back = client.post(f"{START}undo/")
    assert back["Location"] == form
    assert not Call.objects.filter(taker=taker).exists()
    assert "Jalan Salah" in client.get(form).content.decode()
    assert AuditEntry.objects.filter(action="emergency.noise_reopened").count() == 1
    client.post(form, {**typed, "kind": "ghost"})
    Call.objects.filter(taker=taker).update(classified_at=timezone.now() - timedelta(minutes=6))
    client.post(f"{START}undo/")
    assert Call.objects.get(taker=taker).kind == CallType.GHOST, "too late to take back"
    answered(client)
    assert f"{START}undo/" not in client.get(START).content.decode(), "the next call ends it"


def test_a_form_outlives_the_browser_and_belongs_to_its_taker(
    at: Callable, taker, supervisor, fire: Category, in_region: Region
) -> None:
    client, form = at(taker), ""
    form = answered(client)
    key = uuid.UUID(form.rstrip("/").rsplit("/", 1)[1])
    typed = {"address": "Jalan KANARI 7", "category": fire.slug, "name": "KANARI", "text": "",
             "pin_0": "-6.171234", "pin_1": "106.640000"}  # fmt: skip
    assert client.post(f"{form}keep/", typed).status_code == 204
    assert b"KANARI" not in bytes(Draft.objects.get(key=key).sealed)
    later = at(taker)
    listed = later.get(START).content.decode()
    assert "Jalan KANARI 7" in listed
    assert fire.label_id in listed
    again = later.get(form).content.decode()
    assert "Jalan KANARI 7" in again
    for name, value in (("pin_0", "-6.171234"), ("pin_1", "106.64")):
        assert re.search(rf'name="{name}" value="{value}', again), "the pin on the map is kept, too"
    boss = at(supervisor)
    seen = boss.get(START).content.decode()
    assert "KANARI" not in seen
    assert "1 formulir" in seen or "1 form lies" in seen
    for method, path in (("get", form), ("post", form), ("get", f"{form}discard/")):
        assert getattr(boss, method)(path, {"kind": "ghost"}).status_code == 404
    assert boss.post(f"{form}keep/", {"name": "x"}).status_code == 410
    assert Draft.objects.filter(key=key).exists()
    assert client.get(f"{form}discard/").status_code == 200
    assert client.post(f"{form}discard/")["Location"] == START
    assert AuditEntry.objects.filter(action="emergency.draft_discarded").count() == 1
    assert client.post(f"{form}keep/", typed).status_code == 410, "a late request revives nothing"
    assert drafts.of(taker) == []
    sent = client.post(form, {"kind": "ghost", "answered": "2020-01-01T00:00:00+00:00"})
    assert sent.status_code == 302, "a form that is gone is still a call"
    assert timezone.now() - Call.objects.get(key=key).answered_at < timedelta(minutes=1)


def test_empty_and_old_forms_do_not_pile_up(taker) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    empty = drafting.begin(taker=taker, now=hour_ago)
    typed = drafting.begin(taker=taker, now=hour_ago)
    drafting.keep(key=typed.key, taker=taker, values={"note": "x"})
    fresh = drafting.begin(taker=taker)
    assert {row.key for row in drafts.of(taker)} == {typed.key, fresh.key}
    assert empty.key not in {row.key for row in drafts.of(taker)}
    drafting.begin(taker=taker, now=timezone.now() + timedelta(days=15))
    assert len(drafts.of(taker)) == 1


def test_pranks_decay_and_warn_but_never_block(
    at: Callable, told: Callable[..., Told], taker, fire: Category
) -> None:
    now = timezone.now()
    hashed = callers.hashed(NUMBER)
    for days in (0, 1, 2, 60):
        take(
            told=told(kind=CallType.PRANK, category=None, number=NUMBER,
                      answered_at=now - timedelta(days=days)),
            taker=taker,
        )  # fmt: skip
    seen = history.of(hashed, now=now)
    assert (seen.calls, seen.warn) == (4, True)
    assert seen.score == pytest.approx(3.18, abs=0.05)
    assert history.of(hashed, now=now + timedelta(days=60)).warn is False
    assert history.of(None, now=now) == history.History()
    client = at(taker)
    panel = client.post(f"{START}hints/", {"number": NUMBER}).content.decode()
    assert "4 panggilan dari nomor ini" in panel or "4 calls from this number" in panel
    assert "call__warn" in panel
    form = answered(client)
    client.post(
        form, {"kind": "normal", "channel": "call", "number": NUMBER, "category": fire.slug}
    )
    assert Incident.objects.filter(calls__caller_hash=hashed).count() == 1


def test_nearby_by_place_by_words_by_number(
    told: Callable[..., Told], taker, fire: Category, violence: Category, make_user: Callable
) -> None:
    first = take(
        told=told(pin=HERE, address="Jalan Merdeka 45", landmark="Masjid Al-Azhom", number=NUMBER),
        taker=taker,
    ).incident
    now = timezone.now()
    other = make_user("call_taker")

    def found(**typed: object) -> list[Incident]:
        heard = nearby.Heard(taker=other, **typed)
        return [item.incident for item in nearby.find(heard, now=now)]

    assert found(pin=(HERE[0] + 0.002, HERE[1]), category=fire) == [first]
    assert found(pin=(HERE[0] + 0.02, HERE[1]), category=fire) == []
    assert found(pin=HERE, category=violence) == [], "nobody sends the same units there"
    assert found(address="jl merdeka no 45") == [first]
    assert found(address="jalan kenanga 45", landmark="masjid") == []
    assert found(caller_hash=callers.hashed(NUMBER)) == [first]
    assert found(address="Jalan Raya") == []
    assert found() == []
    later = nearby.Heard(taker=other, pin=HERE)
    assert nearby.find(later, now=now + timedelta(minutes=61)) == []
    shut = take(
        told=told(category=violence, pin=HERE, address="Jalan Rahasia 9", number="0813555501"),
        taker=taker,
    ).incident
    assert found(address="jalan rahasia 9") == []
    assert found(caller_hash=callers.hashed("0813555501")) == [shut]


def test_a_caller_who_means_an_open_incident_joins_it(
    at: Callable, told: Callable[..., Told], taker, make_user: Callable, fire, violence
) -> None:
    first = take(told=told(pin=HERE, address="Jalan Merdeka 45"), taker=taker).incident
    client = at(make_user("call_taker"))
    panel = client.post(f"{START}hints/", {"address": "Merdeka 45", "joins": str(first.uuid)})
    assert f'value="{first.uuid}" checked' in panel.content.decode()
    form = answered(client)
    told_again = {"kind": "normal", "channel": "call", "joins": str(first.uuid), "casualties": "3",
                  "text": "Api makin besar", "address": "Merdeka 45"}  # fmt: skip
    page = client.get(client.post(form, told_again)["Location"]).content.decode()
    assert first.number in page
    assert first.calls.count() == 2
    stamp = first.stamps.get(what="called_again")
    assert stamp.text.splitlines()[:2] == ["Api makin besar", "Merdeka 45"]
    assert "3" in stamp.text
    Incident.objects.filter(pk=first.pk).update(state=State.CLOSED)
    form = answered(client)
    assert client.post(form, told_again).status_code == 422
    assert client.post(form, {**told_again, "category": fire.slug}).status_code == 302
    assert first.calls.count() == 2
    second = Incident.objects.latest("pk")
    take(told=told(joins=second, category=violence), taker=taker)
    second.refresh_from_db()
    assert second.sealed, "what a sealed call joins is sealed"
    stranger = make_user("call_taker")
    prying = {**told_again, "joins": str(second.uuid), "category": fire.slug}
    client = at(stranger)
    assert client.post(answered(client), {**prying, "category": ""}).status_code == 422
    assert client.post(answered(client), prying).status_code == 302
    assert not sealing.visible(second, stranger), "joining is no way in"
    take(told=told(joins=second), taker=stranger)
    assert not sealing.visible(second, stranger)
