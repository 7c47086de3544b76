"""Two years of a card: reports, reminders, its end, its renewal, and what is then forgotten."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from balai.notify.models import Message
from balai.notify.rendering import render
from balai.workcal import clocks
from modules.jobs import card_codes, card_dates
from modules.jobs.models import Card
from modules.jobs.receivers import cards as receiver
from modules.jobs.services import card_sweeping, cards, hiring, moving, papers
from modules.jobs.tests.carded import applied, issued, picture, told as data
from modules.jobs.tests.delivering import deliver, told
from modules.jobs.workflow import NotAllowed

pytestmark = pytest.mark.django_db


def test_months_end_where_they_end() -> None:
    assert card_dates.add_months(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert card_dates.last_day(date(2024, 2, 29)) == date(2026, 2, 28)
    day = date(2026, 1, 15)
    dues = [card_dates.next_due(day, day)]
    for _each in range(3):
        dues.append(card_dates.next_due(day, dues[-1]))
    assert dues == [date(2026, 7, 15), date(2027, 1, 15), date(2027, 7, 15), date(2028, 1, 15)]
    steps = {-15: 0, -14: 1, -4: 1, -3: 2, 6: 2, 7: 3}
    assert {n: card_dates.reminders(day, day + timedelta(days=n)) for n in steps} == steps


def test_two_years_with_every_reminder(make_user, officer) -> None:
    """Each letter once; a report moves the day on; the end comes by itself."""
    start = timezone.now()
    user = make_user()
    row = issued(user, officer, now=start)
    first = row.next_report_on
    with pytest.raises(NotAllowed):
        cards.report(card=row, by=user, now=start)

    def day(offset: int, of: date = first) -> int:
        now = start + (of - timezone.localdate(start)) + timedelta(days=offset)
        card_sweeping.end(now=now)
        return card_sweeping.remind(now=now)

    assert [day(n) for n in (-15, -14, -13, -3, 0, 7, 8)] == [0, 1, 0, 1, 0, 1, 0]
    now = start + (first - timezone.localdate(start)) + timedelta(days=9)
    cards.report(card=row, by=officer, now=now)  # at the counter
    row.refresh_from_db()
    assert row.history[-1]["by"] == "officer"
    second = card_dates.add_months(row.issued_on, 12)
    assert (row.next_report_on, row.reminded, len(row.reports)) == (second, 0, 1)
    third = card_dates.add_months(row.issued_on, 18)
    assert [day(n, third) for n in (-30, -14, -2)] == [1, 1, 1]  # the second one was missed
    row.refresh_from_db()
    cards.report(card=row, by=user, now=start + (third - timezone.localdate(start)))
    row.refresh_from_db()
    assert row.renewal_due and row.standing(row.expires_on).value == "valid"
    with pytest.raises(NotAllowed):
        cards.report(card=row, by=user, now=start + timedelta(days=720))
    assert day(-14, row.expires_on) == 1
    assert day(1, row.expires_on) == 0
    row.refresh_from_db()
    assert row.state == "expired" and row.standing(timezone.localdate(now)).value == "valid"
    assert row.standing(row.expires_on + timedelta(days=1)).value == "expired"
    names = told(deliver(), user.email)
    assert names[:2] == ["card", "card"] and names[-1] == "card"


def test_reminders_reach_only_those_who_still_owe(make_user, officer) -> None:
    late, done = make_user(), make_user()
    rows = [issued(user, officer) for user in (late, done)]
    day = timezone.now() + (rows[0].next_report_on - timezone.localdate()) - timedelta(days=3)
    assert card_sweeping.remind(now=day) == 2
    cards.report(card=rows[1], by=done, now=day)
    messages = deliver()
    assert told(messages, late.email) == ["card", "card", "card_report"]
    assert told(messages, done.email) == ["card", "card"]
    letter = next(m for m in messages if m.template == "jobs/card_report")
    assert letter.context["what"] == "soon" and "/jobs/cards/tap/" in letter.context["url"]


def test_one_tap_reports_but_opening_the_letter_does_not(make_user, officer, visitor) -> None:
    user = make_user()
    row = issued(user, officer)
    Card.objects.filter(pk=row.pk).update(next_report_on=timezone.localdate())
    place = f"/jobs/cards/tap/{card_codes.tap_for(row)}/"
    asked = visitor.get(place).content.decode()
    assert 'value="report"' in asked and row.name not in asked
    assert visitor.post(place, {"do": "report"}).status_code == 200
    row.refresh_from_db()
    assert len(row.reports) == 1 and row.history[-1]["by"] == "seeker"
    assert visitor.post(place, {"do": "report"}).status_code == 422  # a second tap is no second one
    assert visitor.post(place, {"do": "issue"}).status_code == 422
    assert visitor.post(place, {"do": "employ"}).status_code == 200
    proof = f"/jobs/card/{card_codes.token_of(row)}/"
    assert visitor.get(proof).context["standing"].value == "employed"
    assert visitor.post(place, {"do": "resume"}).status_code == 200
    row.refresh_from_db()
    assert row.state == "issued" and row.next_report_on is not None
    assert visitor.get("/jobs/cards/tap/bohong/").status_code == 404


def test_own_pages_report_close_and_renew(make_user, officer, at) -> None:
    user = make_user()
    row, client = issued(user, officer), at(user)
    place = f"/jobs/cards/{row.uuid}/"
    client.post(f"{place}do/report/")  # too early: said, not done
    assert Card.objects.get(pk=row.pk).reports == []
    assert client.get(f"{place}do/employ/").status_code == 200
    assert client.get(f"{place}do/nothing/").status_code == 404
    for what, state in (("employ", "employed"), ("resume", "issued")):
        client.post(f"{place}do/{what}/")
        assert Card.objects.get(pk=row.pk).state == state
        assert client.get(place).status_code == 200
    assert client.get(f"{place}edit/").status_code == 302  # a renewal is months away
    Card.objects.filter(pk=row.pk).update(expires_on=timezone.localdate() + timedelta(days=20))
    row.refresh_from_db()
    assert client.get(f"{place}edit/").status_code == 200
    renewed = cards.send_again("renew", card=row, told=data(name="Dewi Baru"), by=user)
    assert renewed.standing(timezone.localdate()).value == "valid"  # until its last day
    proof = f"/jobs/card/{card_codes.token_of(row)}/"
    assert "D. B." not in client.get(proof).content.decode()  # nobody has checked this name
    for who, own in ((client, ""), (at(officer), "/desk")):  # nor anything else of the new data
        assert who.get(f"{own}{place}pdf/").status_code == 404
    again = cards.issue(card=moving.move("check", renewed, by=officer), by=officer)
    assert (again.number, again.name) == (row.number, "Dewi Baru")
    assert "D. B." in client.get(proof).content.decode()
    assert client.get(f"{place}pdf/").status_code == 200
    assert again.expires_on == card_dates.last_day(timezone.localdate())


def test_what_nobody_needs_any_more_is_erased(make_user, officer, at) -> None:
    now, user = timezone.now(), make_user()
    row = issued(user, officer, photos=True)
    papers.put(user=user, slot="signature", upload=picture())
    assert card_sweeping.forget(now=now + timedelta(days=29)) == 0
    assert set(papers.of(row)) == {"photo", "ktp", "diploma"}
    card_sweeping.forget(now=now + timedelta(days=31))
    assert set(papers.of(row)) == {"photo"} and papers.present(user, None) == {}
    end = now + timedelta(days=735)
    card_sweeping.end(now=end)
    assert card_sweeping.forget(now=end + timedelta(days=360)) == 0
    assert card_sweeping.forget(now=end + timedelta(days=365)) == 1
    row.refresh_from_db()
    assert (bytes(row.nik), bytes(row.nik_digest), bytes(row.sealed)) == (b"", b"", b"")
    assert papers.of(row) == {} and row.papers == {}
    client = at(user)
    assert client.get(f"/jobs/cards/{row.uuid}/").status_code == 200
    assert client.get(f"/jobs/cards/{row.uuid}/pdf/").status_code == 404
    assert at(officer).get(f"/desk/jobs/cards/{row.uuid}/").status_code == 200


def test_a_correction_that_never_came(make_user, officer) -> None:
    user, now = make_user(), timezone.now()
    row = moving.move("return", applied(user), by=officer, text="Foto KTP buram.")
    assert card_sweeping.end(now=now + timedelta(days=89)) == 0
    assert card_sweeping.end(now=now + timedelta(days=91)) == 1
    assert told(deliver(), user.email) == ["card", "card", "card"]
    card_sweeping.forget(now=now + timedelta(days=91))
    assert not Card.objects.filter(pk=row.pk).exists()


def test_the_office_is_told_when_it_is_late(make_user, officer) -> None:
    now = timezone.now()
    row = applied(make_user(), now=now)
    clocks.sweep(now=now + timedelta(days=14))
    messages = deliver()
    assert told(messages, officer.email) == ["late"]
    assert row.name not in str([m.context for m in messages if m.recipient == officer.email])


def test_who_is_hired_here_is_asked_to_close_the_card(sent, recruiter, officer) -> None:
    application = sent()
    user = application.seeker.user
    issued(user, officer)
    hiring.see(application=application, by=recruiter)
    application.refresh_from_db()
    hiring.hire(application=application, by=recruiter, text="Selamat.")
    assert "card_report" in told(deliver(), user.email)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_notice_of_a_card_reads_well(language: str, in_region) -> None:
    when = {"$date": timezone.localdate().isoformat()}
    kinds = [("card", move) for move in receiver.MOVES]
    kinds += [("card_report", what) for what in ("soon", "late", "renew", "hired")]
    bodies = set()
    for name, kind in kinds:
        context = {
            "move": kind, "what": kind, "number": "AK1-26-000001", "until": when, "report": when,
            "due": when, "text": "Mohon <dilihat>", "url": "http://tangerang.localhost/jobs/x/",
        }  # fmt: skip
        message = Message(
            channel="email", recipient="a@contoh.test", template=f"jobs/{name}",
            language=language, context=context,
        )  # fmt: skip
        sent = render(message, timeout=5)
        assert sent.subject and "{" not in sent.subject
        assert context["url"] in sent.text and context["url"] in sent.html
        assert "<dilihat>" not in sent.html
        bodies.add((sent.subject, sent.text))
    assert len(bodies) == len(kinds)
