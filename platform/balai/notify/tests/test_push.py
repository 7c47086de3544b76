"""Web push: only the browser can read it, the push service knows who sent it."""

import json
import time
from random import randrange

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from balai import context, notify, signing
from balai.notify import subscriptions
from balai.notify.channels import Outgoing, Undeliverable
from balai.notify.models import Message, PushDevice, Status, Subscription
from balai.notify.push import devices, encryption, vapid
from balai.notify.push.channel import PushChannel, payload
from balai.notify.tests.pushing import CURVE, Browser, PushService, b64, serving, unb64
from balai.notify.tests.test_sending import run_outbox

# RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
UA_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
UA_PUBLIC = (
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
)
AS_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6"
    "TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy"
    "4a-fN"
)
FAR = "https://updates.push.example.net/wpush/v2/abc"


def outgoing(device, **more):
    words = {"subject": "Halo", "text": "Isi\n", "url": "http://x.test/a/", "tag": "t"}
    return Outgoing(
        id="r_x-1", recipient=str(device.uuid), sender="Kota", reply_to="", html="", timeout=2,
        **{**words, **more},
    )  # fmt: skip


@pytest.fixture
def service(settings):
    with serving(PushService()) as running:
        settings.OUTBOUND_TRUSTED = [running.origin.removeprefix("http://")]
        yield running


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def device(in_region, service, browser):
    told = browser.told(f"{service.origin}/push/abc")
    return devices.register(endpoint=told["endpoint"], **told["keys"], language="id")


def test_the_example_of_rfc_8291():
    sender = ec.derive_private_key(int.from_bytes(unb64(AS_PRIVATE), "big"), CURVE)
    body = encryption.encrypt(
        PLAIN, p256dh=unb64(UA_PUBLIC), auth=unb64(AUTH), salt=unb64(SALT), sender=sender
    )
    assert b64(body) == BODY
    assert Browser(UA_PRIVATE, AUTH).read(body) == PLAIN


def test_every_message_is_sealed_anew_and_for_one_browser(browser):
    keys = {"p256dh": browser.public, "auth": browser.auth}
    first, second = (encryption.encrypt(PLAIN, **keys) for _ in range(2))
    assert first != second
    assert browser.read(first) == browser.read(second) == PLAIN
    with pytest.raises(InvalidTag):
        Browser().read(first)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [(b"\x04" + bytes(64), bytes(16)), (b"", bytes(16)), (unb64(UA_PUBLIC), bytes(15))],
)
def test_keys_that_no_browser_makes_are_refused(p256dh, auth):
    with pytest.raises(ValueError):  # the library's own words differ
        encryption.encrypt(PLAIN, p256dh=p256dh, auth=auth)


def test_a_push_arrives_readable_with_time_to_live_and_the_region_s_signature(
    device, browser, service
):
    PushChannel().deliver(outgoing(device))
    [(headers, body)] = service.taken
    assert json.loads(browser.read(body)) == {
        "title": "Halo", "body": "Isi", "url": "http://x.test/a/", "tag": "t", "lang": "id",
    }  # fmt: skip
    assert (headers["Content-Encoding"], headers["Urgency"]) == ("aes128gcm", "normal")
    assert int(headers["TTL"]) > 3600
    claims = service.check(headers["Authorization"])
    assert claims["k"] == vapid.public_key()
    assert 0 < claims["exp"] - time.time() <= 24 * 3600
    assert service.refused == []


def test_each_region_has_a_key_of_its_own_and_always_the_same(region, other_region):
    keys = []
    for city in (region, other_region, region):
        with context.region_context(city):
            vapid._key.cache_clear()
            keys.append(vapid.public_key())
    assert keys[0] == keys[2] != keys[1]
    assert len(unb64(keys[0])) == 65


def test_i09_the_signature_of_another_city_is_refused(device, other_region, service):
    with context.region_context(other_region):
        header = vapid.authorization(device.endpoint)
    assert service.check(header)["k"] != vapid.public_key()


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_with_what_it_followed(device, service, status):
    subscriptions.follow(subject="trial.thing:1", device=device, language="id")
    service.status = status
    with pytest.raises(Undeliverable):
        PushChannel().deliver(outgoing(device))
    assert not PushDevice.objects.exists()
    assert not Subscription.objects.exists()
    with pytest.raises(Undeliverable):
        PushChannel().deliver(outgoing(device))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_push_service_is_asked_again_later(device, service, status):
    service.status = status
    with pytest.raises(ConnectionError):
        PushChannel().deliver(outgoing(device))
    assert PushDevice.objects.get().failures == 0


def test_five_refusals_in_a_row_are_enough(device, service):
    service.status = 403
    for _ in range(4):
        with pytest.raises(Undeliverable):
            PushChannel().deliver(outgoing(device))
    service.status = 201
    PushChannel().deliver(outgoing(device))
    device.refresh_from_db()
    assert device.failures == 0
    service.status = 400
    for _ in range(5):
        with pytest.raises(Undeliverable):
            PushChannel().deliver(outgoing(device))
    assert not PushDevice.objects.exists()


@pytest.mark.parametrize("letter", ["a", "ä", "漢", '"'])
def test_a_long_message_is_cut_to_what_push_services_take(in_region, letter):
    long = outgoing(PushDevice(), text=letter * 5000)
    data = payload(long, "id")
    assert len(data) <= encryption.MAX_PLAIN
    assert json.loads(data)["body"].endswith("…")


def test_a_message_reaches_the_browser_through_the_outbox(device, browser, service):
    [message] = notify.send(
        template="trial/hello", to=notify.Recipient(device=device),
        context={"name": "Budi", "url": "http://x.test/b/"},
    )  # fmt: skip
    assert (message.channel, message.recipient) == ("push", str(device.uuid))
    run_outbox()
    message.refresh_from_db()
    assert message.status == Status.SENT
    assert json.loads(browser.read(service.taken[0][1]))["title"] == "Halo Budi"


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.net/a", "https://127.0.0.1/a", "https://10.0.0.1/a", "https://[::1]/a",
        "https://2130706433/a", "https://localhost/a", "https://user@push.example.net/a",
        "ftp://push.example.net/a", "push.example.net", "", "https://push.example.net/" + "a" * 600,
        "https://push.example.net:99999/a",
    ],
)  # fmt: skip
def test_only_push_services_on_the_public_internet(in_region, browser, endpoint):
    with pytest.raises(ValueError):  # urlsplit has its own for bad ports
        devices.register(endpoint=endpoint, **browser.told("")["keys"], language="id")
    assert not PushDevice.objects.exists()


def test_an_address_that_turns_out_private_is_not_called(in_region, browser, settings):
    settings.OUTBOUND_TRUSTED = []
    device = PushDevice.objects.create(
        endpoint="https://127.0.0.1:9/a", endpoint_hash="x",
        p256dh=b64(browser.public), auth=b64(browser.auth),
    )  # fmt: skip
    with pytest.raises(OSError, match="public internet"):
        PushChannel().deliver(outgoing(device))


def post(client, browser, endpoint=FAR, path="subscribe", **options):
    return client.post(
        f"/notices/push/{path}/", json.dumps(browser.told(endpoint)),
        content_type="application/json", **options,
    )  # fmt: skip


def test_a_browser_subscribes_is_remembered_and_goes(in_region, client_for, browser):
    client = client_for(in_region)
    assert client.get("/notices/push/key/").json() == {"key": vapid.public_key()}
    assert post(client, browser).status_code == 201
    device = PushDevice.objects.get()
    assert (device.endpoint, device.user) == (FAR, None)
    cookie = client.cookies[devices.COOKIE]
    assert cookie["httponly"]
    assert signing.loads(cookie.value, salt=devices.SALT, max_age=60) == str(device.uuid)
    assert post(client, browser).status_code == 201
    assert PushDevice.objects.count() == 1
    assert client.post("/notices/push/unsubscribe/").status_code == 200
    assert not PushDevice.objects.exists()
    assert client.post("/notices/push/unsubscribe/").status_code == 200


@pytest.mark.parametrize(
    "body",
    ["", "{}", "[]", '"x"', '{"keys": 1}', '{"endpoint": 1, "keys": {"p256dh": 1}}', "x" * 5000],
)
def test_what_is_no_subscription_is_refused(in_region, client_for, body):
    answer = client_for(in_region).post(
        "/notices/push/subscribe/", body, content_type="application/json"
    )
    assert answer.status_code == 422
    assert not PushDevice.objects.exists()


def test_another_site_s_form_subscribes_nobody(in_region, client_for, browser):
    client = client_for(in_region, enforce_csrf_checks=True)
    assert post(client, browser).status_code == 403
    assert client.post("/notices/push/unsubscribe/").status_code == 403


def test_too_many_subscriptions_from_one_address_wait(in_region, client_for, browser, settings):
    settings.GLOBAL_RATE_LIMITS = {**settings.GLOBAL_RATE_LIMITS, "push.ip": (2, 600)}
    client = client_for(in_region, REMOTE_ADDR=f"10.99.{randrange(250)}.{randrange(250)}")
    assert [post(client, browser).status_code for _ in range(3)] == [201, 201, 429]


def test_i09_a_device_of_one_city_is_nobody_in_the_other(
    in_region, other_region, client_for, browser
):
    client = client_for(in_region)
    post(client, browser)
    other = client_for(other_region)
    other.cookies[devices.COOKIE] = client.cookies[devices.COOKIE].value
    assert other.post("/notices/push/unsubscribe/").status_code == 200
    assert PushDevice.objects.count() == 1


def test_the_log_shows_nothing_of_the_browser(device, service, in_region, client_for, make_user):
    notify.send(template="trial/hello", to=notify.Recipient(device=device), context={})
    page = client_for(in_region, make_user("admin")).get("/console/notifications/")
    assert str(device.uuid) not in page.content.decode()
    assert device.endpoint not in page.content.decode()
    assert Message.objects.count() == 1
