"""Webhooks: signed, tried again, never into our own network, quiet about what is not public."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai import outbound
from balai.api import webhook_services as services, webhooks
from balai.api.models import WebhookDelivery, WebhookEndpoint
from balai.api.tasks import forget_deliveries
from balai.api.tests.listening import listening, run_outbox
from balai.audit.models import Entry
from balai.context import region_context
from balai.notify.models import Message
from balai.outbox.models import Event
from tests.dummy.specimen import services as notes

TOPIC = "specimen.note_written"
Status = WebhookDelivery.Status


@pytest.fixture
def listener(settings):
    """A program that listens, in the operator's own network."""
    with listening() as told:
        settings.OUTBOUND_TRUSTED = [f"127.0.0.1:{told.port}"]
        yield told


@pytest.fixture
def endpoint(in_region, listener):
    """Its address, told of notes."""
    return services.create(name="Dishub", url=listener.url, topics=[TOPIC], by=None)


def happen(text="Lampu mati"):
    note = notes.write_note(text=text)
    run_outbox()
    return note


def only() -> WebhookDelivery:
    return WebhookDelivery.objects.get()


def test_an_event_arrives_signed_with_public_facts(endpoint, listener):
    note = happen()
    [(path, headers, body)] = listener.received
    assert path == "/hook?city=1"
    told = json.loads(body)
    assert (told["event"], told["data"]) == (TOPIC, {"note": str(note.uuid)})
    parts = dict(part.split("=") for part in headers["Balai-Signature"].split(","))
    said = parts["t"].encode() + b"." + body
    secret = webhooks.secret_of(endpoint).encode()
    assert parts["v1"] == hmac.new(secret, said, hashlib.sha256).hexdigest()
    assert abs(int(parts["t"]) - timezone.now().timestamp()) < 60
    assert headers["Balai-Event"] == TOPIC
    assert headers["Balai-Delivery"] == str(only().uuid)
    assert (only().status, only().answer, only().attempts) == (Status.DELIVERED, 200, 1)


def test_an_event_told_twice_is_one_delivery(endpoint, listener):
    happen()
    event = Event.objects.get(topic=TOPIC)
    webhooks.fan_out(event.data())
    run_outbox()
    assert len(listener.received) == 1


def test_what_is_not_public_is_told_to_nobody(endpoint, listener):
    happen("Rahasia: nama pelapor")
    assert listener.received == []
    assert not WebhookDelivery.objects.exists()


def test_only_the_chosen_events_and_only_while_the_module_is_on(
    endpoint, listener, region, in_region
):
    from dataclasses import replace

    services.create(name="Lain", url=listener.url, topics=["complaints.resolve"], by=None)
    without = replace(region, active_modules=region.active_modules - {"specimen"})
    notes.write_note(text="a")
    with region_context(without):
        run_outbox()
    assert listener.received == []
    happen("b")
    assert len(listener.received) == 1


def test_failures_are_tried_again_later_and_later_then_given_up(endpoint, listener):
    listener.status = 500
    with time_machine.travel("2026-12-01T03:00:00Z", tick=False) as clock:
        happen()
        waits = []
        while only().status == Status.WAITING:
            waits.append((only().next_at - timezone.now()).total_seconds())
            clock.shift(waits[-1] - 1)
            run_outbox()
            assert len(listener.received) == len(waits), "not before its time"
            clock.shift(1)
            run_outbox()
        assert tuple(waits) == webhooks.WAITS
    assert len(listener.received) == webhooks.MOST_ATTEMPTS == 12
    assert (only().status, only().answer, only().next_at) == (Status.FAILED, 500, None)
    assert {headers["Balai-Delivery"] for _, headers, _ in listener.received} == {str(only().uuid)}


def test_an_address_that_comes_back_gets_the_same_delivery(endpoint, listener):
    listener.status = 0
    with time_machine.travel("2026-12-01T03:00:00Z", tick=False) as clock:
        happen()
        assert only().error
        assert only().answer is None
        listener.status = 204
        clock.shift(5)
        run_outbox()
    assert (only().status, only().attempts) == (Status.DELIVERED, 2)
    assert WebhookEndpoint.objects.get().failures == 0


def test_a_redirect_is_not_followed(endpoint, listener):
    listener.status, listener.location = 302, listener.url
    happen()
    assert len(listener.received) == 1
    assert (only().status, only().answer) == (Status.WAITING, 302)


PRIVATE = (
    "http://127.0.0.1:9/", "http://localhost/", "http://10.1.2.3/", "http://169.254.169.254/latest",
    "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/", "http://192.168.1.1:8080/x",
    "http://100.64.0.1/", "http://user:pass@10.0.0.1/", "http://2130706433/", "http://0x7f.1/",
)  # fmt: skip


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused_when_saved_and_when_called(
    in_region, make_user, client_for, url
):
    admin = client_for(in_region, make_user("admin"))
    form = {"name": "Jahat", "url": url, "topics": [TOPIC]}
    assert admin.post("/console/api/webhooks/new/", form).status_code == 422
    assert not WebhookEndpoint.objects.exists()
    services.create(name="Lama", url=url, topics=[TOPIC], by=None)
    happen()
    assert (only().status, only().answer) == (Status.WAITING, None)
    assert only().error


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://x/",
        "http://[bad/",
        "http://a..b/",
        f"http://{'x' * 70}.id/",
    ],
)
def test_other_schemes_are_never_called(url):
    with pytest.raises(outbound.Refused):
        outbound.require_callable(url)


def test_an_address_that_never_answers_is_paused_and_the_admins_hear_of_it(
    endpoint, listener, make_user
):
    make_user("admin", email="admin@contoh.test")
    listener.status = 500
    WebhookEndpoint.objects.update(failures=webhooks.MOST_FAILURES - 1)
    happen()
    endpoint.refresh_from_db()
    assert (endpoint.active, endpoint.failures) == (False, webhooks.MOST_FAILURES)
    assert Message.objects.filter(template="api/webhook_paused").exists()
    assert Entry.objects.filter(action="api.webhook_paused").exists()
    happen("while it is paused")
    assert WebhookDelivery.objects.count() == 1, "nothing is kept for a paused address"
    listener.status = 200
    assert services.resume(endpoint=endpoint) == 1
    run_outbox()
    assert only().status == Status.DELIVERED


def test_a_pause_lets_waiting_events_wait(endpoint, listener):
    listener.status = 500
    with time_machine.travel("2026-12-01T03:00:00Z", tick=False) as clock:
        happen()
        services.pause(endpoint=endpoint)
        clock.shift(3600)
        run_outbox()
    assert len(listener.received) == 1
    assert only().status == Status.WAITING


def test_a_test_event_goes_to_a_paused_address_too(endpoint, listener):
    services.pause(endpoint=endpoint)
    row = services.test(endpoint=endpoint)
    run_outbox()
    row.refresh_from_db()
    assert row.status == Status.DELIVERED
    assert json.loads(listener.received[0][2])["event"] == "api.webhook_test"


def test_secrets_differ_by_address_generation_and_city(endpoint, other_region):
    first = webhooks.secret_of(endpoint)
    with region_context(other_region):
        assert webhooks.secret_of(endpoint) != first
    changed = services.rotate(endpoint=endpoint)
    assert webhooks.secret_of(changed) != first
    assert first not in str(WebhookEndpoint.objects.values().get())


def test_the_console_leads_from_adding_to_sending_again(in_region, listener, make_user, client_for):
    admin = client_for(in_region, make_user("admin"))
    admin.cookies["balai_language"] = "en"
    assert b"No program is told of anything yet" in admin.get("/console/api/webhooks/").content
    form = {"name": "Dishub", "url": listener.url, "topics": [TOPIC]}
    page = admin.post("/console/api/webhooks/new/", form)["Location"]
    assert b"Nothing has been sent yet" in admin.get(page).content
    listener.status = 500
    assert admin.post(f"{page}test/").status_code == 302
    run_outbox()
    shown = admin.get(page).content.decode()
    assert "HTTP 500" in shown
    assert webhooks.secret_of(WebhookEndpoint.objects.get()) in shown
    listener.status = 200
    delivery = f"/console/api/webhooks/deliveries/{only().uuid}/"
    assert b"api.webhook_test" in admin.get(delivery).content
    assert admin.post(f"{delivery}again/").status_code == 302
    run_outbox()
    assert only().status == Status.DELIVERED
    assert b"No delivery fits" in admin.get(f"{page}?status=failed").content
    assert str(only().uuid) in admin.get(f"{page}?q={only().uuid}").content.decode()
    for step in ("pause/", "resume/", "rotate/"):
        assert admin.post(f"{page}{step}").status_code == 302
    form["name"] = "Dishub baru"
    assert admin.post(f"{page}edit/", form).status_code == 302
    assert b"Dishub baru" in admin.get("/console/api/webhooks/").content
    assert b"Remove the webhook" in admin.get(f"{page}delete/").content
    assert admin.post(f"{page}delete/").status_code == 302
    assert not WebhookDelivery.objects.exists()
    done = set(Entry.objects.filter(action__startswith="api.webhook").values_list("action", flat=1))
    assert len(done) == 7, done


def test_lists_cost_the_same_for_one_and_three(
    endpoint, listener, in_region, make_user, client_for
):
    admin = client_for(in_region, make_user("admin"))
    page = f"/console/api/webhooks/{endpoint.uuid}/"
    happen()
    admin.get(page)
    for address, more in (("/console/api/webhooks/", _more_endpoints), (page, _more_deliveries)):
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as seen:
                assert admin.get(address).status_code == 200
            counts.append(len(seen))
            more(listener)
        assert counts[0] == counts[1], address


def _more_endpoints(listener):
    for _ in range(2):
        services.create(name="Lain", url=listener.url, topics=["x.y"], by=None)


def _more_deliveries(listener):
    for _ in range(2):
        happen()


def test_old_deliveries_are_forgotten_waiting_ones_are_not(endpoint, listener):
    happen()
    listener.status = 500
    happen()
    WebhookDelivery.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert forget_deliveries() == 1
    assert only().status == Status.WAITING
