"""Admins arrange categories, questions, outcomes and units; nothing is deleted."""

from collections.abc import Callable
from dataclasses import fields

import pytest

from balai.audit.models import Entry as AuditEntry
from balai.context import Region
from modules.emergency import conf
from modules.emergency.models import Category, Incident, Outcome, Unit
from modules.emergency.services import catalogue
from modules.emergency.services.dispatching import send
from modules.emergency.settings_form import SettingsForm
from modules.emergency.workflow import NotAllowed

BASE = "/console/emergency/"


@pytest.fixture
def admin(client_for: Callable, in_region: Region, make_user: Callable) -> object:
    """An admin's client."""
    return client_for(in_region, make_user("admin"))


def script(*rows: tuple[str, str, str, str, str]) -> dict[str, str]:
    """Return the questions' fields: (key, place, Indonesian, English, kind) each."""
    names = ("key", "place", "id", "en", "kind")
    told = {
        f"questions-{at}-{name}": value
        for at, row in enumerate(rows)
        for name, value in zip(names, row, strict=True)
    }
    return {**told, "questions-TOTAL_FORMS": str(len(rows)), "questions-INITIAL_FORMS": "0"}


def test_a_category_with_its_questions(admin) -> None:
    new = {"label_id": "Gedung runtuh", "label_en": "Collapsed building", "icon": "house",
           "urgency": "life", "target_minutes": "8", "unit_0": "rescue", "unit_1": "ambulance",
           "unit_2": "rescue", "active": "on"}  # fmt: skip
    questions = script(
        ("", "2", "Ada yang terjebak?", "Anybody trapped?", "yes_no"),
        ("", "1", "Berapa lantai?", "", "number"),
        ("", "", "", "", "text"),
    )
    assert admin.post(f"{BASE}new/", {**new, **questions, "target_minutes": "0"}).status_code == 422
    lost = script(("", "", "", "Only English", "text"))
    assert admin.post(f"{BASE}new/", {**new, **lost}).status_code == 422
    assert admin.post(f"{BASE}new/", {**new, **questions}).status_code == 302
    made = Category.objects.get(slug="gedung-runtuh")
    assert made.units == ["rescue", "ambulance"]
    assert made.script == [
        {"key": "berapa-lantai", "id": "Berapa lantai?", "en": "Berapa lantai?", "kind": "number"},
        {"key": "anybody-trapped", "id": "Ada yang terjebak?", "en": "Anybody trapped?",
         "kind": "yes_no"},
    ]  # fmt: skip
    page = admin.get(f"{BASE}gedung-runtuh/").content.decode()
    assert "Ada yang terjebak?" in page
    again = script(("anybody-trapped", "1", "Siapa yang terjebak?", "Who is trapped?", "text"))
    assert admin.post(f"{BASE}gedung-runtuh/", {**new, **again, "sealed": "on"}).status_code == 302
    made.refresh_from_db()
    assert [row["key"] for row in made.script] == ["anybody-trapped"], "old answers keep their name"
    assert made.sealed
    row = AuditEntry.objects.get(action="emergency.category_changed")
    assert (row.before["sealed"], row.after["sealed"]) == (False, True)


def test_order_offer_and_undo(admin, in_region: Region) -> None:
    first, second = Category.objects.all()[:2]
    admin.post(f"{BASE}{second.slug}/change/", {"do": "up"})
    assert Category.objects.first() == second
    page = admin.get(BASE).content.decode()
    assert (
        f'id="undo" class="note row row--between" method="post" action="{BASE}{second.slug}' in page
    )
    admin.post(f"{BASE}{second.slug}/change/", {"do": "down"})
    assert Category.objects.first() == first
    admin.post(f"{BASE}{first.slug}/change/", {"do": "up"})
    admin.post(f"{BASE}{first.slug}/change/", {"do": "weg"})
    assert Category.objects.first() == first
    admin.post(f"{BASE}{first.slug}/change/", {"do": "off"})
    assert not Category.objects.get(pk=first.pk).active
    assert 'value="on"' in admin.get(BASE).content.decode()
    assert 'id="undo"' not in admin.get(BASE).content.decode(), "once"
    Outcome.objects.exclude(pk=Outcome.objects.first().pk).update(active=False)
    last = Outcome.objects.get(active=True)
    admin.post(f"{BASE}outcomes/{last.code}/change/", {"do": "off"})
    assert Outcome.objects.get(pk=last.pk).active, "an incident must have a way to end"
    words = {"label_id": "Salah alamat", "label_en": "Wrong address", "active": "on"}
    assert admin.post(f"{BASE}outcomes/new/", words).status_code == 302
    made = Outcome.objects.get(code="salah-alamat")
    assert (made.real, Outcome.objects.last()) == (False, made)
    assert "Salah alamat" in admin.get(f"{BASE}outcomes/").content.decode()
    assert admin.get(f"{BASE}outcomes/{made.code}/").status_code == 200


def test_a_unit_and_its_post(
    admin, engine: Unit, incident: Incident, dispatcher, make_user, client_for, in_region
) -> None:
    told = {"callsign": "Ambulans 09", "kind": "ambulance", "agency": engine.agency_id,
            "active": "on", "post_0": "-6.17", "post_1": "106.63"}  # fmt: skip
    assert admin.post(f"{BASE}units/new/", {**told, "callsign": engine.callsign}).status_code == 422
    assert admin.post(f"{BASE}units/new/", told).status_code == 302
    made = Unit.objects.get(callsign="Ambulans 09")
    assert (made.base_latitude, made.base_longitude) == (-6.17, 106.63)
    page = admin.get(f"{BASE}units/{made.uuid}/").content.decode()
    assert 'value="-6.17"' in page
    send(unit=engine, incident=incident, by=dispatcher)
    admin.post(f"{BASE}units/{engine.uuid}/change/", {"do": "off"})
    assert Unit.objects.get(pk=engine.pk).active, "it is with an incident"
    admin.post(f"{BASE}units/{made.uuid}/change/", {"do": "off"})
    assert not Unit.objects.get(pk=made.pk).active
    assert "Ambulans 09" in admin.get(f"{BASE}units/").content.decode()
    for role in ("call_taker", "emergency_supervisor"):
        assert client_for(in_region, make_user(role)).get(BASE).status_code == 403


def test_saving_a_unit_leaves_what_its_crew_does_alone(engine: Unit) -> None:
    seen, before = Unit.objects.get(pk=engine.pk), catalogue.traced(engine)
    Unit.objects.filter(pk=seen.pk).update(state="en_route", latitude=-6.2)
    seen.callsign = "Uji Damkar 9"
    catalogue.save(row=seen, before=before)
    engine.refresh_from_db()
    assert (engine.callsign, engine.state) == ("Uji Damkar 9", "en_route")
    seen.active = False
    with pytest.raises(NotAllowed):
        catalogue.save(row=seen, before=before)


def test_the_settings_form_knows_every_setting() -> None:
    assert set(SettingsForm().fields) == {field.name for field in fields(conf.Settings)}
    assert "nearby_metres" in SettingsForm({"nearby_metres": "1"}).errors
