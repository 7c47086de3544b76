"""A report is passed on: a letter with a link, a page without an account, or back after 14 days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import signing as django_signing
from django.core.exceptions import PermissionDenied

from balai import context
from balai.context import Region
from balai.notify.models import Message
from balai.outbox.models import Event
from modules.complaints import services, tokens
from modules.complaints.models import Complaint, Entry, OutsideCase
from modules.complaints.receivers import partner
from modules.complaints.services import transferring
from modules.complaints.states import State
from modules.complaints.workflow import NotAllowed

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 10, 5, 9, 0, tzinfo=WIB)
PROVINCE = services.Handover(
    receiver="Dinas PUPR Provinsi Banten", address="pupr@banten.test", note="Jalan provinsi."
)


@pytest.fixture
def passed_on(make_report: Callable, coordinator: object) -> Callable[..., Complaint]:
    def make(now: datetime | None = None, **told: object) -> Complaint:
        report = make_report(now=now, **told)
        return services.transfer(complaint=report, handover=PROVINCE, by=coordinator, now=now)

    return make


def link(report: Complaint) -> str:
    outside = OutsideCase.objects.get(complaint=report)
    return f"/complaints/partner/{tokens.partner_token(outside.uuid)}/"


def test_it_waits_for_14_days_of_the_calendar_and_stays_private(passed_on: Callable) -> None:
    report = passed_on(NOW)
    assert (report.state, report.recipient) == (State.TRANSFERRED_OUT, PROVINCE.receiver)
    assert report.due_at == NOW + timedelta(days=14)
    assert not report.is_public
    line = Entry.objects.get(complaint=report, move="transfer")
    assert PROVINCE.receiver in line.text
    assert "Jalan provinsi." in line.text


def test_it_is_public_when_the_coordinator_says_so_but_never_a_secret_one(
    make_report: Callable, coordinator: object
) -> None:
    handover = services.Handover(
        receiver="Polsek", address="p@contoh.test", note="Pidana.", public=True
    )
    for secret in (False, True):
        report = make_report(secret=secret)
        moved = services.transfer(complaint=report, handover=handover, by=coordinator)
        assert moved.is_public is not secret


def test_the_letter_has_the_link_and_nothing_of_the_reporter(passed_on: Callable) -> None:
    report = passed_on(name="Siti Aminah", email="siti@contoh.test", phone="0812 3456 7890")
    event = Event.objects.get(key=str(report.uuid), topic="complaints.transfer").data()
    partner.write_to_partner(event)
    partner.write_to_partner(event)
    letter = Message.objects.get(template="complaints/partner")
    assert letter.recipient == PROVINCE.address
    assert "/complaints/partner/" in letter.context["url"]
    assert not any(word in str(letter.context) for word in ("Siti", "siti@", "7890"))
    assert OutsideCase.objects.get(complaint=report).state == OutsideCase.State.SENT


def test_the_authority_takes_it_on_without_an_account(passed_on: Callable, visitor: object) -> None:
    report = passed_on(name="Siti Aminah")
    page = visitor.get(link(report))
    assert page.status_code == 200
    text = page.content.decode()
    assert report.text[:30] in text
    assert "Siti" not in text
    told = {"reference": "BTN-77", "note": "Kami perbaiki bulan ini."}
    assert visitor.post(link(report), told).status_code == 200
    report.refresh_from_db()
    assert (report.state, report.due_at) == (State.CLOSED, None)
    line = Entry.objects.get(complaint=report, move="acknowledge")
    assert (line.author, line.actor, line.audience) == ("partner", None, "public")
    assert "BTN-77" in line.text
    assert "Kami perbaiki" in line.text
    again = visitor.post(link(report), told)
    assert again.status_code == 200
    assert Entry.objects.filter(complaint=report, move="acknowledge").count() == 1


def test_unanswered_it_comes_back_once_and_the_link_ends(
    passed_on: Callable, visitor: object
) -> None:
    report = passed_on(NOW)
    late = NOW + timedelta(days=14, minutes=1)
    assert services.sweep(now=late - timedelta(minutes=2))["take_back"] == 0
    assert [services.sweep(now=late)["take_back"] for _again in range(2)] == [1, 0]
    report.refresh_from_db()
    assert (report.state, report.recipient) == (State.RECEIVED, "")
    assert report.due_at > late
    assert visitor.get(link(report)).status_code == 410
    with pytest.raises(NotAllowed):
        transferring.acknowledge(outside=OutsideCase.objects.get(complaint=report))


def test_the_coordinator_takes_it_back(
    passed_on: Callable, coordinator: object, officer: object
) -> None:
    report = passed_on()
    with pytest.raises(PermissionDenied):
        services.take_back(complaint=report, by=officer)
    back = services.take_back(complaint=report, note="Salah alamat.", by=coordinator)
    assert back.state == State.RECEIVED
    again = services.transfer(complaint=back, handover=PROVINCE, by=coordinator)
    assert OutsideCase.objects.filter(complaint=again).count() == 2


def test_an_old_link_a_wrong_one_and_one_of_another_city(
    passed_on: Callable, visitor: object, other_region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = passed_on()
    own = OutsideCase.objects.get(complaint=report).uuid
    assert visitor.get("/complaints/partner/nonsense/").status_code == 404
    with context.region_context(other_region):
        foreign = tokens.partner_token(own)
    assert visitor.get(f"/complaints/partner/{foreign}/").status_code == 404
    address = link(report)
    now = datetime.now(WIB).timestamp()
    monkeypatch.setattr(django_signing.time, "time", lambda: now + 15 * 24 * 3600)
    assert visitor.get(address).status_code == 410


def test_by_the_coordinators_button(
    in_region: Region, client_for: Callable, make_report: Callable, coordinator: object
) -> None:
    report = make_report()
    desk = client_for(in_region, coordinator)
    page = f"/desk/complaints/{report.uuid}/"
    wrong = {"do": "transfer", "receiver": "Polres Metro", "address": "polres", "text": "Pidana."}
    answer = desk.post(page, wrong)
    assert answer.status_code == 422
    assert "Polres Metro" in answer.content.decode()
    assert desk.post(page, {**wrong, "address": "polres@contoh.test"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.recipient) == (State.TRANSFERRED_OUT, "Polres Metro")
    assert "take-back" in desk.get(page).content.decode()
    assert desk.post(page, {"do": "take-back", "text": ""}).status_code == 302
