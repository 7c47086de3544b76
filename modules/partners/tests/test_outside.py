"""A partner's own program: tokens, its cases and no other's; incidents of 112; the samples."""

import base64
from uuid import uuid4

import pytest
from django.utils import timezone

from balai.api import key_services
from balai.notify.models import Message as Letter
from modules.emergency.models import Category, Incident, Stamp
from modules.emergency.services.intake import Told, take
from modules.partners import sources
from modules.partners.models import Access, Cooperation, Partner, Share
from modules.partners.sample import clear, load
from modules.partners.services import agreements, answering, clients, sharing
from modules.partners.states import State
from modules.partners.tests.conftest import WORDS, deliver, paper
from modules.partners.workflow import NotAllowed

pytestmark = pytest.mark.django_db
API = "/api/v1/partners/shares"
FORM = "application/x-www-form-urlencoded"


def token(client, ident, secret, scope=""):
    """Do what a program does: exchange its secret for a token (RFC 6749, 4.4)."""
    basic = base64.b64encode(f"{ident}:{secret}".encode()).decode()
    wish = f"grant_type=client_credentials&scope={scope}" if scope else None
    body = wish or "grant_type=client_credentials"
    headers = {"Authorization": f"Basic {basic}"}
    answer = client.post("/api/v1/oauth/token", body, content_type=FORM, headers=headers)
    assert answer.status_code == 200
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_a_program_reads_and_answers_its_own_cases(
    agreed, shared, police, coordinator, make_user, at
) -> None:
    admin = make_user("admin")
    share, sealed = shared(), shared("kekerasan")
    sharing.consent(share=sealed, by=admin)
    client = at()
    good = token(client, *clients.register(partner=police, by=admin))
    [row] = client.get(API, headers=good).json()["shares"]
    assert (row["number"], row["state"]) == (share.number, "sent")
    whole = client.get(f"{API}/{share.uuid}", headers=good).json()
    assert {one["key"]: one["text"] for one in whole["fields"]}["text"] == WORDS
    assert coordinator.name not in str(whole)
    assert client.get(f"{API}/{sealed.uuid}", headers=good).status_code == 404

    def post(what, told):
        path = f"{API}/{share.uuid}/{what}"
        return client.post(path, told, content_type="application/json", headers=good)

    assert post("acknowledge", {"reference": "LP/9"}).json()["state"] == "acknowledged"
    assert post("acknowledge", {}).status_code == 409
    assert post("answer", {"outcome": "nonsense", "text": "x"}).status_code == 422
    told = {"outcome": "handled", "text": "Patroli sudah dikirim."}
    assert post("answer", told).json()["outcome"] == "handled"
    assert post("messages", {"text": "Selesai"}).json()["messages"][-1]["side"] == "partner"
    assert {one.via for one in Access.objects.all()} == {"api"}


def test_a_program_is_kept_to_its_rights_and_shut_out_with_its_partner(
    agreed, shared, police, outsider, make_user, at
) -> None:
    admin, share, client = make_user("admin"), shared(), at()
    grid = Partner.objects.get(slug="pln")
    theirs = token(client, *clients.register(partner=grid, by=admin))
    assert client.get(API, headers=theirs).json()["shares"] == []
    assert client.get(f"{API}/{share.uuid}", headers=theirs).status_code == 404
    ident, secret = clients.register(partner=police, by=admin)
    reads = token(client, ident, secret, "partners:read")
    path = f"{API}/{share.uuid}/acknowledge"
    refused = client.post(path, {}, content_type="application/json", headers=reads)
    assert refused.status_code == 403
    assert client.get(API).status_code == 401
    _key, stray = key_services.create(name="Lain", scopes=["partners:read"], per_minute=60, by=None)
    assert client.get(API, headers={"X-API-Key": stray}).status_code == 403
    assert client.get(API, headers=reads).status_code == 200
    agreements.end_cooperation(cooperation=agreed, reason="Selesai")
    assert client.get(API, headers=reads).json()["shares"] == []
    clients.revoke(partner=Partner.objects.select_related("api_key").get(pk=police.pk))
    assert client.get(API, headers=reads).status_code == 401
    with pytest.raises(NotAllowed):
        clients.register(partner=police, by=admin)


def test_incidents_of_112_are_shared_by_rule_and_hear_of_it(police, make_user) -> None:
    kind = Category.objects.filter(sealed=False).first()
    told = paper(categories={"emergency": [kind.slug]}, fields={"emergency": ["text", "hazards"]})
    agreed = agreements.save_cooperation(partner=police, told=told)
    rule = {"source": "emergency", "categories": [kind.slug], "areas": [], "fields": ["text"],
            "moment": "arrived"}  # fmt: skip
    agreements.add_rule(cooperation=agreed, told=rule)
    call = take(
        told=Told(key=uuid4(), kind="normal", answered_at=timezone.now(), category=kind,
                  text="Tawuran di perempatan"),
        taker=make_user("call_taker"),
    )  # fmt: skip
    deliver("emergency.")
    share = Share.objects.get()
    assert (share.source, share.number) == ("emergency", call.incident.number)
    answering.acknowledge(share=share)
    lines = Stamp.objects.filter(incident=call.incident, what="note")
    assert [line.text.startswith("Polres: ") for line in lines] == [False, True]


def test_a_sealed_incident_is_held_and_needs_who_may_dispatch(police, make_user) -> None:
    kind = Category.objects.filter(sealed=True).first()
    incident = Incident.objects.create(number="112-UJI", category=kind, sealed=True, text="Rahasia")
    source = sources.active()["emergency"]
    admin, chief, other = (
        make_user("admin"), make_user("emergency_supervisor"), make_user("emergency_supervisor"),
    )  # fmt: skip
    assert not source.contract.may_share(admin, incident.uuid)
    assert [f.label for f in source.contract.search_cases(chief, "112-UJI", 5)] != [kind.label]
    told = paper(categories={"emergency": [kind.slug]}, fields={"emergency": ["text"]})
    agreed = agreements.save_cooperation(partner=police, told=told)
    facts = source.case(incident.uuid)
    wish = sharing.Wish(
        source=source, facts=facts, cooperation=agreed, fields=["text"], reason="Pendampingan"
    )
    share = sharing.share(wish=wish, by=chief)
    assert share.state == State.HELD
    assert not sharing.may_consent(admin, share)
    assert sharing.consent(share=share, by=other).state == State.SENT


def test_samples_come_and_go_and_write_to_nobody(report, make_user, constable) -> None:
    make_user("admin")
    Cooperation.objects.all().delete()
    for category in (*["gangguan-keamanan"] * 4, "kabel", "kekerasan", "ktp-kk"):
        report(category, sample=True)
    own = report()
    count = load()
    assert count == 5
    assert load() == count
    assert not Share.objects.filter(case=own.uuid).exists()
    states = set(Share.objects.values_list("state", flat=True))
    assert states == {State.SENT, State.ACKNOWLEDGED, State.ANSWERED, State.HELD}
    deliver()
    assert not Letter.objects.filter(template__startswith="partners/").exists()
    assert clear() == count
    assert not Cooperation.objects.exists()
    assert Partner.objects.count() == 31
