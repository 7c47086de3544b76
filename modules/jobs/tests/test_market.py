"""Kept searches, the export, the figures, and what programs read."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import given, settings, strategies as st
from openpyxl import load_workbook

from balai import live
from balai.modules import EventData
from balai.notify.models import Message
from balai.notify.rendering import render
from modules.jobs import policies, suppression, webhooks, widgets
from modules.jobs.models import Application, SavedSearch, Vacancy
from modules.jobs.selectors import exporting, figures
from modules.jobs.selectors.filters import Filters
from modules.jobs.services import hiring, moving, searches, vacancies
from modules.jobs.tests.delivering import deliver
from modules.jobs.workflow import NotAllowed


@pytest.mark.django_db
def test_what_is_new_is_told_once_a_day(
    opened: Callable, make_user: Callable, at: Callable
) -> None:
    now, user, other = timezone.now(), make_user(), make_user()
    earlier = now - timedelta(days=2)
    for one in (user, other):
        searches.keep(user=one, filters=Filters(query="kasir"), name="Kasir", now=earlier)
    quiet = searches.keep(user=other, filters=Filters(query="sopir"), name="Sopir", now=earlier)
    opened(title="Operator mesin")
    assert searches.announce(now=now) == 0
    Vacancy.objects.filter(pk=opened(title="Kasir contoh").pk).update(sample=True)
    assert searches.announce(now=now) == 0  # nobody is written to about a sample
    for title in ("Kasir toko", "Kasir apotek"):
        opened(title=title)
    assert searches.announce(now=now) == 2
    letters = [m for m in deliver("jobs.searches") if m.template == "jobs/news"]
    assert sorted(m.recipient for m in letters) == sorted([user.email, other.email])
    text = render(letters[0], timeout=5).text
    assert "Kasir toko" in text and "Kasir contoh" not in text
    quiet.refresh_from_db()
    assert quiet.told_at > earlier
    opened(title="Kasir kantin")
    assert searches.announce(now=now + timedelta(hours=1)) == 0
    SavedSearch.objects.filter(user=other).update(notify=False)
    assert searches.announce(now=now + timedelta(days=1)) == 1


@pytest.mark.django_db
def test_searches_are_kept_deleted_and_brought_back(
    make_user: Callable, at: Callable, visitor: Any
) -> None:
    user = make_user()
    own = at(user)
    assert "/accounts/" in visitor.get("/jobs/searches/keep/?q=kasir")["Location"]
    assert "kasir" in own.get("/jobs/searches/keep/?q=kasir").content.decode()
    for _twice in range(2):
        own.post("/jobs/searches/keep/?q=kasir&pay=4000000", {"name": ""})
    row = SavedSearch.objects.get()
    assert row.query == "q=kasir&pay=4000000" and row.name.startswith("kasir")
    assert own.post("/jobs/searches/keep/", {"name": "Semua"}).status_code == 302
    own.post(f"/jobs/searches/{row.uuid}/", {"notify": "0"})
    assert at(make_user()).post(f"/jobs/searches/{row.uuid}/delete/").status_code == 404
    own.post(f"/jobs/searches/{row.uuid}/delete/")
    assert not SavedSearch.objects.exists()
    own.post("/jobs/searches/undo/")
    back = SavedSearch.objects.get()
    assert (back.uuid, back.query, back.notify) == (row.uuid, row.query, False)
    for n in range(searches.MOST - 1):
        searches.keep(user=user, filters=Filters(query=f"kata{n}"), name="")
    with pytest.raises(NotAllowed):
        searches.keep(user=user, filters=Filters(query="lagi"), name="")


@pytest.mark.django_db
def test_the_report_of_perpres_57(
    opened: Callable, officer: Any, recruiter: Any, at: Callable
) -> None:
    row = opened(title="=HYPERLINK(1)", headcount=3, sex="female", criteria_reason="Asrama putri")
    Vacancy.objects.filter(pk=opened(title="Contoh").pk).update(sample=True)
    asked = {
        "first": f"{timezone.localdate():%Y-%m-%d}",
        "last": f"{timezone.localdate():%Y-%m-%d}",
    }
    desk = at(officer)
    assert at(recruiter).post("/desk/jobs/vacancies/export/", asked).status_code == 403
    assert desk.post("/desk/jobs/vacancies/export/", {**asked, "first": "x"}).status_code == 422
    answer = desk.post("/desk/jobs/vacancies/export/", {**asked, "kind": "csv"})
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, line = list(csv.reader(io.StringIO(text)))
    told = dict(zip(head, line, strict=True))
    assert len(head) == len(exporting.COLUMNS) and row.number in line
    assert "'=HYPERLINK(1)" in line and row.employer.nib in told.values()
    for language in ("id", "en"):  # the stream is read when the request is over
        desk.cookies["balai_language"] = language
        with translation.override(language):
            words = [str(exporting.COLUMNS[0].label), row.get_type_display()]
        answer = desk.post("/desk/jobs/vacancies/export/", {**asked, "kind": "csv"})
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert all(word in text for word in words)
    del desk.cookies["balai_language"]
    book = desk.post("/desk/jobs/vacancies/export/", {**asked, "kind": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    assert sheet.max_row == 2 and "'=HYPERLINK(1)" in [cell.value for cell in sheet[2]]


@pytest.mark.django_db
def test_the_report_is_read_in_parts(opened: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few queries and few rows in memory, however many there are."""
    for _each in range(5):
        opened()
    monkeypatch.setattr(exporting, "CHUNK", 2)
    today = timezone.localdate()
    with CaptureQueriesContext(connection) as seen:
        stream = exporting.rows(exporting.vacancies(today, today))
        next(stream)
        assert len(seen) == 1
        assert len(list(stream)) == 4
    assert len(seen) == 4


@pytest.mark.django_db
def test_who_found_work(
    sent: Callable, opened: Callable, recruiter: Any, officer: Any, at: Callable, visitor: Any,
    district: Any, rf: Any,
) -> None:  # fmt: skip
    vacancy = opened(headcount=9, district=district)
    for _each in range(6):
        hiring.see(application=(row := sent(vacancy)), by=recruiter)
        hiring.hire(application=row, by=recruiter)
    ended = moving.move("close", vacancy, by=recruiter, changes={"ended_at": timezone.now()})
    vacancies.report(vacancy=ended, elsewhere=2, text="", by=recruiter)
    now = timezone.now()
    true = figures.placements(figures.months(now, whole=False))
    assert (true.total, true.districts[district.name]) == (8, 8)
    assert true.educations == {31: 6, None: 2}
    shown = figures.kept_back(true)
    assert (shown.total, shown.educations) == (8, {31: None, None: None})
    month_ago = now - timedelta(days=35)
    Application.objects.update(decided_at=month_ago)
    Vacancy.objects.update(ended_at=month_ago)
    page = visitor.get("/jobs/figures/").content.decode()
    assert district.name in page and 'class="chart' in page
    text = b"".join(visitor.get("/jobs/data/placements.csv").streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert ["total", "", "8"] in lines and ["education", "SMK", "<"] in lines
    Vacancy.objects.update(sample=True)
    text = b"".join(visitor.get("/jobs/data/placements.csv").streaming_content).decode("utf-8-sig")
    assert ["total", "", "0"] in list(csv.reader(io.StringIO(text)))
    assert at(officer).get("/desk/jobs/figures/").status_code == 200
    assert widgets.FoundWork().data(rf.get("/"))["placed"] == 8


@given(st.lists(st.integers(0, 15), max_size=7))
@settings(max_examples=150, deadline=None)
def test_no_small_count_can_be_worked_out(counts: list[int]) -> None:
    named = dict(enumerate(counts))
    shown, whole = suppression.suppress(named), suppression.total(named)
    assert all(value in (None, counts[at]) for at, value in shown.items())
    assert all(value is None or value == 0 or value >= suppression.K for value in shown.values())
    hidden = [at for at, value in shown.items() if value is None]
    if whole is not None and hidden:
        rest = whole - sum(value or 0 for value in shown.values())
        assert len(hidden) > 1 and rest - (len(hidden) - 1) >= suppression.K


@pytest.mark.django_db
def test_what_programs_read(opened: Callable, recruiter: Any, district: Any, visitor: Any) -> None:
    row = opened(title="Kasir & pramuniaga", district=district)
    sample = opened(title="Contoh")
    Vacancy.objects.filter(pk=sample.pk).update(sample=True)
    stream = visitor.get("/jobs/data/vacancies.json").streaming_content
    (told,) = json.loads(b"".join(stream))
    assert (told["title"], told["district"]) == (row.title, district.code)
    body = b"".join(visitor.get("/jobs/data/vacancies.csv").streaming_content).decode("utf-8-sig")
    assert [line["number"] for line in csv.DictReader(io.StringIO(body))] == [row.number]
    secret = (row.employer.email, row.employer.phone, row.employer.contact_name)
    assert not [one for one in secret if one in chain(body, json.dumps(told))]
    base = "/api/v1/jobs/vacancies"
    listed = visitor.get(f"{base}?q=kasir&district={district.code}").json()
    assert (listed["count"], listed["vacancies"][0]["uuid"]) == (1, str(row.uuid))
    assert visitor.get(f"{base}?district=99.99.99").status_code == 404
    assert visitor.get(f"{base}?pay=0").status_code == 422
    assert visitor.get(f"{base}/{row.uuid}").json()["description"] == row.description
    assert visitor.get(f"{base}/{sample.uuid}").status_code == 404

    def facts(vacancy: Vacancy) -> Any:
        payload = {"vacancy": vacancy.pk}
        return webhooks.facts(EventData(1, "jobs.vacancy_publish", "", payload, timezone.now()))

    assert facts(row)["open"] and facts(sample) is None
    moving.move("revise", row, by=recruiter)
    assert facts(row) == {"open": False, "vacancy": {"uuid": str(row.uuid), "number": row.number}}
    assert visitor.get(f"{base}/{row.uuid}").status_code == 404


@pytest.mark.django_db
def test_queues_hear_and_tiles_count(
    opened: Callable, employer: Any, recruiter: Any, officer: Any, at: Callable, rf: Any
) -> None:
    assert live.policies.rule_for("jobs.vacancy_submit") is policies.may_listen
    assert policies.may_listen(officer, "jobs.vacancy_submit")
    assert not policies.may_listen(recruiter, "jobs.vacancy_submit")
    row = opened()
    moving.move("revise", row, by=recruiter)
    moving.move("submit", row, by=recruiter)
    desk = at(officer)
    page = desk.get("/desk/jobs/vacancies/").content.decode()
    assert "jobs.vacancy_submit" in page and "known=1" in page
    same, changed = (
        desk.get(f"/desk/jobs/vacancies/tabs/?known={n}&tab=review").content.decode()
        for n in (1, 0)
    )
    assert "note" not in same and "note" in changed and "<html" not in changed
    rows = desk.get("/desk/jobs/rows/?tab=verified").content.decode()
    assert employer.name in rows and "<html" not in rows
    waiting = widgets.WaitingForUs()
    assert waiting.data(rf.get("/"))["all"] == 1
    assert not widgets.NewestVacancies().data(rf.get("/"))["rows"]
    assert not Message.objects.filter(template="jobs/news").exists()
