"""What an alert is for citizens and other programs: pages, feeds, messages by area."""

import json
from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from balai.context import Region
from balai.notify import followers, subscriptions
from balai.notify.models import Message, PushDevice, Subscription
from balai.outbox.models import Event
from modules.emergency import alert_looks, alert_receivers, alert_subjects, topics
from modules.emergency.alert_forms import AlertForm
from modules.emergency.cap import from_xml
from modules.emergency.models import Alert
from modules.emergency.selectors import audience, places
from modules.emergency.services import alerting, telling
from modules.emergency.services.sample_alerts import clear_sample_alerts, sample_alerts
from modules.emergency.tests.alert_helpers import draft, published, told

ATOM = "{http://www.w3.org/2005/Atom}"
SUBSCRIBE = "/emergency/alerts/subscribe/"


def event(alert: Alert, topic: str = topics.ALERT) -> Event:
    return Event.objects.filter(topic=topic, key=str(alert.uuid)).latest("pk")


def test_other_programs_find_feed_document_and_shapes(
    in_region: Region, other_region: Region, dispatcher, supervisor, client_for: Callable
) -> None:
    first = published(dispatcher, supervisor, polygons="-6.17,106.63 -6.18,106.63 -6.18,106.64",
                      description_id="Air <em>naik</em>", headline_en="Flood", event_en="Flood",
                      description_en="Rising")  # fmt: skip
    last = published(dispatcher, supervisor, alerting.follow_up(
        alert=first, kind="cancel", by=dispatcher))  # fmt: skip
    waiting = draft(dispatcher)
    client = client_for(in_region)
    feed = client.get("/alerts/feed.atom")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    found = ET.fromstring(feed.content).findall(f"{ATOM}entry")  # our own
    assert [entry.findtext(f"{ATOM}id") for entry in found] == [
        f"urn:uuid:{last.uuid}", f"urn:uuid:{first.uuid}"
    ]  # fmt: skip
    title = found[0].findtext(f"{ATOM}title")
    assert title == last.infos["id-ID"]["headline"], "“cancelled” is said once"
    assert str(alert_looks.severity(first).label) in found[1].findtext(f"{ATOM}title")
    assert "&lt;em&gt;" in found[1].findtext(f"{ATOM}summary"), "no markup of an author's"
    links = [link.get("href") for link in found[0].iter(f"{ATOM}link")
             if link.get("type") == "application/cap+xml"]  # fmt: skip
    path = f"/alerts/{last.uuid}.xml"
    assert links == [in_region.base_url + path]
    document = client.get(path)
    assert document.headers["Content-Type"] == "application/cap+xml"
    assert from_xml(document.content).references[0].identifier == first.identifier
    assert client.get(f"/alerts/{waiting.uuid}.xml").status_code == 404
    assert client.get(f"/emergency/alerts/{waiting.uuid}/").status_code == 404
    assert client_for(other_region).get(path).status_code == 404
    assert client.get("/alerts/feed.geojson").json()["features"] == []
    again = published(dispatcher, supervisor, circle_lat="-6.17", circle_lng="106.63",
                      circle_km="2")  # fmt: skip
    body = client.get("/alerts/feed.geojson").json()
    assert [item["id"] for item in body["features"]] == [again.identifier]
    ring = body["features"][0]["geometry"]["coordinates"][0][0]
    assert ring[0] == ring[-1]
    assert 106.6 < ring[0][0] < 106.7
    client.cookies["balai_language"] = "en"
    assert "Flood" in client.get(f"/emergency/alerts/{first.uuid}/").content.decode()


def test_subscribers_are_told_once_by_area_and_severity(
    in_region: Region, dispatcher, supervisor, make_user: Callable
) -> None:
    here, there = places.districts().codes[:2]
    person, quiet, far, both = (make_user() for _ in range(4))
    for user, area, least in (
        (person, here, "severe"), (quiet, here, "extreme"), (far, there, "minor"),
        (both, here, "minor"), (both, "all", "minor"),
    ):  # fmt: skip
        subscriptions.follow(subject=alert_subjects.subject(area, least), user=user, language="id")
    device = PushDevice.objects.create(endpoint="https://push.test/1", endpoint_hash="1" * 64)
    subscriptions.follow(
        subject=alert_subjects.subject("all", "moderate"), device=device, language="en"
    )
    subscriptions.follow(
        subject=alert_subjects.subject("all", "minor"), email="belum@contoh.test", language="id"
    )
    alert = published(dispatcher, supervisor, areas=[here], headline_en="Flood!", event_en="Flood",
                      description_en="Rising")  # fmt: skip
    assert audience.reach(alert) == 3
    for _ in range(2):  # events arrive at least once
        alert_receivers.tell_subscribers(event(alert))
    sent = Message.objects.filter(template="emergency/alert")
    assert sorted((row.channel, row.recipient) for row in sent) == sorted([
        ("email", person.email), ("email", both.email), ("push", str(device.uuid)),
    ])  # fmt: skip
    pushed = sent.get(channel="push")
    assert "Flood!" in json.dumps(pushed.context)
    end = published(dispatcher, supervisor, alerting.follow_up(
        alert=alert, kind="end", by=dispatcher))  # fmt: skip
    assert audience.reach(end) == 3, "who was warned hears the all-clear"
    trial = published(dispatcher, supervisor, template="test", areas=[here])
    assert telling.tell(alert=trial) == 0
    alert.refresh_from_db()
    Message.objects.all().delete()
    assert telling.tell(alert=alert) == 0, "what was replaced meanwhile is told no more"
    with time_machine.travel(end.expires_at + timedelta(seconds=1)):
        assert telling.tell(alert=end) == 0, "a queue that stood still does not warn of yesterday"


def test_many_subscribers_are_told_page_by_page(
    in_region: Region, dispatcher, supervisor, monkeypatch, make_user: Callable
) -> None:
    monkeypatch.setattr(telling, "PAGE", 2)
    for _ in range(5):
        subscriptions.follow(
            subject=alert_subjects.subject("all", "minor"), user=make_user(), language="id"
        )
    alert = published(dispatcher, supervisor)
    alert_receivers.tell_subscribers(event(alert))
    for _ in range(2):
        alert_receivers.tell_more_subscribers(event(alert, topics.ALERT_TOLD))
    assert Message.objects.filter(template="emergency/alert").count() == 5
    assert Event.objects.filter(topic=topics.ALERT_TOLD).count() == 2


def test_a_letter_says_it_all_and_how_to_stop(
    in_region: Region, dispatcher, supervisor, make_user: Callable
) -> None:
    from balai.notify import delivery

    user = make_user()
    subscriptions.follow(subject=alert_subjects.subject("all", "minor"), user=user, language="id")
    alert = published(dispatcher, supervisor, headline_id="Waspada banjir di Periuk")
    alert_receivers.tell_subscribers(event(alert))
    delivery.deliver(Message.objects.get(template="emergency/alert").pk)
    letter = mail.outbox[-1]
    assert "Waspada banjir di Periuk" in letter.subject
    assert str(alert.uuid) in letter.body
    assert "112" in letter.body
    assert "List-Unsubscribe" in letter.extra_headers


def test_those_who_may_approve_are_asked(
    in_region: Region, supervisor, make_user: Callable
) -> None:
    leader = make_user("leader")
    alert = draft(supervisor)
    alerting.submit(alert=alert)
    for _ in range(2):
        alert_receivers.ask_for_approval(event(alert, topics.ALERT_WAITS))
    asked = Message.objects.filter(template="emergency/alert_waits")
    assert {row.recipient for row in asked} >= {leader.email}
    assert supervisor.email not in {row.recipient for row in asked}
    assert asked.count() == len({row.recipient for row in asked})


def test_citizens_choose_and_leave(
    in_region: Region, make_user: Callable, client_for: Callable
) -> None:
    user, here = make_user(), places.districts().codes[0]
    client = client_for(in_region, user)
    assert "data-push" not in client.get(SUBSCRIBE).content.decode()
    assert "data-push" in client.get(f"{SUBSCRIBE}?area={here}&least=severe").content.decode()
    for least in ("severe", "moderate"):
        client.post(SUBSCRIBE, {"area": here, "least": least, "how": "account"})
    subject = alert_subjects.subject(here, "moderate")
    assert followers.own(alert_subjects.PREFIX, user=user) == [(subject, "account")]
    client.post(f"{SUBSCRIBE}leave/", {"subject": subject})
    assert followers.own(alert_subjects.PREFIX, user=user) == []
    stranger = client_for(in_region)
    form = {"area": here, "least": "severe", "how": "email"}
    assert stranger.post(SUBSCRIBE, form).status_code == 422
    assert stranger.post(SUBSCRIBE, {**form, "area": "x"}).status_code == 422
    assert stranger.post(SUBSCRIBE, {**form, "email": "a@contoh.test"}).status_code == 302
    assert Subscription.objects.get(email="a@contoh.test").confirmed_at is None
    assert stranger.post(SUBSCRIBE, {**form, "how": "device"}).status_code == 302
    assert Subscription.objects.exclude(email="a@contoh.test").count() == 0


def test_times_are_those_of_the_region_s_clock(in_region: Region) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from balai.context import region_context

    with time_machine.travel(datetime(2026, 9, 24, 3, tzinfo=UTC), tick=False):
        for zone, hour in (("Asia/Jakarta", 5), ("Asia/Jayapura", 3)):
            with region_context(replace(in_region, timezone=zone)):
                form = AlertForm(told(expires_at="2026-09-24T12:00"))
                assert form.is_valid() == (hour > 3), form.errors
                if form.is_valid():
                    assert form.content().expires_at == datetime(2026, 9, 24, hour, tzinfo=UTC)


@pytest.mark.parametrize("language", ["id", "en"])
def test_samples_show_one_in_force_and_one_that_is_over(
    language: str, in_region: Region, client_for: Callable
) -> None:
    assert (sample_alerts(), sample_alerts()) == (2, 2)
    client = client_for(in_region)
    client.cookies["balai_language"] = language
    page = client.get("/emergency/alerts/").content.decode()
    assert page.count({"id": "Contoh: ", "en": "Sample: "}[language]) >= 2
    assert "[" not in "".join(json.dumps(a.infos["id-ID"])[1:] for a in Alert.objects.all())
    assert not Event.objects.filter(topic=topics.ALERT).exists()
    now = timezone.now()
    assert {alert.expires_at > now + timedelta(hours=1) for alert in Alert.objects.all()} == {
        True, False
    }  # fmt: skip
    samples = [from_xml(alert.document.encode()) for alert in Alert.objects.all()]
    assert {sample.status for sample in samples} == {"Test"}, "real to no other system"
    assert clear_sample_alerts() == 2
