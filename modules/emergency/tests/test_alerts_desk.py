"""The composer and the second person; what stands on all pages when they agree."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.audit.models import Entry
from balai.context import Region
from balai.directory.models import Area
from balai.outbox.models import Event
from modules.emergency import conf, topics
from modules.emergency.alert_forms import AlertForm, from_alert
from modules.emergency.models import Alert
from modules.emergency.services import alerting
from modules.emergency.services.alerting import NotNow
from modules.emergency.tests.alert_helpers import district, draft, published, told
from tenants import activation, directory

DESK = "/desk/emergency/alerts/"
HEADLINE = "Waspada banjir di Periuk"


@pytest.fixture
def leader(in_region: Region, make_user: Callable) -> object:
    """May approve, not write."""
    return make_user("leader")


def act(client, alert: Alert, do: str, **more: str):
    return client.post(f"{DESK}{alert.uuid}/act/", {"do": do, **more}, follow=True)


def test_from_a_prepared_alert_to_every_page(
    in_region: Region, other_region: Region, dispatcher, leader, client_for: Callable
) -> None:
    desk, second, citizen = (client_for(in_region, who) for who in (dispatcher, leader, None))
    page = desk.get(f"{DESK}new/?template=flood").content.decode()
    assert "[tempat]" in page
    left = desk.post(f"{DESK}new/", told(headline_id="Waspada di [tempat]"))
    assert left.status_code == 422
    sent = desk.post(f"{DESK}new/", told(headline_id=HEADLINE, contact="112"))
    assert sent.status_code == 302
    alert = Alert.objects.get()
    page = desk.get(sent.headers["Location"]).content.decode()
    assert HEADLINE in page
    assert "urn:oasis:names:tc:emergency:cap:1.2" in page
    assert 'value="publish"' not in page
    act(desk, alert, "submit")
    page = desk.get(f"{DESK}{alert.uuid}/").content.decode()
    assert 'value="publish"' not in page
    assert str(leader) in page, "who writes it knows for whom it waits"
    assert act(desk, alert, "publish", seen=alerting.fingerprint(alert)).status_code == 403
    assert Event.objects.filter(topic=topics.ALERT_WAITS).count() == 1
    page = second.get(f"{DESK}{alert.uuid}/").content.decode()
    assert 'value="publish"' in page
    assert HEADLINE not in citizen.get("/").content.decode()
    act(second, alert, "publish", seen=alerting.fingerprint(alert))
    directory.invalidate()  # as the notice does in every process
    for address in ("/", "/emergency/alerts/", f"/emergency/alerts/{alert.uuid}/", "/alerts/"):
        assert HEADLINE in citizen.get(address).content.decode(), address
    assert HEADLINE in desk.get(DESK).content.decode()
    assert HEADLINE not in client_for(other_region).get("/").content.decode()
    steps = Entry.objects.filter(target=alert.identifier).order_by("seq")
    assert [entry.action.rpartition("_")[2] for entry in steps] == [
        "written", "submitted", "published"
    ]  # fmt: skip
    with time_machine.travel(timezone.now() + timedelta(hours=4)):
        directory.invalidate()
        assert HEADLINE not in citizen.get("/").content.decode()
        assert client_for(in_region).get(f"/emergency/alerts/{alert.uuid}/").status_code == 200


def test_nobody_approves_what_he_wrote_or_has_not_read(
    in_region: Region, supervisor, leader
) -> None:
    alert = draft(supervisor)
    with pytest.raises(NotNow):
        alerting.publish(alert=alert, by=leader, seen=alerting.fingerprint(alert))
    alerting.submit(alert=alert)
    alert.refresh_from_db()
    seen = alerting.fingerprint(alert)
    with pytest.raises(NotNow):
        alerting.publish(alert=alert, by=supervisor, seen=seen)
    alerting.send_back(alert=alert, remark="Sebut nama sungainya")
    changed = {name: getattr(alert, name) for name in alerting.Content.__dataclass_fields__}
    infos = {"id-ID": {**alert.infos["id-ID"], "headline": "Diubah"}}
    content = replace(alerting.Content(**changed), infos=infos)
    alert = alerting.write(content=content, by=supervisor, alert=alert)
    alerting.submit(alert=alert)
    with pytest.raises(NotNow):
        alerting.publish(alert=alert, by=leader, seen=seen)
    with pytest.raises(NotNow):
        alerting.write(content=content, by=leader, alert=alert)
    alert.refresh_from_db()
    sent = alerting.publish(alert=alert, by=leader, seen=alerting.fingerprint(alert))
    assert (sent.state, sent.approver) == (Alert.State.PUBLISHED, leader)
    with pytest.raises(NotNow):
        alerting.publish(alert=alert, by=leader, seen=alerting.fingerprint(alert))


def test_one_person_types_a_word(in_region: Region, dispatcher, client_for: Callable) -> None:
    activation.set_settings(in_region, conf.SLUG, {"alerts_two_persons": False})
    directory.invalidate()
    desk, alert = client_for(in_region, dispatcher), draft(dispatcher)
    seen = alerting.fingerprint(alert)
    assert act(desk, alert, "publish", seen=seen, word="ya").status_code == 422
    page = desk.get(f"{DESK}{alert.uuid}/")
    act(desk, alert, "publish", seen=seen, word=str(page.context["word"]))
    alert.refresh_from_db()
    assert alert.state == Alert.State.PUBLISHED


def test_updates_cancellations_and_ends_follow_one_another(
    in_region: Region, dispatcher, supervisor
) -> None:
    first = published(dispatcher, supervisor)
    update = alerting.follow_up(alert=first, kind="update", by=dispatcher)
    assert alerting.follow_up(alert=first, kind="update", by=supervisor) == update
    for other in ("cancel", "end"):
        with pytest.raises(NotNow):  # whoever cancels shall not be handed an update's draft
            alerting.follow_up(alert=first, kind=other, by=supervisor)
    form = AlertForm({**from_alert(update, in_region.zone), "status": "Test"})
    assert form.is_valid(), form.errors
    alerting.write(content=form.content(), by=dispatcher, alert=update)
    update.refresh_from_db()
    assert update.status == "Actual", "a test ends nothing that is real"
    second = published(dispatcher, supervisor, update)
    first.refresh_from_db()
    assert first.state == Alert.State.ENDED
    assert f"{first.sender},{first.identifier}," in second.document
    end = published(dispatcher, supervisor, alerting.follow_up(
        alert=second, kind="end", by=dispatcher))  # fmt: skip
    assert "<responseType>AllClear" in end.document
    assert end.document.count(first.identifier) == 1
    assert end.document.count(second.identifier) == 1
    cancelled = published(dispatcher, supervisor, alerting.follow_up(
        alert=end, kind="cancel", by=dispatcher))  # fmt: skip
    assert "<msgType>Cancel" in cancelled.document
    assert "<urgency>Past" in cancelled.document, "nobody is told to get ready for it"
    assert f"<note>{cancelled.infos['id-ID']['description']}</note>" in cancelled.document
    with pytest.raises(NotNow):
        alerting.follow_up(alert=cancelled, kind="cancel", by=dispatcher)
    with pytest.raises(NotNow):
        alerting.follow_up(alert=second, kind="update", by=dispatcher)


def test_areas_by_name_by_shape_and_by_circle(in_region: Region, dispatcher, client_for) -> None:
    desk, code = client_for(in_region, dispatcher), district()
    ring = "-6.17,106.63 -6.18,106.63 -6.18,106.64"
    crossed = "-6.17,106.63 -6.19,106.65 -6.17,106.65 -6.19,106.63"
    for fields, status in (
        ({"areas": []}, 422),
        ({"areas": [], "polygons": ring}, 302),
        ({"areas": [], "polygons": "di sana"}, 422),
        ({"areas": [], "polygons": "nan,106.63 -6.18,inf -6.18,106.64"}, 422),
        ({"areas": [], "polygons": "106.63,-6.17 106.63,-6.18 106.64,-6.18"}, 422),
        ({"areas": [], "circle_lat": "-6.17", "circle_lng": "106.63"}, 422),
        ({"areas": [], "circle_lat": "-6.17", "circle_lng": "106.63", "circle_km": "2"}, 302),
        ({"areas": [], "whole_region": "on"}, 302),
        ({"areas": [code], "polygons": crossed}, 302),
        ({"expires_at": "2020-01-01T10:00"}, 422),
    ):
        assert desk.post(f"{DESK}new/", told(**fields)).status_code == status, fields
    bad = Alert.objects.filter(polygons__0__0__0=-6.17).latest("pk")
    assert len(bad.polygons[0]) == 5, "closed by itself"
    with pytest.raises(NotNow):
        alerting.submit(alert=bad)
    everywhere = max(Alert.objects.all(), key=lambda alert: len(alert.areas))
    assert len(everywhere.areas) > 5
    assert everywhere.area_name == in_region.name
    draft_ = draft(dispatcher)
    page = f"{DESK}{draft_.uuid}/edit/"
    shown = desk.get(page).context["form"].initial
    other = Area.objects.filter(kind=Area.Kind.DISTRICT).latest("code")
    assert desk.post(page, {**shown, "areas": [other.code]}).status_code == 302
    draft_.refresh_from_db()
    assert (draft_.areas, draft_.area_name) == ([other.code], other.name), "words follow the area"


def test_who_may_what(in_region: Region, make_user, client_for, supervisor) -> None:
    alert = draft(supervisor)
    assert client_for(in_region).get(DESK).status_code == 302
    for role, reads, writes in (
        ("call_taker", 403, 403), ("crew", 403, 403), (None, 403, 403), ("leader", 200, 403),
        ("coordinator", 200, 200),
    ):  # fmt: skip
        client = client_for(in_region, make_user(role))
        assert client.get(DESK).status_code == reads, role
        assert client.get(f"{DESK}{alert.uuid}/").status_code == reads, role
        assert client.get(f"{DESK}new/").status_code == writes, role
        client.post(f"{DESK}{alert.uuid}/act/", {"do": "discard"})
        assert Alert.objects.filter(pk=alert.pk).exists() == (writes == 403), role


def test_a_longer_list_asks_no_more(
    in_region: Region, dispatcher, supervisor, client_for: Callable
) -> None:
    client, counts = client_for(in_region, dispatcher), []
    for more in (1, 2):
        for _ in range(more):
            published(dispatcher, supervisor)
        for page in (DESK, "/emergency/alerts/"):
            client.get(page)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(page).status_code == 200
            counts.append(sum('"shared"' not in query["sql"] for query in seen))
    assert counts[:2] == counts[2:]
