"""The way to SP4N-LAPOR! and back, over real HTTP to a service that keeps what it is told."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.context import Region, region_context
from balai.notify.models import Message
from balai.outbox import delivery
from balai.outbox.models import Event
from modules.complaints import conf, services
from modules.complaints.forms import SettingsForm
from modules.complaints.models import Complaint, Exchange, OutsideCase
from modules.complaints.services import sp4n_hearing, sp4n_sending
from modules.complaints.sp4n import chosen, fields
from modules.complaints.tests.conftest import own_queries
from modules.complaints.tests.sp4n_server import TOKEN, Sp4nServer, serving
from modules.complaints.workflow import NotAllowed

PAGE = "/console/complaints/sp4n/"
FIELDS = (
    '{"send": {"judul": "title", "isi": "text", "lokasi": "place", "ref": "number"}, '
    '"send_id": "data.nomor", "incoming_path": "incoming"}'
)


@pytest.fixture
def server(settings) -> Iterator[Sp4nServer]:
    """A running national service that our network may call."""
    with serving() as running:
        settings.OUTBOUND_TRUSTED = [f"127.0.0.1:{running.port}"]
        yield running


@pytest.fixture
def connected(server: Sp4nServer, in_region: Region, with_settings: Callable) -> Sp4nServer:
    """The service, with the region's settings pointing at it."""
    with_settings(sp4n_mode="http", sp4n_url=server.base, sp4n_token=chosen.sealed(TOKEN),
                  sp4n_fields=FIELDS)  # fmt: skip
    return server


def deliver() -> int:
    """Deliver what waits to be sent, at once even if it is for later; return how often."""
    events = list(Event.objects.filter(topic=sp4n_sending.WANTED, done_at=None).order_by("id"))
    return sum(delivery.deliver(event.pk) for event in events)


def twin(report: Complaint) -> OutsideCase:
    return OutsideCase.objects.get(complaint=report, system="sp4n")


def test_a_report_goes_once_and_its_number_comes_back(
    connected: Sp4nServer, routed: Callable, coordinator: object
) -> None:
    report = routed(name="Budi", phone="08123456789", landmark="dekat SD 1")
    sp4n_sending.send(complaint=report, by=coordinator)
    assert connected.cases == {}, "nothing leaves before the commit"
    assert deliver() == 1
    assert twin(report).external_id in connected.cases
    assert twin(report).state == "sent"
    [case] = connected.cases.values()
    assert case["ref"] == report.number
    assert set(case) == {"judul", "isi", "lokasi", "ref", "status"}
    assert "Budi" not in str(case)
    assert "0812" not in str(case)
    assert "dekat SD 1" in case["lokasi"]
    with pytest.raises(NotAllowed):
        sp4n_sending.send(complaint=report, by=coordinator)


def test_a_lost_answer_makes_no_second_case(
    connected: Sp4nServer, routed: Callable, coordinator: object
) -> None:
    report = routed()
    sp4n_sending.send(complaint=report, by=coordinator)
    # The service took the case, and the process ended before that was written down.
    from modules.complaints import sp4n

    taken = sp4n.channel().send(sp4n_sending.outgoing(report, str(twin(report).uuid)))
    deliver()
    assert (list(connected.cases), twin(report).external_id) == ([taken], taken)


def test_failures_are_tried_again_with_longer_pauses_and_touch_nothing(
    connected: Sp4nServer, routed: Callable, coordinator: object
) -> None:
    report = routed()
    before = Complaint.objects.filter(pk=report.pk).values().get()
    sp4n_sending.send(complaint=report, by=coordinator)
    connected.broken = 503
    pauses = []
    for _ in range(3):
        began = timezone.now()
        assert deliver() == 1
        waiting = Event.objects.get(topic=sp4n_sending.WANTED, done_at=None)
        pauses.append(round((waiting.next_attempt_at - began).total_seconds(), -1))
    assert pauses == [30, 60, 120]
    assert (twin(report).state, twin(report).attempts) == ("waiting", 3)
    assert "503" in twin(report).error
    assert Complaint.objects.filter(pk=report.pk).values().get() == before
    connected.broken = 0
    deliver()
    assert (twin(report).state, twin(report).error) == ("sent", "")


def test_a_refusal_is_final_until_somebody_tries_again(
    connected: Sp4nServer, routed: Callable, coordinator: object, make_user: Callable,
    client_for: Callable, in_region: Region,
) -> None:  # fmt: skip
    report = routed()
    sp4n_sending.send(complaint=report, by=coordinator)
    connected.broken = 422
    deliver()
    assert twin(report).state == "failed"
    assert not Event.objects.filter(topic=sp4n_sending.WANTED, done_at=None).exists()
    connected.broken = 0
    client = client_for(in_region, make_user("admin"))
    assert report.number in client.get(f"{PAGE}?state=failed").content.decode()
    address = f"{PAGE}{twin(report).uuid}/retry/"
    assert client_for(in_region, coordinator).post(address).status_code == 403
    assert client.post(address).status_code == 302
    deliver()
    assert twin(report).state == "sent"
    assert client.post(address).status_code == 404


def test_nobody_home_ends_after_ten_attempts(
    in_region: Region, with_settings: Callable, routed: Callable, coordinator: object, settings
) -> None:
    settings.OUTBOUND_TRUSTED = ["127.0.0.1:1"]
    with_settings(sp4n_mode="http", sp4n_url="http://127.0.0.1:1")
    report = routed()
    sp4n_sending.send(complaint=report, by=coordinator)
    assert sum(deliver() for _ in range(12)) == 10
    assert (twin(report).state, twin(report).error) == ("failed", "ConnectionRefusedError")


def test_an_address_of_our_own_network_is_never_called(
    in_region: Region, with_settings: Callable, routed: Callable, coordinator: object
) -> None:
    with serving() as server:
        with_settings(sp4n_mode="http", sp4n_url=server.base, sp4n_token=chosen.sealed(TOKEN))
        report = routed()
        sp4n_sending.send(complaint=report, by=coordinator)
        deliver()
        assert server.requests == []
        assert twin(report).state == "waiting"


def test_chosen_kinds_go_by_themselves_secret_ones_never(
    connected: Sp4nServer, with_settings: Callable, routed: Callable, make_report: Callable
) -> None:
    rules = conf.current()
    with_settings(**{**{f.name: getattr(rules, f.name) for f in conf.fields(rules)},
                     "sp4n_auto": ["lampu-jalan"]})  # fmt: skip
    public, secret = routed(), routed(secret=True)
    for event in Event.objects.filter(topic="complaints.verify").order_by("id"):
        delivery.deliver(event.pk)
        delivery.deliver(event.pk)
    assert deliver() == 1
    assert twin(public).state == "sent"
    assert not OutsideCase.objects.filter(complaint=secret).exists()


def test_statuses_are_heard_page_by_page_once(
    connected: Sp4nServer, routed: Callable, coordinator: object
) -> None:
    reports = [routed() for _ in range(3)]
    for report in reports:
        sp4n_sending.send(complaint=report, by=coordinator)
    deliver()
    states = list(Complaint.objects.order_by("id").values_list("state", flat=True))
    for report in reports:
        connected.move(twin(report).external_id, "diproses instansi")
    assert sp4n_hearing.listen() == 3
    assert {twin(report).status for report in reports} == {"diproses instansi"}
    assert {twin(report).state for report in reports} == {"acknowledged"}
    # A line for officers, and nothing moved or was told to anybody.
    line = reports[0].entries.get(text__contains="diproses instansi")
    assert (line.audience, line.to_state) == ("internal", "")
    assert list(Complaint.objects.order_by("id").values_list("state", flat=True)) == states
    assert not Message.objects.exists()
    asked = len(connected.requests)
    assert sp4n_hearing.listen() == 0
    assert "since=3" in connected.requests[asked]
    # The mark is lost: everything is heard again and changes nothing.
    Exchange.objects.update(watermark="")
    assert sp4n_hearing.listen() == 0
    assert reports[0].entries.filter(text__contains="diproses instansi").count() == 1


def test_a_deaf_service_is_asked_less_and_less_often(connected: Sp4nServer) -> None:
    connected.broken, now = 500, timezone.now()
    pauses = []
    for _ in range(4):
        assert sp4n_hearing.listen(now=now) == 0
        state = Exchange.objects.get(system="sp4n")
        pauses.append((state.next_at - now).total_seconds() / 60)
        asked = len(connected.requests)
        assert sp4n_hearing.listen(now=state.next_at - timedelta(seconds=1)) == 0
        assert len(connected.requests) == asked, "not asked within the pause"
        now = state.next_at
    assert pauses == [10, 20, 40, 80]
    assert "500" in state.error
    connected.broken = 0
    sp4n_hearing.listen(now=now)
    state.refresh_from_db()
    assert (state.failures, state.error, state.heard_at) == (0, "", now)


def test_each_region_has_its_own_mark_and_token(
    connected: Sp4nServer, other_region: Region, in_region: Region
) -> None:
    connected.waiting.append({"id": "LAPOR-1", "text": "Jalan rusak di depan pasar."})
    assert sp4n_hearing.listen() == 1
    with region_context(other_region):
        assert not Exchange.objects.exists()
        with pytest.raises(ValueError, match="not sealed here"):
            chosen.opened(conf.current().sp4n_token)


def test_cases_for_us_become_reports_through_the_real_intake_once(
    connected: Sp4nServer,
) -> None:
    connected.waiting += [
        {"id": "LAPOR-1", "title": "Lampu mati", "text": "Lampu jalan mati di depan sekolah.",
         "category": "Lampu Jalan Mati", "place": "dekat SD 1"},
        {"id": "LAPOR-2", "text": "Sesuatu yang tidak bernama.", "category": "Entah",
         "secret": True, "latitude": "x"},
        {"id": "", "text": "tanpa nomor"},
        {"id": "LAPOR-1", "text": "Datang dua kali."},
    ]  # fmt: skip
    assert sp4n_hearing.listen() == 2
    first, second = Complaint.objects.filter(source="sp4n").order_by("id")
    assert (first.title, first.category.slug, first.landmark, first.state) == (
        "Lampu mati", "lampu-jalan", "dekat SD 1", "received"
    )  # fmt: skip
    assert (first.identity, first.secret, first.due_at is not None) == ("anonymous", False, True)
    assert (second.category.slug, second.secret) == ("lain", True)
    assert first.number != second.number
    assert Event.objects.filter(topic="complaints.report").count() == 2
    assert (twin(first).external_id, twin(first).state) == ("LAPOR-1", "acknowledged")
    Exchange.objects.update(incoming="")
    assert sp4n_hearing.listen() == 0
    assert Complaint.objects.filter(source="sp4n").count() == 2


def test_a_page_that_cannot_be_taken_is_asked_for_again(
    connected: Sp4nServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected.waiting += [{"id": f"LAPOR-{n}", "text": f"Jalan rusak nomor {n}."} for n in range(3)]
    real, calls = sp4n_hearing.report, []

    def fragile(**told: object) -> object:
        calls.append(told)
        if len(calls) == 2:
            raise RuntimeError("in the middle of a page")
        return real(**told)

    monkeypatch.setattr(sp4n_hearing, "report", fragile)
    assert sp4n_hearing.listen() == 0
    assert Complaint.objects.filter(source="sp4n").count() == 0, "a page is taken whole or not"
    sp4n_hearing.end_pause()
    assert sp4n_hearing.listen() == 3


def test_the_rehearsal_writes_a_file_without_the_reporter(
    in_region: Region, with_settings: Callable, routed: Callable, coordinator: object, settings,
    tmp_path,
) -> None:  # fmt: skip
    settings.EMAIL_FILE_PATH = tmp_path
    with_settings(sp4n_mode="console")
    report = routed(name="Budi")
    sp4n_sending.send(complaint=report, by=coordinator)
    deliver()
    [file] = tmp_path.glob("*.sp4n.json")
    assert report.number in file.read_text()
    assert "Budi" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert twin(report).external_id.startswith("UJI-")


def test_by_hand_numbers_are_checked_and_unique(
    in_region: Region, with_settings: Callable, routed: Callable, coordinator: object,
    officer: object, client_for: Callable,
) -> None:  # fmt: skip
    with_settings(sp4n_mode="manual")
    first, second = routed(), routed()
    client = client_for(in_region, coordinator)
    address = f"/desk/complaints/{first.uuid}/"
    assert "sp4n-note" in client.get(address).content.decode()
    assert "sp4n-send" not in client.get(address).content.decode()
    told = {"do": "sp4n-note", "external_id": "7654321", "status": "Diproses"}
    assert client.post(address, {**told, "external_id": "<b>"}).status_code == 422
    assert client.post(address, told).status_code == 302
    assert (twin(first).external_id, twin(first).status) == ("7654321", "Diproses")
    assert "7654321" in client.get(address).content.decode()
    answer = client.post(f"/desk/complaints/{second.uuid}/", told)
    assert answer.status_code == 422
    assert not OutsideCase.objects.filter(complaint=second).exists()
    assert client.post(address, {**told, "status": "Selesai"}).status_code == 302
    assert twin(first).status == "Selesai"
    with pytest.raises(PermissionDenied):
        sp4n_sending.note_by_hand(complaint=second, external_id="1234567", status="", by=officer)
    with pytest.raises(NotAllowed):
        sp4n_sending.send(complaint=second, by=coordinator)


def test_nothing_is_offered_where_it_is_off(
    in_region: Region, routed: Callable, coordinator: object, client_for: Callable
) -> None:
    page = client_for(in_region, coordinator).get(f"/desk/complaints/{routed().uuid}/")
    assert "do=sp4n" not in page.content.decode()
    assert 'value="sp4n-' not in page.content.decode()
    assert sp4n_hearing.listen() == 0


def test_the_list_filters_pages_and_costs_the_same_at_one_and_three_rows(
    in_region: Region, make_user: Callable, client_for: Callable, routed: Callable
) -> None:
    client = client_for(in_region, make_user("admin"))
    assert client.get(PAGE).status_code == 200
    counts = []
    for number in range(3):
        OutsideCase.objects.create(complaint=routed(), system="sp4n", external_id=f"S-{number}")
        with CaptureQueriesContext(connection) as seen:
            text = client.get(PAGE).content.decode()
        counts.append(own_queries(seen))
        assert f"S-{number}" in text
    assert counts[0] == counts[2]
    assert "S-1" in client.get(f"{PAGE}?q=S-1").content.decode()
    assert "S-2" not in client.get(f"{PAGE}?q=S-1").content.decode()
    assert "S-1" not in client.get(f"{PAGE}?state=failed").content.decode()
    assert client.post(f"{PAGE}ask/").status_code == 302


def test_the_token_is_sealed_and_never_shown(in_region: Region) -> None:
    rules = {
        field.name: getattr(conf.Settings(), field.name) for field in conf.fields(conf.Settings)
    }
    told = {**rules, "sp4n_mode": "http", "sp4n_url": "https://sp4n.contoh.test/api",
            "sp4n_token": "sangat-rahasia"}  # fmt: skip
    form = SettingsForm(told, initial=rules)
    assert form.is_valid(), form.errors
    stored = form.cleaned_data["sp4n_token"]
    assert "rahasia" not in stored
    assert chosen.opened(stored) == "sangat-rahasia"
    again = SettingsForm({**told, "sp4n_token": ""}, initial={**rules, "sp4n_token": stored})
    assert again.is_valid()
    assert again.cleaned_data["sp4n_token"] == stored
    assert stored not in str(again["sp4n_token"])
    assert not SettingsForm({**told, "sp4n_url": ""}, initial=rules).is_valid()


@pytest.mark.parametrize(
    "text", ["nothing", "[]", '{"unknown": "x"}', '{"send": {"a": "phone"}}', '{"id": 3}',
             '{"token_header": "X\\r\\nEvil: 1"}'],
)  # fmt: skip
def test_mappings_that_cannot_work_are_refused(text: str) -> None:
    with pytest.raises(fields.BadFields):
        fields.read(text)


def test_handling_goes_on_whatever_the_service_does(
    connected: Sp4nServer, routed: Callable, coordinator: object, officer: object
) -> None:
    connected.broken = 500
    report = routed()
    sp4n_sending.send(complaint=report, by=coordinator)
    deliver()
    sp4n_hearing.listen()
    moved = services.accept(complaint=report, by=officer)
    assert moved.state == "in_progress"


@pytest.mark.parametrize(
    ("answer", "state"),
    [(b"<html>", "waiting"), (b"[]", "waiting"), (b'{"data": {"nomor": ""}}', "waiting"),
     (b'{"data": {"nomor": "' + b"9" * 65 + b'"}}', "failed")],
)  # fmt: skip
def test_answers_that_make_no_sense_are_no_numbers(
    connected: Sp4nServer, routed: Callable, coordinator: object,
    monkeypatch: pytest.MonkeyPatch, answer: bytes, state: str,
) -> None:  # fmt: skip
    from balai import outbound

    monkeypatch.setattr(outbound, "request", lambda *a, **k: outbound.Answer(200, answer))
    report = routed()
    sp4n_sending.send(complaint=report, by=coordinator)
    deliver()
    assert (twin(report).state, twin(report).external_id) == (state, None)
    assert twin(report).error


def test_a_number_that_another_report_has_is_refused(
    connected: Sp4nServer, routed: Callable, coordinator: object
) -> None:
    first, second = routed(), routed()
    OutsideCase.objects.create(complaint=first, system="sp4n", external_id="SP4N-7000")
    sp4n_sending.send(complaint=second, by=coordinator)
    deliver()
    assert (twin(second).state, twin(second).external_id) == ("failed", None)
