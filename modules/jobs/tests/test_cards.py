"""The AK/I card from the form to the counter, and back: what it tells whom."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from balai.audit.models import Entry
from balai.devtools.routes import routes
from balai.files.models import StoredFile
from balai.privacy.person import Person
from modules.jobs import card_codes, subject, widgets
from modules.jobs.models import Card
from modules.jobs.services import card_pdf, cards, forgetting, moving, papers
from modules.jobs.tests.carded import SECRETS, applied, issued, number, picture, told, whole
from modules.jobs.views import cards as views
from modules.jobs.workflow import NotAllowed

pytestmark = pytest.mark.django_db
OWN_FORM = ("jobs:card-new",)
"""The visitor's own empty form offers every religion there is."""
ROWS = {
    f"{name}-{part}": value
    for name in ("schools", "work", "languages")
    for part, value in (("TOTAL_FORMS", "2"), ("INITIAL_FORMS", "0"))
}


def typed(**given: object) -> dict[str, object]:
    """Return what a browser sends."""
    return {
        "name": "Dewi Lestari", "nik": "3671.0157.0899.0001", "birth_place": "Kotakanari",
        "birth_date": "1999-08-17", "gender": "P", "marital": "kawin", "religion": "islam",
        "height": "", "weight": "", "address": "Jl. Uji 1", "district": "", "phone": "",
        "education": "31", "training": "Las dasar\n\nBarista", "agreed": "on", **ROWS,
        "schools-0-level": "31", "schools-0-school": "SMKN 2", "schools-0-year": "2017",
        "schools-0-since": "2014", "languages-0-name": "Inggris", "languages-0-level": "good",
        "work-0-role": "Kasir", "work-0-place": "Toko Lama", "work-0-since": "2018",
        "wanted": "Barista\nKasir", **given,
    }  # fmt: skip


def test_from_the_form_to_the_printed_card(make_user, officer, at, visitor) -> None:
    """Text and good photos survive mistakes; the office returns, checks, issues; the QR proves."""
    user = make_user()
    client, desk = at(user), at(officer)
    assert client.get("/jobs/cards/").status_code == 200
    wrong = typed(nik="123", wanted="kerja\n" * 6, ktp=picture("ktp.jpg"))
    wrong |= {"languages-1-level": "good", "photo": picture("x.jpg", (1, 1))}
    wrong["diploma"] = picture("ijazah.jpg")
    wrong["diploma"].file.seek(0)
    wrong["diploma"].file.truncate(60)
    wrong["diploma"].size = 60
    page = client.post("/jobs/cards/new/", wrong)
    assert page.status_code == 422
    assert {"nik", "diploma", "wanted"} <= set(page.context["form"].errors)
    assert page.context["form"].languages.errors[1]["name"]  # half a row is asked about
    assert "Jl. Uji 1" in page.content.decode() and "Barista" in page.content.decode()
    assert set(papers.present(user, None)) == {"ktp", "photo"}
    complete = typed(diploma=picture("ijazah.jpg"), family=picture("kk.jpg"))
    sent = client.post("/jobs/cards/new/", complete)
    assert sent.status_code == 302, sent.context["form"].errors
    row = Card.objects.get(user=user)
    assert set(row.papers) == {"photo", "ktp", "diploma", "family"} and row.due_at is not None
    place, own = f"/desk/jobs/cards/{row.uuid}/", f"/jobs/cards/{row.uuid}/"
    assert client.get("/jobs/cards/new/")["Location"] == own
    assert "3671••••••••0001" in client.get(own).content.decode()
    seen = desk.get(place).content.decode()
    for told_there in ("Inggris", "Kasir, Toko Lama", "Barista", "2014–2017", "KK"):
        assert told_there in seen
    assert desk.post(place, {"do": "return", "text": ""}).status_code == 422
    assert desk.post(place, {"do": "return", "text": "KTP buram."}).status_code == 302
    form = client.get(f"{own}edit/").content.decode()
    assert "Toko Lama" in form and 'value="Inggris"' in form
    assert "KTP buram." in form and "3671015708990001" not in form
    assert client.post(f"{own}edit/", typed(nik="", ktp=picture("b.jpg"))).status_code == 302
    for do in ("check", "issue"):
        assert desk.post(place, {"do": do}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.number[:4], cards.nik_of(row)) == ("issued", "AK1-", "3671015708990001")
    pdf = client.get(f"{own}pdf/")
    assert pdf.content.startswith(b"%PDF") and pdf.content.count(b"/Type /Page\n") == 2
    assert desk.get(f"{place}pdf/").status_code == 200
    assert Entry.objects.filter(action="jobs.card_printed", target=str(row.uuid)).exists()
    proof = f"/jobs/card/{card_codes.token_of(row)}/"
    seen = visitor.get(proof).content.decode()
    assert row.number in seen and "D. L." in seen
    assert "Lestari" not in seen and "3671" not in seen and "Kotakanari" not in seen
    code = card_codes.token_of(row).lower()
    assert visitor.post("/jobs/card/", {"code": f" {code}"})["Location"] == proof
    assert visitor.post("/jobs/card/", {"code": f"{row.number}.AAAAAAAA"}).status_code == 422
    assert visitor.get(f"/jobs/card/{row.number}.AAAAAAAA/").status_code == 404
    assert visitor.get("/jobs/card/é.é/").status_code == 404


def test_nobody_has_two_and_a_stranger_has_none(make_user, officer, at) -> None:
    user, other = make_user(), make_user()
    nik = number()
    row = applied(user, nik=nik)
    with pytest.raises(NotAllowed):
        applied(user)
    with pytest.raises(NotAllowed):
        applied(other, nik=nik)
    for place in ("", "edit/", "pdf/", "do/discard/"):
        assert at(other).get(f"/jobs/cards/{row.uuid}/{place}").status_code == 404
    with pytest.raises(PermissionDenied):
        cards.discard(card=row, by=other)
    at(user).post(f"/jobs/cards/{row.uuid}/do/discard/")
    assert not Card.objects.filter(pk=row.pk).exists()
    again = applied(other, nik=nik)
    with pytest.raises(NotAllowed):
        cards.discard(card=moving.move("check", again, by=officer), by=other)


def test_a_nik_is_shown_with_a_reason_and_the_log_keeps_it(make_user, officer, at) -> None:
    row = applied(make_user())
    desk, place = at(officer), f"/desk/jobs/cards/{row.uuid}/"
    digits = cards.nik_of(row)
    assert digits not in desk.get(place).content.decode()
    short = desk.post(f"{place}nik/", {"reveal-reason": "cek"})
    assert short.status_code == 422 and digits not in short.content.decode()
    shown = desk.post(f"{place}nik/", {"reveal-reason": "Dicocokkan dengan Dukcapil."})
    assert digits in shown.content.decode()
    entries = Entry.objects.filter(action="jobs.card_nik_shown", target=str(row.uuid))
    assert [entry.reason for entry in entries] == ["Dicocokkan dengan Dukcapil."]
    assert digits not in desk.get(place).content.decode()
    with pytest.raises(PermissionDenied):
        cards.reveal(card=row, by=make_user("viewer"), reason="Ingin tahu saja.")


def test_the_queue_searches_without_names_in_addresses(make_user, officer, at) -> None:
    """The list costs the same with one row and with three; issuing in bulk spares one's own."""
    desk, costs = at(officer), []
    rows = []
    for more in (1, 2):
        rows += [applied(make_user(), name=f"Orang {len(rows) + n}") for n in range(more)]
        desk.get("/desk/jobs/cards/")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = desk.get("/desk/jobs/cards/")
        costs.append(len(seen))
        assert len(page.context["rows"]) == len(rows)
    assert costs[0] == costs[1]
    for query in ("orang 1", cards.nik_of(rows[1])):
        assert [r.pk for r in desk.post("/desk/jobs/cards/", {"q": query}).context["rows"]] == [
            rows[1].pk
        ]
    own = applied(officer)
    with pytest.raises(PermissionDenied):
        moving.move("check", own, by=officer)
    Card.objects.filter(pk__in=[own.pk, rows[0].pk]).update(state="checked")
    picked = {"pick": [str(own.uuid), str(rows[0].uuid), str(rows[1].uuid), "kosong"]}
    desk.post("/desk/jobs/cards/issue/", picked)
    states = [Card.objects.get(pk=row.pk).state for row in (own, rows[0], rows[1])]
    assert states == ["checked", "issued", "applied"]
    assert at(make_user("viewer")).get("/desk/jobs/cards/").status_code in (403, 404)


def test_photos_are_the_holders_and_the_checkers(make_user, officer, recruiter, at) -> None:
    user = make_user()
    lying = papers.put(user=user, slot="ktp", upload=picture())
    assert at(user).get(lying.url).status_code == 200
    assert at(officer).get(lying.url).status_code == 404
    row = applied(user, photos=True)
    files = papers.of(row)
    for slot, file in files.items():
        seen = [at(who).get(file.url).status_code for who in (user, officer, recruiter)]
        assert seen == [200, 200, 404], slot
    Card.objects.filter(pk=row.pk).update(state="issued")
    assert at(officer).get(files["ktp"].url).status_code == 404
    assert at(officer).get(files["photo"].url).status_code == 200


def test_no_employer_ever_reads_the_card(sent, recruiter, officer, at, visitor) -> None:
    """Every employer's page and every operation of the API, for what only the card may show."""
    application = sent()
    user = application.seeker.user
    card = issued(user, officer)
    known = {
        "vacancy": application.vacancy.uuid, "application": application.uuid,
        "employer": application.vacancy.employer.uuid, "card": card.uuid,
        "uuid": application.vacancy.uuid,
        "token": card_codes.token_of(card), "what": "employ", "person": recruiter.uuid,
    }  # fmt: skip
    client, walked = at(recruiter), set()
    for route in routes("balai.urls_region"):
        ours = route.name.startswith("jobs:") or "v1/jobs/" in route.pattern
        arguments = [part.split(":")[-1].rstrip(">") for part in route.pattern.split("<")[1:]]
        arguments = [name.partition(">")[0] for name in arguments]
        if not ours or not set(arguments) <= set(known) or route.name in OWN_FORM:
            continue
        place = reverse(route.name, kwargs={name: known[name] for name in arguments})
        for who in (client, visitor):
            body = b"".join(who.get(place)).decode(errors="replace")
            for secret in (*SECRETS, cards.nik_of(card), "0812 9999 0000"):
                # As a word of its own: tokens and names of rows may hold the height's digits.
                word = rf"(?<![\w-]){re.escape(secret)}(?![\w-])"
                assert not re.search(word, body), (route.name, secret)
        walked.add(route.name)
    assert len(walked) > 25 and {"jobs:applicant", "api:jobs_read_vacancy"} <= walked
    listed = client.get(f"/jobs/applicants/{application.uuid}/").content.decode()
    assert application.seeker.name in listed  # the walk has reached what employers may read


def test_account_closed_and_own_export(make_user, officer) -> None:
    user = make_user()
    row = applied(user, photos=True)
    row = cards.issue(card=moving.move("check", row, by=officer), by=officer)
    (mine,) = json.loads(json.dumps(subject.collect(Person(user=user))))["cards"]
    assert mine["nik"] == cards.nik_of(row) and mine["identity"]["religion"] == "khonghucu"
    assert len(mine["photos"]) == 3 and mine["expires_on"] == row.expires_on.isoformat()
    papers.put(user=user, slot="ktp", upload=picture())
    forgetting.forget(user=user.pk)
    assert not Card.objects.filter(user=user).exists()
    assert not StoredFile.objects.filter(created_by=user).exists()
    with pytest.raises(NotAllowed):  # what a card prints must be there
        cards.reveal(card=Card(user=user, nik=b""), by=officer, reason="Sudah dihapus?")


def test_what_is_sealed_is_never_plain_in_the_row(make_user, officer) -> None:
    row = issued(make_user(), officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM jobs_card t WHERE id = %s", [row.pk])
        (text,) = cursor.fetchone()
    for secret in (*SECRETS[:2], "khonghucu", "cerai_mati", cards.nik_of(row)):
        assert secret not in text and secret.encode().hex() not in text
    assert row.expires_on - row.issued_on > timedelta(days=729)
    assert told()["nik"] != cards.nik_of(row) and timezone.localdate() == row.issued_on


def test_a_profile_with_an_application_fills_the_form(sent, at) -> None:
    application = sent()
    page = at(application.seeker.user).get("/jobs/cards/new/").content.decode()
    assert "SMKN 2" in page and application.seeker.name in page


def test_the_longest_life_leaves_room_for_the_signature(make_user, officer, monkeypatch) -> None:
    """Everything a form takes stands on page 2, above where the officer signs."""
    school = {"level": 31, "school": "W" * 120, "since": 2014, "year": 2017, "grade": "8,4"}
    long = whole(address="Jalan " * 42, schools=[school] * 5, training=["Kursus " * 14] * 8)
    ends, sign = [], card_pdf._officer
    monkeypatch.setattr(
        card_pdf, "_officer", lambda paper, card: (ends.append(paper.get_y()), sign(paper, card))
    )
    for identity in (whole(), long):
        row = issued(make_user(), officer, name="Dewi " * 24, identity=identity)
        assert card_pdf.render(row).count(b"/Type /Page\n") == 2
    assert max(ends) <= card_pdf.A5[1] - card_pdf.FOOT and len(ends) == 2


def test_a_second_click_leads_to_the_card_that_the_first_one_made(
    make_user, at, monkeypatch
) -> None:
    user = make_user()
    client = at(user)
    photos = {slot: picture(f"{slot}.jpg") for slot in papers.NEEDED}
    first = client.post("/jobs/cards/new/", typed(**photos))
    live = views.rows.live
    answers = iter((None, live(user)))  # both clicks had passed the first question
    monkeypatch.setattr(views.rows, "live", lambda _user: next(answers))
    photos = {slot: picture(f"{slot}.jpg") for slot in papers.NEEDED}
    again = client.post("/jobs/cards/new/", typed(**photos))
    assert (again.status_code, again["Location"]) == (302, first["Location"])


def test_the_tile_leads_to_the_queue_that_waits(in_region, make_user, rf) -> None:
    applied(make_user())
    assert widgets.WaitingForUs().data(rf.get("/")) == {
        "all": 1, "late": 0, "url": "/desk/jobs/cards/",
    }  # fmt: skip
    assert set(widgets.WaitingForUs.topics) >= {"jobs.card_apply", "jobs.card_renew"}
