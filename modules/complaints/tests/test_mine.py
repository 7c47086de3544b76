"""The reporter's own reports: what is new, whose turn it is, what was said, with one tap."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai.context import Region
from balai.notify.models import Message
from balai.notify.rendering import render
from modules.complaints import services, tokens, workflow
from modules.complaints.models import Complaint, Contact, Photo
from modules.complaints.receivers import reporter as told_reporter
from modules.complaints.selectors import mine
from modules.complaints.states import State
from modules.complaints.tests.conftest import own_queries, photo
from modules.complaints.tests.delivering import deliver, told
from modules.complaints.tests.test_following import opened

MINE = "/complaints/mine/"


def page(report: Complaint, name: str = "") -> str:
    return f"/complaints/{report.uuid}/{name}"


@pytest.fixture
def citizen(in_region: Region, make_user: Callable) -> object:
    return make_user()


@pytest.fixture
def client(in_region: Region, client_for: Callable, citizen: object) -> object:
    return client_for(in_region, citizen)


def test_answers_are_new_until_they_were_read(
    routed: Callable, officer: object, client: object, citizen: object
) -> None:
    before = timezone.now() - timedelta(days=1)
    report = routed(reporter=citizen, now=before)
    services.message(complaint=report, text="Kami datang besok.", by=officer)
    services.message(complaint=report, text="Perlu tangga.", by=officer, internal=True)
    [row] = client.get(MINE).context["page"].object_list
    assert row.unread == 2, "assigned, and one message; notes among officers do not count"
    client.cookies["balai_language"] = "en"
    assert "2 new" in client.get(MINE).content.decode()
    client.head(page(report))
    client.get(page(report))
    [row] = client.get(MINE).context["page"].object_list
    assert row.unread == 0
    services.message(complaint=report, text="Sudah selesai?", by=officer)
    assert client.get(MINE).context["page"].object_list[0].unread == 1


def test_a_stranger_s_visit_reads_nothing(
    routed: Callable, client: object, citizen: object, visitor: object
) -> None:
    report = routed(reporter=citizen, now=timezone.now() - timedelta(days=1))
    assert visitor.get(page(report)).status_code == 200
    assert mine.has_unread(report)


def test_filters_search_and_paging(
    make_report: Callable, resolved: Callable, client: object, citizen: object
) -> None:
    waiting = make_report(reporter=citizen, landmark="Pasar Anyar")
    yours = resolved(reporter=citizen, title="Lampu taman")
    over = services.confirm(complaint=resolved(reporter=citizen))
    cases = {
        "": [over, yours, waiting], "?show=yours": [yours], "?show=open": [yours, waiting],
        "?show=over": [over], "?q=anyar": [waiting], f"?q={yours.number}": [yours],
        "?show=over&q=anyar": [], "?q=%00&show=bogus&page=99": [over, yours, waiting],
    }  # fmt: skip
    for query, expected in cases.items():
        found = client.get(MINE + query)
        assert found.status_code == 200, query
        assert [report.pk for report in found.context["page"].object_list] == [
            report.pk for report in expected
        ], query
    totals = client.get(MINE).context["totals"]
    assert totals == {"all": 3, "yours": 1, "open": 2, "over": 1}


def test_more_than_a_page(make_report: Callable, client: object, citizen: object) -> None:
    for _ in range(21):
        make_report(reporter=citizen)
    assert len(client.get(MINE).context["page"].object_list) == 20
    assert len(client.get(MINE + "?page=2").context["page"].object_list) == 1


def test_no_report_yet(client: object) -> None:
    shown = client.get(MINE)
    assert "/complaints/new/" in shown.content.decode()
    assert "<form" not in shown.content.decode().partition("<main")[2].partition("</main>")[0]


def test_more_rows_ask_no_more_queries(
    resolved: Callable, officer: object, client: object, citizen: object
) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            services.message(complaint=resolved(reporter=citizen), text="Halo.", by=officer)
        client.get(MINE)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(MINE).status_code == 200
        counts.append(own_queries(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_messages_with_photos_are_for_the_two_sides_only(
    routed: Callable, officer: object, stranger: object, visitor: object,
    client_for: Callable, in_region: Region, coordinator: object,
) -> None:  # fmt: skip
    report = routed()
    services.message(complaint=report, text="Dari arah timur?", by=officer, photos=[photo()])
    mine_ = opened(visitor, report)
    sent = mine_.post(page(report, "reply/"), {"text": "Ini.", "photos": [photo(), photo("b.jpg")]})
    assert sent.status_code == 302
    rows = list(Photo.objects.filter(complaint=report, stage="talk").order_by("id"))
    assert [row.entry.text for row in rows] == ["Dari arah timur?", "Ini.", "Ini."]
    talk = mine_.get(page(report)).context["talk"]
    assert [(step.text, len(step.photos)) for step in talk] == [
        ("Dari arah timur?", 1),
        ("Ini.", 2),
    ]
    services.approve_photos(complaint=report, by=coordinator)
    url = rows[1].file.url
    assert mine_.get(url).status_code == 200
    assert client_for(in_region, officer).get(url).status_code == 200
    assert client_for(in_region, stranger).get(url).status_code == 404
    assert client_for(in_region).get(url).status_code == 404
    public = client_for(in_region).get(page(report)).content.decode()
    assert str(rows[1].file.uuid) not in public
    assert "Ini." not in public


def test_the_office_speaks_not_the_officer(
    routed: Callable, agency: object, make_user: Callable, visitor: object
) -> None:
    report = routed()
    named = make_user("officer", agency, name="Pak Rahasia")
    services.message(complaint=report, text="Kami datang.", by=named)
    shown = opened(visitor, report).get(page(report)).content.decode()
    assert agency.name in shown
    assert "Pak Rahasia" not in shown


def test_a_broken_photo_sends_no_half_message(routed: Callable, visitor: object) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    report = routed()
    broken = SimpleUploadedFile("x.jpg", b"\xff\xd8 broken", content_type="image/jpeg")
    answer = opened(visitor, report).post(
        page(report, "reply/"), {"text": "Lihat foto.", "photos": [broken]}
    )
    assert answer.status_code == 422
    assert not report.entries.filter(text="Lihat foto.").exists()


def test_a_mail_s_buttons_open_a_page_and_change_nothing(
    resolved: Callable, visitor: object
) -> None:
    report = resolved(email="warga@contoh.test")
    [mail] = [m for m in deliver(report) if m.template == "complaints/resolved"]
    yes, no = mail.context["yes"], mail.context["no"]
    sent = render(mail, timeout=5)
    assert yes in sent.text
    assert no in sent.text
    for link, expected in ((yes, "answer/"), (no, "reopen/")):
        first = visitor.get(link.partition("localhost:8000")[2] or link)
        assert first["Location"] == page(report, expected)
        assert visitor.get(first["Location"]).status_code == 200
    report.refresh_from_db()
    assert report.state == State.RESOLVED
    shown = visitor.get(page(report, "answer/")).content.decode()
    assert page(report, "confirm/") in shown
    assert "Lampu diganti." in shown
    assert visitor.post(page(report, "confirm/")).status_code == 302
    report.refresh_from_db()
    assert report.state == State.CLOSED
    assert visitor.get(page(report, "answer/"))["Location"] == page(report)


def test_a_link_leads_only_to_pages_of_answers(make_report: Callable, visitor: object) -> None:
    token = tokens.link_token(make_report().uuid)
    for wanted in ("withdraw", "//evil.example", "desk"):
        answer = visitor.get(f"/complaints/open/{token}/", {"to": wanted})
        assert answer["Location"].startswith("/complaints/")
        assert answer["Location"].count("/") == 3


def test_reopening_takes_photos(resolved: Callable, visitor: object, officer: object) -> None:
    report = resolved()
    client = opened(visitor, report)
    sent = client.post(page(report, "reopen/"), {"text": "Mati lagi.", "photos": [photo()]})
    assert sent.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.photos.filter(stage="talk").count()) == (State.REOPENED, 1)
    [step] = [step for step in client.get(page(report)).context["steps"] if step.photos]
    assert step.text == "Mati lagi."


def test_every_move_the_reporter_is_told_of_has_a_notice() -> None:
    topics = set(workflow.topics_for(workflow.Tell.REPORTER))
    joined = {"complaints.merge", "complaints.unmerge"}
    assert topics - joined <= set(told_reporter.REPORTER_NOTICES)


def test_the_reporter_hears_of_planning_resting_and_the_rest(
    routed: Callable, officer: object, make_user: Callable, agency: object, with_settings: Callable
) -> None:
    with_settings(four_eyes=True)
    head = make_user("agency_head", agency)
    report = routed(email="warga@contoh.test")
    tomorrow = timezone.localdate() + timedelta(days=7)
    report = services.accept(complaint=report, by=officer)
    report = services.plan(complaint=report, day=tomorrow, by=officer)
    report = services.hold(
        complaint=report, until=tomorrow, reason="Menunggu suku cadang.", by=head
    )
    report = services.resume(complaint=report, by=officer)
    services.resolve(complaint=report, text="Selesai.", photos=[photo()], by=officer)
    messages = deliver(report)
    assert told(messages, "warga@contoh.test") == [
        "received", "assigned", "accepted", "planned", "rests", "goes_on", "evidence",
    ]  # fmt: skip
    [rests] = [m for m in messages if m.template == "complaints/rests"]
    text = render(rests, timeout=5).text
    assert "Menunggu suku cadang." in text
    assert str(tomorrow.year) in text


def test_news_comes_by_the_way_the_reporter_prefers(make_report: Callable) -> None:
    both = {"email": "warga@contoh.test", "phone": "0812 3456 7890"}
    for prefers, expected in (
        ("", {"email", "sms"}), ("email", {"email"}), ("sms", {"sms"}), ("whatsapp", {"whatsapp"}),
    ):  # fmt: skip
        report = make_report(**both, prefers=prefers)
        Message.objects.all().delete()
        found = {(m.channel, m.recipient) for m in deliver(report)}
        assert {channel for channel, _who in found} == expected, prefers
        assert {who for channel, who in found if channel != "email"} <= {"+6281234567890"}


def test_one_s_own_position_is_kept_apart_and_only_if_named(
    visitor: object, lamps: object, village: object
) -> None:
    from modules.complaints.tests.test_sending import told as form

    own = {"own_0": "-6.17", "own_1": "106.63"}
    visitor.post("/complaints/new/", form(lamps, village, **own))
    report = Complaint.objects.latest("id")
    contact = Contact.objects.get(complaint=report)
    assert (contact.latitude, contact.longitude) == (-6.17, 106.63)
    assert report.latitude is None
    shown = visitor.get(page(report)).content.decode()
    assert "106.63" not in shown
    nameless = form(lamps, village, **own, identity="anonymous", idempotency_key="kunci-uji-0002")
    visitor.post("/complaints/new/", nameless)
    assert not Contact.objects.filter(complaint=Complaint.objects.latest("id")).exists()


def test_a_way_without_its_address_is_asked_for(
    visitor: object, lamps: object, village: object
) -> None:
    from modules.complaints.tests.test_sending import told as form

    answer = visitor.post("/complaints/new/", form(lamps, village, prefers="sms"))
    assert answer.status_code == 422
    assert 'href="#id_phone"' in answer.content.decode()
    assert "whatsapp" not in answer.content.decode(), "there is no such channel here"


def test_outside_the_region_no_address_holds_the_point(
    visitor: object, lamps: object, village: object, in_region: Region
) -> None:
    shown = visitor.get("/complaints/new/")
    assert shown.context["find_url"].endswith(f"/find/?province={in_region.code[:2]}")
