"""A share of what is closed is looked at again by somebody who had no part in it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.context import Region, region_context
from balai.modules import EventData
from balai.outbox.models import Event
from modules.complaints import services
from modules.complaints.models import Audit, Complaint
from modules.complaints.receivers import audits as receiving
from modules.complaints.selectors import audits, evidence
from modules.complaints.services import auditing
from modules.complaints.states import State
from modules.complaints.tests.conftest import own_queries
from modules.complaints.workflow import NotAllowed

Verdict = Audit.Verdict


@pytest.fixture
def closed(resolved: Callable, with_settings: Callable) -> Callable[..., Complaint]:
    """Return a function that gives a closed case; every one is drawn."""

    def make(**told: object) -> Complaint:
        report = services.confirm(complaint=resolved(**told))
        with_settings(audit_percent=100)
        assert auditing.draw(complaint=report)
        return report

    return make


@pytest.mark.parametrize("percent", [0, 5, 20, 100])
def test_the_share_is_the_regions(percent: int, in_region: Region) -> None:
    """2,000 closures: within four standard deviations of the share."""
    drawn = sum(auditing.is_drawn(UUID(int=number << 64 | 7), percent) for number in range(2000))
    expected = 2000 * percent / 100
    slack = 4 * (2000 * percent / 100 * (1 - percent / 100)) ** 0.5
    assert abs(drawn - expected) <= slack, drawn


def test_the_lot_is_the_same_at_every_try_and_another_in_each_city(
    in_region: Region, other_region: Region
) -> None:
    numbers = [UUID(int=number) for number in range(400)]
    here = [auditing.is_drawn(number, 50) for number in numbers]
    assert here == [auditing.is_drawn(number, 50) for number in numbers]
    with region_context(other_region):
        assert here != [auditing.is_drawn(number, 50) for number in numbers]
    # A larger share only adds to a smaller one.
    few = {number for number in numbers if auditing.is_drawn(number, 5)}
    assert few < {number for number in numbers if auditing.is_drawn(number, 50)}


def test_closing_draws_once_however_often_the_event_comes(
    resolved: Callable, with_settings: Callable
) -> None:
    report = services.confirm(complaint=resolved())
    with_settings(audit_percent=100)
    event = Event.objects.get(key=str(report.uuid), topic="complaints.confirm")
    data = EventData(
        id=event.pk, topic=event.topic, key=event.key, payload=event.payload,
        created_at=event.created_at,
    )  # fmt: skip
    for _ in range(2):
        receiving.draw(data)
    assert Audit.objects.get(complaint=report).verdict == ""


def test_samples_and_open_reports_are_not_drawn(
    resolved: Callable, with_settings: Callable
) -> None:
    report = resolved()
    with_settings(audit_percent=100)
    assert not auditing.draw(complaint=report)
    report = services.confirm(complaint=report)
    report.sample = True
    assert not auditing.draw(complaint=report)


def test_the_queue_is_for_validators_without_a_part_in_the_case(
    closed: Callable, validator: object, officer: object, coordinator: object, make_user: Callable
) -> None:
    report = closed()
    assert [row.complaint for row in audits.waiting(validator)] == [report]
    assert list(audits.waiting(coordinator)) == [], "routed it"
    assert list(audits.waiting(officer)) == [], "has no right to"
    assert list(audits.waiting(make_user("coordinator")))
    assert audits.took_part(officer, report)
    with pytest.raises(NotAllowed):
        auditing.decide(complaint=report, verdict=Verdict.SOUND, by=coordinator)
    with pytest.raises(PermissionDenied):
        auditing.decide(complaint=report, verdict=Verdict.SOUND, by=officer)


def test_a_sound_one_stays_closed(closed: Callable, validator: object) -> None:
    report = auditing.decide(complaint=closed(), verdict=Verdict.SOUND, by=validator)
    assert report.state == State.CLOSED
    assert list(audits.waiting(validator)) == []
    with pytest.raises(NotAllowed):
        auditing.decide(complaint=report, verdict=Verdict.FALSE, note="Ternyata.", by=validator)


def test_what_was_not_done_is_opened_again(closed: Callable, validator: object) -> None:
    report = closed()
    with pytest.raises(NotAllowed):
        auditing.decide(complaint=report, verdict=Verdict.FALSE, by=validator)
    again = auditing.decide(
        complaint=report, verdict=Verdict.FALSE, note="Lampu masih mati.", by=validator
    )
    assert (again.state, again.closed_at, again.resolved_at) == (State.REOPENED, None, None)
    assert (again.reopenings, again.level) == (report.reopenings + 1, report.level + 1)
    assert again.due_at is not None
    line = again.entries.get(move="reopen_by_audit")
    assert (line.text, line.audience, line.author) == ("Lampu masih mati.", "reporter", "validator")
    assert Event.objects.filter(topic="complaints.reopen_by_audit").count() == 1


def test_evidence_after_a_false_closure_must_be_new(
    closed: Callable, validator: object, officer: object
) -> None:
    again = auditing.decide(
        complaint=closed(), verdict=Verdict.FALSE, note="Lampu masih mati.", by=validator
    )
    services.accept(complaint=again, by=officer)
    with pytest.raises(NotAllowed):
        services.resolve(complaint=again, text="Sudah.", by=officer)


def test_the_page_lists_what_waits_and_the_form_decides(
    closed: Callable, validator: object, officer: object, client_for: Callable, in_region: Region
) -> None:
    report = closed()
    client = client_for(in_region, validator)
    page = client.get("/desk/complaints/audits/").content.decode()
    assert report.number in page
    assert client_for(in_region, officer).get("/desk/complaints/audits/").status_code == 403
    place = f"/desk/complaints/{report.uuid}/"
    assert "verdict" in client.get(f"{place}?do=audit").content.decode()
    wrong = client.post(place, {"do": "audit", "verdict": "false", "text": ""})
    assert wrong.status_code == 422
    sent = client.post(place, {"do": "audit", "verdict": "false", "text": "Lampu masih mati."})
    assert sent.status_code == 302
    report.refresh_from_db()
    assert report.state == State.REOPENED
    assert report.number not in client.get("/desk/complaints/audits/").content.decode()


def test_the_list_asks_as_often_for_three_rows_as_for_one(
    closed: Callable, validator: object, client_for: Callable, in_region: Region
) -> None:
    client, counts = client_for(in_region, validator), []
    for more in (1, 2):
        for _ in range(more):
            closed()
        client.get("/desk/complaints/audits/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/desk/complaints/audits/")
        counts.append(own_queries(seen))
    assert counts[0] == counts[1], [query["sql"] for query in seen.captured_queries]


def test_the_agencys_record_is_what_reporters_and_audits_said(
    resolved: Callable, validator: object, stranger: object, agency: object, with_settings: Callable
) -> None:
    since = timezone.now() - timedelta(days=1)
    services.reopen(complaint=resolved(), reason="Mati lagi malam ini.")
    reports = [services.confirm(complaint=resolved()) for _ in range(19)]
    (only,) = evidence.agency_record(since=since)
    assert (only.agency, only.confirmed, only.reopened) == (agency.short_name, 19, 1)
    assert only.share == 0.95
    with_settings(audit_percent=100)
    auditing.draw(complaint=reports[0])
    auditing.decide(complaint=reports[0], verdict=Verdict.FALSE, note="Mati.", by=validator)
    (only,) = evidence.agency_record(since=since)
    assert (only.audited, only.false, only.silent) == (1, 1, 0)
    assert only.flagged == 20, "gallery photos"
    assert evidence.agency_record(since=since, user=stranger) == []
    assert evidence.agency_record(since=timezone.now() + timedelta(days=1)) == []
