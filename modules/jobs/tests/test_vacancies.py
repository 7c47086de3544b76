"""What everybody finds: search, filters, pages, JSON-LD exactly while open, the sitemap."""

import json
import re
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from modules.jobs import workflow
from modules.jobs.choices import Education
from modules.jobs.models import Vacancy
from modules.jobs.selectors import public
from modules.jobs.selectors.filters import Filters, parse, to_query
from modules.jobs.services import employers, moving, sweeping, vacancies
from modules.jobs.tests.conftest import offer
from modules.jobs.workflow import NotAllowed

pytestmark = pytest.mark.django_db
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
GOOGLE = {
    "title", "description", "datePosted", "validThrough", "employmentType", "hiringOrganization",
    "jobLocation", "baseSalary", "directApply", "identifier", "totalJobOpenings",
}  # fmt: skip


def posting(client, vacancy) -> dict | None:
    found = JSON_LD.search(client.get(f"/jobs/{vacancy.uuid}/").content.decode())
    return json.loads(found[1]) if found else None


def titles(client, query: str) -> list[str]:
    page = client.get(f"/jobs/?{query}").content.decode()
    return re.findall(r'item__title">([^<]+)<', page)


def test_search_in_indonesian_and_filters(opened, visitor, district) -> None:
    opened(
        title="Perawat", description="Merawat pasien lansia di klinik.", education=Education.D3,
        pay_min=6_000_000, pay_max=None, area=district, district=district, type="full_time",
    )  # fmt: skip
    opened(
        title="Kasir Toko", description="Melayani pembeli.", education=Education.SMA,
        pay_min=150_000, pay_max=None, pay_period="day", disability_welcome=True,
    )  # fmt: skip
    opened(title="Penjahit Harian", description="Menjahit seragam.", education=Education.SMP,
           pay_min=None, pay_max=None, workplace="remote")  # fmt: skip
    assert titles(visitor, "q=perawatan") == ["Perawat"]  # one stem
    assert titles(visitor, "q=dijahit") == ["Penjahit Harian"]
    assert titles(visitor, "q=tidak ada begitu") == []
    assert set(titles(visitor, f"education={Education.SMK.value}")) == {
        "Kasir Toko", "Penjahit Harian",
    }  # fmt: skip
    assert titles(visitor, "pay=5000000") == ["Perawat"]
    assert set(titles(visitor, "pay=3000000")) == {"Perawat", "Kasir Toko"}
    assert titles(visitor, f"district={district.pk}") == ["Perawat"]
    assert visitor.get("/jobs/").context["total"] == 3
    assert visitor.get(f"/jobs/?district={district.pk}").context["total"] == 1
    assert titles(visitor, "type=full_time") == ["Perawat"]
    assert titles(visitor, "disability=1") == ["Kasir Toko"]
    assert titles(visitor, "remote=1") == ["Penjahit Harian"]
    assert titles(visitor, "sort=pay")[0] == "Perawat"
    number = Vacancy.objects.get(title="Perawat").number
    assert titles(visitor, f"q={number.lower()}") == ["Perawat"]
    found = visitor.get("/search/?q=merawat").content.decode()
    assert "Perawat" in found
    odd = parse({"pay": "7", "type": "x", "sort": "y", "education": "abc", "q": "a\0b"})
    assert odd == Filters(query="ab")
    assert parse(
        dict([pair.split("=") for pair in to_query(Filters(pay=5_000_000)).split("&")])
    ) == (Filters(pay=5_000_000))


def test_pages_by_the_last_row_seen_reach_every_row_once(opened) -> None:
    rows = [opened(title=f"Lowongan {n}", pay_max=5_000_000 + n % 2) for n in range(5)]
    for sort in ("newest", "pay", "closing"):
        filters, seen, after = Filters(sort=sort), [], None
        while True:
            page = public.page(filters, after=after, size=2)
            seen += [row.pk for row in page]
            if page.older is None:
                break
            after = page.older
        assert sorted(seen) == sorted(row.pk for row in rows)
        back = public.page(filters, before=after, size=2)
        assert back.object_list and back.older


def test_queries_do_not_grow_with_rows(opened, visitor) -> None:
    opened()
    visitor.get("/jobs/")
    with CaptureQueriesContext(connection) as one:
        visitor.get("/jobs/")
    opened(), opened()
    with CaptureQueriesContext(connection) as three:
        visitor.get("/jobs/")
    assert len(own(one)) == len(own(three)) <= 8


def own(seen) -> list[str]:
    """Return the statements on the region's own tables."""
    return [q["sql"] for q in seen.captured_queries if '"shared"' not in q["sql"]]


def test_json_ld_exactly_while_open(
    opened, recruiter, officer, visitor, employer, district
) -> None:
    text = "Tugas: <b>cetak</b> & rapi.</script><script>alert(1)</script>"
    vacancy = opened(description=text, area=district, district=district)
    told = posting(visitor, vacancy)
    assert set(told) == GOOGLE | {"@context", "@type"}
    assert date.fromisoformat(told["datePosted"]) == timezone.localdate(vacancy.published_at)
    for fact in ("SMK", "mesin injeksi", "BPJS", "bergilir"):
        assert fact in told["description"]  # Google wants it whole
    assert told["@type"] == "JobPosting" and told["@context"] == "https://schema.org/"
    assert told["baseSalary"]["currency"] == "IDR"
    assert told["baseSalary"]["value"] == {
        "@type": "QuantitativeValue", "minValue": 4_500_000, "maxValue": 5_000_000,
        "unitText": "MONTH",
    }  # fmt: skip
    assert told["identifier"]["value"] == vacancy.number
    assert told["hiringOrganization"]["name"] == employer.name
    assert told["jobLocation"]["address"]["addressCountry"] == "ID"
    assert told["jobLocation"]["address"]["addressRegion"] == "Banten"
    assert told["employmentType"] == "TEMPORARY" and told["totalJobOpenings"] == 2
    assert told["directApply"] is True
    assert datetime.fromisoformat(told["validThrough"]).utcoffset() == timedelta(hours=7)
    assert "&lt;b&gt;" in told["description"]
    assert "<script>alert" not in visitor.get(f"/jobs/{vacancy.uuid}/").content.decode()
    moving.move("pause", vacancy, by=recruiter)
    assert posting(visitor, vacancy) is None
    moving.move("resume", vacancy, by=recruiter)
    assert posting(visitor, vacancy)
    vacancies.end("close", vacancy=vacancy, by=recruiter)
    closed = visitor.get(f"/jobs/{vacancy.uuid}/")
    assert posting(visitor, vacancy) is None and closed["X-Robots-Tag"] == "noindex"


def test_the_last_day_ends_at_midnight_by_the_region_s_clock(opened, visitor) -> None:
    """Also before the sweep has come round: no JSON-LD, not in list, sitemap or search."""
    vacancy = opened(valid_until=timezone.localdate())
    last = datetime.combine(vacancy.valid_until, time(23, 59), ZoneInfo("Asia/Jakarta"))
    with time_machine.travel(last, tick=False):
        assert posting(visitor, vacancy)
        assert str(vacancy.uuid) in visitor.get("/jobs/sitemap.xml").content.decode()
    with time_machine.travel(last + timedelta(minutes=2), tick=False):
        assert posting(visitor, vacancy) is None
        assert vacancy.title not in visitor.get("/jobs/").content.decode()
        assert str(vacancy.uuid) not in visitor.get("/jobs/sitemap.xml").content.decode()


def test_drafts_and_samples_stay_out(employer, recruiter, opened, visitor, at) -> None:
    draft = vacancies.save_draft(employer=employer, told=offer(title="Rahasia"), by=recruiter)
    assert visitor.get(f"/jobs/{draft.uuid}/").status_code == 404
    assert at(recruiter).get(f"/jobs/{draft.uuid}/").status_code == 200
    shown = opened()
    tree = ElementTree.fromstring(visitor.get("/jobs/sitemap.xml").content)
    found = [e.text for e in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(found) == 1 and str(shown.uuid) in found[0]
    Vacancy.objects.filter(pk=shown.pk).update(sample=True)
    assert posting(visitor, shown) is None  # nobody advertises a made-up job to the world
    assert str(shown.uuid) not in visitor.get("/jobs/sitemap.xml").content.decode()


FLAGS = {
    "sex": {"sex": "female", "criteria_reason": "x"},
    "age": {"age_max": 25, "criteria_reason": "x"},
    "domicile": {"locals_first": True},
    "wage": {"pay_min": 1_000_000, "pay_max": None},
    "fee": {"description": "Peserta membayar biaya administrasi di awal."},
    "diploma": {"requirements": "Ijazah asli ditahan selama kontrak."},
    "channel": {"description": "Kirim lamaran ke WA 0812 3456 7890."},
    "words": {"requirements": "Wanita, berpenampilan menarik, usia maksimal 25 tahun."},
}


def test_flags_lead_the_officer_and_bulk_leaves_them_out(
    employer, recruiter, officer, at, monkeypatch
) -> None:
    from modules.jobs import conf

    monkeypatch.setattr(conf, "current", lambda: conf.Settings(minimum_wage=5_000_000))
    high = {"pay_min": 5_500_000, "pay_max": 6_000_000}
    made = {
        flag: vacancies.save_draft(
            employer=employer, told=offer(title=f"Bendera {flag}", **{**high, **told}),
            by=recruiter,
        )
        for flag, told in FLAGS.items()
    }  # fmt: skip
    assert {flag: row.flags for flag, row in made.items()} == {flag: [flag] for flag in FLAGS}
    clean = vacancies.save_draft(employer=employer, told=offer(**high), by=recruiter)
    assert clean.flags == []
    for row in (made["sex"], clean):
        moving.move("submit", row, by=recruiter)
    client = at(officer)
    page = client.get("/desk/jobs/vacancies/").content.decode()
    assert "Bendera sex" in page and str(clean.uuid) in page
    picked = {"pick": [str(made["sex"].uuid), str(clean.uuid), "kosong"]}
    assert client.post("/desk/jobs/vacancies/publish/", picked).status_code == 302
    assert Vacancy.objects.get(pk=clean.pk).state == "open"
    assert Vacancy.objects.get(pk=made["sex"].pk).state == "review"
    place = f"/desk/jobs/vacancies/{made['sex'].uuid}/"
    sent = client.post(place, {"do": "send_back", "text": "Mengapa?"})
    assert sent["Location"] == "/desk/jobs/vacancies/"
    assert Vacancy.objects.get(pk=made["sex"].pk).state == "draft"
    assert client.get(place).status_code == 404  # a draft is the employer's own
    late = client.post(place, {"do": "publish"})  # from a page that was open still
    assert late["Location"] == "/desk/jobs/vacancies/"
    assert Vacancy.objects.get(pk=made["sex"].pk).state == "draft"
    assert client.post(f"/desk/jobs/vacancies/{uuid4()}/").status_code == 404


def test_in_bulk_nobody_publishes_for_their_own_firm(employer, recruiter, officer, at) -> None:
    employers.join(employer=employer, user=officer)
    row = vacancies.save_draft(employer=employer, told=offer(), by=recruiter)
    moving.move("submit", row, by=recruiter)
    picked = {"pick": [str(row.uuid)]}
    assert at(officer).post("/desk/jobs/vacancies/publish/", picked).status_code == 302
    row.refresh_from_db()
    assert row.state == "review"


def test_the_duty_stays_with_what_was_taken_off(sent, recruiter, at) -> None:
    """Neither a draft nor the bin is a way out: the clock ends it, or its employer does."""
    now = timezone.now()
    ended, closed = (sent().vacancy for _each in range(2))
    for row in (ended, closed):
        row = moving.move("revise", row, by=recruiter)
        with pytest.raises(NotAllowed):
            vacancies.discard(vacancy=row, by=recruiter)
    never = vacancies.save_draft(employer=ended.employer, told=offer(), by=recruiter)
    with pytest.raises(NotAllowed):
        vacancies.end("close", vacancy=never, by=recruiter)
    at(recruiter).post(f"/jobs/vacancies/{closed.uuid}/do/close/")
    assert sweeping.expire(now=now) == 0
    later = now + timedelta(days=31)
    assert sweeping.expire(now=later) == 1
    for row in (ended, closed, never):
        row.refresh_from_db()
    assert (ended.state, closed.state, never.state) == ("expired", "expired", "draft")
    assert workflow.overdue(ended.employer, later + timedelta(days=15))


def test_the_form_keeps_what_was_typed_and_hands_in(employer, recruiter, at, district) -> None:
    client, place = at(recruiter), f"/jobs/employers/{employer.uuid}/new/"
    told = {
        key: value for key, value in offer(area=district.pk).items() if value not in (None, False)
    }
    told |= {"pay_min": "Rp 5.000.000", "pay_max": "4.500.000", "sex": "male"}
    page = client.post(place, told)
    assert page.status_code == 422
    assert "Menjalankan mesin cetak plastik." in page.content.decode()
    assert set(page.context["form"].errors) == {"pay_max", "criteria_reason"}
    told |= {"pay_max": "5.500.000,00", "sex": "", "submit": "1"}
    assert client.post(place, told).status_code == 302
    row = Vacancy.objects.get(employer=employer)
    assert (row.state, row.pay_min, row.pay_max, row.district_id) == (
        "review", 5_000_000, 5_500_000, district.pk,
    )  # fmt: skip
    for what in ("recall", "discard"):
        assert client.post(f"/jobs/vacancies/{row.uuid}/do/{what}/").status_code == 302
    assert not Vacancy.objects.filter(pk=row.pk).exists()


def test_employers_buttons_do_what_they_say(opened, recruiter, at) -> None:
    row, client = opened(), at(recruiter)
    for what, state in (
        ("pause", "paused"), ("resume", "open"), ("close", "expired"), ("reopen", "open"),
        ("fill", "filled"), ("reopen", "open"), ("revise", "draft"),
    ):  # fmt: skip
        asked = client.get(f"/jobs/vacancies/{row.uuid}/do/{what}/")
        assert asked.status_code == (200 if what in ("close", "fill", "revise") else 302)
        assert client.post(f"/jobs/vacancies/{row.uuid}/do/{what}/").status_code == 302
        row.refresh_from_db()
        assert row.state == state
        assert client.get(f"/jobs/vacancies/{row.uuid}/").status_code == 200
    refused = client.post(f"/jobs/vacancies/{row.uuid}/do/pause/")  # it is a draft now
    assert refused["Location"] == f"/jobs/vacancies/{row.uuid}/"
    live = opened()
    later = timezone.localdate() + timedelta(days=60)
    client.post(f"/jobs/vacancies/{live.uuid}/extend/", {"valid_until": later.isoformat()})
    too_late = timezone.localdate() + timedelta(days=400)
    client.post(f"/jobs/vacancies/{live.uuid}/extend/", {"valid_until": too_late.isoformat()})
    live.refresh_from_db()
    assert live.valid_until == later
