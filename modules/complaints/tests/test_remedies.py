"""A reporter objects once to a rejection, and after 60 days gets a dossier for the Ombudsman."""

import re
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from balai.context import Region
from balai.ui.paper import plain
from balai.workcal import clocks
from modules.complaints import dossier, services
from modules.complaints.models import Complaint, Entry
from modules.complaints.selectors import dossier as facts_of, remedies
from modules.complaints.services import clocking
from modules.complaints.states import State
from modules.complaints.tests.conftest import photo
from modules.complaints.tests.delivering import deliver, told
from modules.complaints.workflow import NotAllowed

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 10, 5, 9, 0, tzinfo=WIB)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def text_of(pdf: bytes) -> str:
    """Return what a PDF of core fonts shows; its pages are compressed, its words are not cut."""
    shown = []
    for raw in STREAM.findall(pdf):
        try:
            page = zlib.decompress(raw)
        except zlib.error:
            continue
        parts = re.findall(rb"\((.*?)(?<!\\)\) Tj", page, re.DOTALL)
        shown += [re.sub(rb"\\(.)", rb"\1", part).decode("latin-1") for part in parts]
    return " ".join(" ".join(shown).split())


@pytest.fixture
def unfinished(
    make_report: Callable, coordinator: object, officer: object, agency: object
) -> Callable[..., Complaint]:
    """Return a function that makes a case which has been with its agency for 61 days."""

    def make(**of: object) -> Complaint:
        then = timezone.now() - timedelta(days=61)
        report = make_report(now=then, photos=[photo()], **of)
        ruling = services.Ruling(agency=agency, category=report.category, title=report.title)
        services.verify_and_route(complaint=report, ruling=ruling, by=coordinator, now=then)
        services.refuse(
            complaint=report, reason="Aset provinsi – bukan kami.", by=officer, now=then
        )
        services.verify_and_route(complaint=report, ruling=ruling, by=coordinator, now=then)
        services.accept(complaint=report, by=officer, now=then)
        return Complaint.objects.get(pk=report.pk)

    return make


def test_a_rejection_is_looked_at_a_second_time_once(
    make_report: Callable, coordinator: object
) -> None:
    report = services.reject(
        complaint=make_report(now=NOW), reason="Bukan wewenang.", by=coordinator, now=NOW
    )
    until = remedies.appeal_until(report, NOW)
    assert until.astimezone(WIB).date().isoformat() == "2026-10-19"
    assert remedies.appeal_until(report, until + timedelta(seconds=1)) is None
    with pytest.raises(NotAllowed):
        services.appeal(complaint=report, reason="Tapi!", now=until + timedelta(seconds=1))
    back = services.appeal(complaint=report, reason="Jalan itu milik kota.", now=until)
    assert (back.state, back.closed_at, back.appealed_at) == (State.RECEIVED, None, until)
    assert clocks.of(clocking.TURN_CLOCK, back.uuid).stopped_at is None
    assert clocks.of(clocking.CASE_CLOCK, back.uuid).stopped_at is None
    line = Entry.objects.get(complaint=report, move="appeal")
    assert (line.audience, line.actor) == (Entry.Audience.REPORTER, None)
    final = services.reject(complaint=back, reason="Tetap bukan.", by=coordinator, now=until)
    assert remedies.appeal_until(final, until) is None
    with pytest.raises(NotAllowed):
        services.appeal(complaint=final, reason="Tapi!", now=until)


def test_a_lapsed_report_may_be_appealed_as_well(
    make_report: Callable, coordinator: object
) -> None:
    report = services.ask_info(complaint=make_report(), question="Di mana?", by=coordinator)
    services.sweep(now=report.due_at + timedelta(minutes=1))
    report.refresh_from_db()
    assert remedies.appeal_until(report, report.closed_at) is not None


def test_objecting_on_the_page(
    in_region: Region, client_for: Callable, make_report: Callable, make_user: Callable,
    coordinator: object, visitor: object,
) -> None:  # fmt: skip
    citizen = make_user()
    report = make_report(reporter=citizen)
    address = f"/complaints/{report.uuid}/appeal/"
    own = client_for(in_region, citizen)
    assert _("Object to the rejection") in own.get(address).content.decode()
    services.reject(complaint=report, reason="Bukan wewenang.", by=coordinator)
    assert address in own.get(f"/complaints/{report.uuid}/").content.decode()
    wrong = own.post(address, {"text": "Tapi"})
    assert wrong.status_code == 422
    assert "Tapi" in wrong.content.decode()
    assert visitor.post(address, {"text": "Jalan itu milik kota."}).status_code == 404
    assert own.post(address, {"text": "Jalan itu milik kota."}).status_code == 302
    report.refresh_from_db()
    assert report.state == State.RECEIVED
    assert told(deliver(report), coordinator.email) == ["staff_appealed"]


def test_day_60_is_told_once_and_only_of_an_unfinished_case(
    unfinished: Callable, officer: object, with_settings: Callable
) -> None:
    with_settings(photo_required=False)
    report = unfinished(email="warga@contoh.test")
    clock = clocks.of(clocking.CASE_CLOCK, report.uuid)
    assert clock.due_at == report.created_at + timedelta(days=60)
    clocks.sweep(now=timezone.now())
    messages = deliver(report)
    assert told(messages, "warga@contoh.test").count("dossier") == 1
    assert Entry.objects.filter(complaint=report, move="dossier").count() == 1
    done = unfinished(email="lain@contoh.test")
    services.resolve(complaint=done, text="Selesai.", by=officer)
    clocks.sweep(now=timezone.now())
    assert "dossier" not in told(deliver(done), "lain@contoh.test")
    assert not remedies.dossier_open(Complaint.objects.get(pk=done.pk))
    services.reopen(complaint=done, reason="Belum.")
    clocks.sweep(now=timezone.now())
    assert told(deliver(done), "lain@contoh.test").count("dossier") == 1


def test_the_dossier_tells_facts_in_indonesian(unfinished: Callable, agency: object) -> None:
    report = unfinished(name="Siti Aminah", email="siti@contoh.test", identity="named")
    with translation.override("en"):
        shown = text_of(dossier.build(report))
    with translation.override("id"):
        expected = (
            _("Dossier for the Ombudsman of the Republic of Indonesia"),
            _("Who was responsible when"),
            _("Not told, at the reporter's wish"),
            _("UU 37/2008 on the Ombudsman of the Republic of Indonesia."),
        )
    for words in (*expected, report.number, agency.name, "Aset provinsi - bukan kami."):
        assert plain(words) in shown, words
    assert report.text[:40] in shown
    assert str(report.photos.get().file.uuid) in shown
    assert "Siti" not in shown


def test_with_consent_it_names_the_reporter_but_never_an_anonymous_one(
    unfinished: Callable,
) -> None:
    named = unfinished(name="Siti Aminah", email="siti@contoh.test", identity="secret")
    services.consent_to_dossier(complaint=named)
    with pytest.raises(NotAllowed):
        services.consent_to_dossier(complaint=named)
    shown = text_of(dossier.build(Complaint.objects.get(pk=named.pk)))
    assert "Siti Aminah" in shown
    assert "siti@contoh.test" in shown
    nobody = unfinished(name="Siti Aminah", identity="anonymous")
    services.consent_to_dossier(complaint=nobody)
    assert "Siti" not in text_of(dossier.build(Complaint.objects.get(pk=nobody.pk)))


def test_internal_notes_stay_inside(unfinished: Callable, officer: object) -> None:
    report = unfinished()
    Entry.objects.create(
        complaint=report, at=timezone.now(), author=Entry.Author.AGENCY, actor=officer,
        audience=Entry.Audience.INTERNAL, text="RAHASIA DAPUR",
    )  # fmt: skip
    shown = text_of(dossier.build(report))
    assert "RAHASIA DAPUR" not in shown
    assert officer.name not in shown


def test_letters_that_the_font_lacks_do_no_harm(unfinished: Callable) -> None:
    report = unfinished(text="Lampu mati 😡 – “gelap” sekali, ꦥꦫꦶꦁ dan čudno juga, tolong.")
    shown = text_of(dossier.build(report))
    assert 'Lampu mati ? - "gelap" sekali' in shown
    assert "cudno" in shown


def test_a_long_history_makes_several_pages(unfinished: Callable) -> None:
    report = unfinished()
    Entry.objects.bulk_create(
        Entry(complaint=report, at=timezone.now(), author=Entry.Author.REPORTER,
              audience=Entry.Audience.REPORTER, text=f"Pesan ke-{n}. " * 20)
        for n in range(40)
    )  # fmt: skip
    pdf = dossier.build(report)
    assert pdf.count(b"/Type /Page\n") > 3
    assert "Pesan ke-39." in text_of(pdf)


def test_spells_say_who_was_responsible_when(unfinished: Callable, agency: object) -> None:
    report = unfinished()
    spells = facts_of.facts(report).spells
    coordinator = _("Coordinator")
    assert [spell.who for spell in spells] == [
        coordinator, agency.name, coordinator, agency.name,
    ]  # fmt: skip
    assert spells[-1].end is None
    assert all(one.end == two.start for one, two in zip(spells, spells[1:], strict=False))


def test_who_may_download_it(
    in_region: Region, client_for: Callable, unfinished: Callable, make_report: Callable,
    make_user: Callable, coordinator: object, officer: object, stranger: object, visitor: object,
) -> None:  # fmt: skip
    citizen = make_user()
    report = unfinished(reporter=citizen)
    page = f"/complaints/{report.uuid}/dossier/"
    desk = f"/desk/complaints/{report.uuid}/dossier/"
    own, office = client_for(in_region, citizen), client_for(in_region, coordinator)
    answer = own.get(page)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"]
    assert page in own.get(f"/complaints/{report.uuid}/").content.decode()
    assert visitor.get(page).status_code == 404
    assert office.get(desk).status_code == 404, "not before the reporter consents"
    assert visitor.post(f"{page}consent/").status_code == 404
    assert own.post(f"{page}consent/").status_code == 302
    assert office.get(desk).status_code == 200
    assert desk in office.get(f"/desk/complaints/{report.uuid}/").content.decode()
    for person in (officer, stranger):
        assert client_for(in_region, person).get(desk).status_code == 404
    young = make_report(reporter=citizen)
    assert own.get(f"/complaints/{young.uuid}/dossier/").status_code == 404
    assert "dossier" in told(deliver(report), coordinator.email)[-1]
