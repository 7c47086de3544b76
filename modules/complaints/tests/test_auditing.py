"""A share of what is closed is looked at again by somebody who had no part in it."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balai.context import Region, region_context
from balai.modules import EventData
from balai.outbox.models import Event
from modules.complaints import services
from modules.complaints.models import Audit, Complaint
from modules.complaints.receivers import audits as receiving
from modules.complaints.selectors import audits
from modules.complaints.services import auditing
from modules.complaints.states import State
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
