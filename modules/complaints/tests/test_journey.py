"""The narrow path through every layer, as services."""

from collections.abc import Callable

import pytest

from balai.audit import verify
from balai.audit.models import Entry as AuditEntry
from balai.outbox.models import Event
from modules.complaints import services, topics
from modules.complaints.models import Complaint, Contact, Entry, Photo
from modules.complaints.states import State
from modules.complaints.tests.conftest import photo
from modules.complaints.workflow import NotAllowed


def test_a_report_goes_from_street_to_closed(
    make_report: Callable, coordinator: object, officer: object, agency: object
) -> None:
    report = make_report(photos=[photo()])
    assert (report.state, report.published_at, report.is_public) == (State.RECEIVED, None, False)
    ruling = services.Ruling(agency=agency, category=report.category, title="Lampu mati")
    report = services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    assert (report.state, report.agency, report.is_public) == (State.DISPOSITIONED, agency, True)
    report = services.accept(complaint=report, by=officer)
    report = services.resolve(complaint=report, text="Diganti.", photos=[photo()], by=officer)
    assert report.state == State.RESOLVED
    report = services.confirm(complaint=report)
    assert (report.state, report.due_at) == (State.CLOSED, None)

    moves = list(Entry.objects.filter(complaint=report).values_list("move", flat=True))
    assert moves == ["report", "verify", "accept", "resolve", "confirm"]
    published = Event.objects.filter(key=str(report.uuid)).values_list("topic", flat=True)
    assert list(published) == [f"complaints.{move}" for move in moves]
    audited = AuditEntry.objects.filter(target=report.number).order_by("seq")
    assert [row.action for row in audited] == list(published)
    assert verify() is None
    assert list(Photo.objects.filter(complaint=report, approved_at=None)) == []


def test_events_carry_ids_only(resolved: Callable) -> None:
    report = resolved(name="Siti Aminah", phone="0812 3456 7890")
    events = Event.objects.filter(topic__in=topics.MOVED)
    assert events.count() == 4
    assert {name for event in events for name in event.payload} <= {"complaint", "entry"}
    assert all(isinstance(value, int) for event in events for value in event.payload.values())
    assert report.state == State.RESOLVED


def test_reopening_needs_new_evidence(resolved: Callable, officer: object) -> None:
    report = services.reopen(complaint=resolved(), reason="Mati lagi malam ini.")
    assert (report.state, report.reopenings, report.resolved_at) == (State.REOPENED, 1, None)
    report = services.accept(complaint=report, by=officer)
    with pytest.raises(NotAllowed):
        services.resolve(complaint=report, text="Sudah.", by=officer)
    done = services.resolve(complaint=report, text="Sudah.", photos=[photo()], by=officer)
    assert done.state == State.RESOLVED


def test_two_refusals_then_the_coordinators_word_stands(
    routed: Callable, coordinator: object, officer: object, agency: object
) -> None:
    report = routed()
    for round_number in (1, 2):
        report = services.refuse(complaint=report, reason="Bukan aset kami.", by=officer)
        assert (report.state, report.agency, report.refusals) == (
            State.RECEIVED, None, round_number,
        )  # fmt: skip
        ruling = services.Ruling(agency=agency, category=report.category, title=report.title)
        report = services.verify_and_route(complaint=report, ruling=ruling, by=coordinator)
    with pytest.raises(NotAllowed):
        services.refuse(complaint=report, reason="Bukan aset kami.", by=officer)
    refusals = Entry.objects.filter(complaint=report, move="refuse")
    assert [entry.agency for entry in refusals] == [agency, agency]


def test_a_question_rests_the_clock(make_report: Callable, coordinator: object) -> None:
    report = make_report()
    asked = services.ask_info(complaint=report, question="Di gang mana?", by=coordinator)
    assert (asked.state, asked.days_left) == (State.NEED_INFO, 3)
    answered = services.reply(complaint=asked, text="Gang Mawar.", photos=[photo()])
    assert (answered.state, answered.days_left) == (State.RECEIVED, None)
    assert answered.photos.count() == 1


def test_four_eyes(
    routed: Callable, officer: object, validator: object, make_user: Callable,
    agency: object, with_settings: Callable,
) -> None:  # fmt: skip
    with_settings(four_eyes=True)
    report = services.accept(complaint=routed(), by=officer)
    sent = services.resolve(complaint=report, text="Diganti.", photos=[photo()], by=officer)
    assert (sent.state, sent.resolved_at) == (State.RESOLUTION_SUBMITTED, None)
    back = services.send_back(complaint=sent, reason="Foto buram.", by=validator)
    assert back.state == State.IN_PROGRESS
    both = make_user("admin")
    again = services.resolve(complaint=back, text="Diganti.", photos=[photo()], by=both)
    with pytest.raises(NotAllowed):
        services.approve(complaint=again, by=both)
    done = services.approve(complaint=again, by=validator)
    assert done.state == State.RESOLVED
    assert done.resolved_at is not None


def test_the_same_move_twice_is_refused(routed: Callable, officer: object) -> None:
    report = routed()
    services.accept(complaint=report, by=officer)
    with pytest.raises(NotAllowed):
        services.accept(complaint=report, by=officer)


def test_a_bad_photo_never_costs_the_text(lamps: object, village: object) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    broken = SimpleUploadedFile("rusak.jpg", b"\xff\xd8 not a photo", content_type="image/jpeg")
    draft = services.Draft(category=lamps, text="Lampu mati sejak kemarin malam.", area=village)
    receipt = services.report(draft=draft, photos=[broken, photo()])
    assert Complaint.objects.get(pk=receipt.complaint.pk).text == draft.text
    assert receipt.complaint.photos.count() == 1
    assert len(receipt.photo_problems) == 1


def test_contact_is_kept_apart(make_report: Callable) -> None:
    report = make_report(name="Siti Aminah", phone="0812 3456 7890")
    assert Contact.objects.get(complaint=report).name == "Siti Aminah"
    assert "Siti" not in str(vars(Complaint.objects.get(pk=report.pk)))
