"""People are told, in words, once, and nobody else learns of it."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from balai.context import Region
from balai.notify.models import Message
from balai.notify.rendering import render
from balai.outbox.models import Event
from modules.complaints import services, tokens
from modules.complaints.models import Complaint
from modules.complaints.receivers import agency as told_agency, reporter as told_reporter


def deliver(report: Complaint) -> list[Message]:
    """Hand the report's events to the receivers and return the messages."""
    for event in Event.objects.filter(key=str(report.uuid)).order_by("id"):
        data = event.data()
        if data.topic in told_reporter.REPORTER_NOTICES:
            told_reporter.tell_reporter(data)
            told_reporter.tell_reporter(data)
        if data.topic in told_agency.AGENCY_NOTICES:
            told_agency.tell_agency(data)
    return list(Message.objects.filter(template__startswith="complaints/").order_by("id"))


def test_the_reporter_hears_of_every_step_once(
    resolved: Callable, officer: object, agency: object
) -> None:
    agency.email = "dishub@contoh.test"
    agency.save()
    report = resolved(email="warga@contoh.test")
    services.message(complaint=report, text="Sudah menyala?", by=officer)
    told = [
        m.template.partition("/")[2] for m in deliver(report) if m.recipient == "warga@contoh.test"
    ]
    assert told == ["received", "assigned", "accepted", "resolved", "message"]
    office = [m for m in Message.objects.all() if m.recipient == "dishub@contoh.test"]
    assert [m.template for m in office] == ["complaints/agency_new"]
    assert tokens.secret_of(report.uuid) not in str([m.context for m in office])


def test_an_anonymous_reporter_is_never_written_to(resolved: Callable, make_user: Callable) -> None:
    report = resolved(identity="anonymous", email="warga@contoh.test", reporter=make_user())
    assert [m for m in deliver(report) if not m.template.startswith("complaints/agency")] == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "name", sorted({*told_reporter.REPORTER_NOTICES.values(), *told_agency.AGENCY_NOTICES.values()})
)
def test_every_notice_reads_well(name: str, language: str, in_region: Region) -> None:
    context = {
        "number": "TNG-26-004217", "title": "Lampu <b>mati</b>", "agency": "Dinas Perhubungan",
        "due": {"$time": timezone.now().isoformat()}, "days": 2, "text": "Mohon <dilihat>",
        "secret": "K7M4-Q2XD", "url": "http://tangerang.localhost/complaints/open/x/",
    }  # fmt: skip
    message = Message(channel="email", recipient="a@contoh.test", template=f"complaints/{name}",
                      language=language, context=context)  # fmt: skip
    sent = render(message, timeout=5)
    assert "TNG-26-004217" in sent.subject
    assert context["url"] in sent.text
    assert "<b>mati</b>" not in sent.html
    assert "&lt;b&gt;" not in sent.text
    indonesian = any(word in sent.text for word in ("laporan", "Laporan"))
    assert indonesian == (language == "id")


def test_samples_write_to_nobody(make_report: Callable) -> None:
    report = make_report(email="warga@contoh.test")
    Complaint.objects.filter(pk=report.pk).update(sample=True)
    assert deliver(report) == []
