"""The wizard without JavaScript: every answer is kept, every refusal is told, a site stands."""

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from balai.celery import app as celery
from balai.context import platform, region_context
from provisioning.billing import accounts
from provisioning.domains import services as domains
from provisioning.models import (
    BillingAccount,
    Claim,
    Invoice,
    Opening,
    OpeningState,
    Plan,
    Step,
    StepState,
)
from provisioning.opening import engine, steps
from provisioning.signup import codes, services
from tenants import directory, hosts

pytestmark = pytest.mark.django_db
ME = {"email": "Kominfo@banyumaskab.go.id", "applicant": "Siti", "position": "Kepala Bidang"}


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    caches["global"].clear()


@pytest.fixture
def browser(db: None) -> Client:
    return Client(HTTP_HOST=str(hosts.apex()))


@pytest.fixture
def eager() -> Iterator[None]:
    """Run jobs where they are sent: the worker's own behaviour is tested with real workers."""
    celery.conf.task_always_eager = True
    yield
    celery.conf.task_always_eager = False


def _opening() -> Opening:
    with platform():
        return Opening.objects.latest("requested_at")


def _code() -> str:
    return re.search(r"\b\d{6}\b", mail.outbox[-1].subject).group()


def _proved(browser: Client, **changes: str) -> None:
    assert browser.post("/open/", ME | changes).status_code == 302
    answer = browser.post("/open/code/", {"code": _code()})
    assert answer["Location"] == "/open/region/"


def _filled(browser: Client, **changes: str) -> None:
    _proved(browser, **changes)
    browser.post("/open/region/", {"code": "33.02"})
    browser.post("/open/address/", {"slug": "banyumas"})
    browser.post("/open/preset/", {"preset": "kabupaten", "name": "Kabupaten Banyumas"})


def test_an_official_opens_a_region_and_lands_in_its_console(
    browser: Client, eager: None, django_capture_on_commit_callbacks
) -> None:
    _filled(browser)
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/open/plan/", {"agree": "on"})
    assert answer["Location"] == "/open/steps/"
    page = browser.get("/open/steps/")
    assert "27 kecamatan" in page.content.decode()
    assert f"form-action 'self' http://banyumas.{hosts.apex()}" in page["Content-Security-Policy"]
    assert _opening().state == OpeningState.DONE
    assert mail.outbox[-1].to == ["kominfo@banyumaskab.go.id"]

    link = browser.post("/open/enter/")["Location"]
    city = Client(HTTP_HOST=link.split("/")[2])
    path = "/" + link.split("/", 3)[3]
    city.get(path)
    answer = city.post(path)
    assert answer["Location"] == "/console/"
    assert city.get("/console/").status_code == 200


def test_a_plan_chosen_in_the_wizard_is_the_regions_plan(
    browser: Client, eager: None, django_capture_on_commit_callbacks
) -> None:
    _filled(browser)
    plus = {"agree": "on", "plan": "plus-l"}
    for wrong in ({}, {"population": "90000"}, {"population": "-1"}):
        assert browser.post("/open/plan/", plus | wrong).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/open/plan/", plus | {"population": "1850000"})
    assert answer["Location"] == "/open/steps/"
    opening = _opening()
    assert opening.state == OpeningState.DONE
    region = directory.by_schema("r_banyumas")
    account = accounts.of(region)
    assert (account.plan.slug, account.population) == ("plus-l", 1_850_000)
    with platform():
        assert Invoice.objects.get(region_id=region.id).net == account.plan.price
        BillingAccount.objects.all().delete()
        Invoice.objects.all().delete()
        Plan.objects.filter(slug="plus-l").update(offered=False)
        assert "refused" in steps.run("plan", opening), "the site is open all the same"
        assert not Invoice.objects.exists()
    assert accounts.of(region).plan.slug == "sandbox"
    with region_context(region):
        assert domains.add(typed="layanan.banyumaskab.go.id", by="Siti").pk, "to be tried out"


def test_answers_are_kept_when_one_is_wrong(browser: Client) -> None:
    answer = browser.post(
        "/open/", {"email": "a@gmail.com", "applicant": "Budi", "position": "Staf"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Budi"' in page and 'value="a@gmail.com"' in page and "go.id" in page
    assert mail.outbox == []


def test_pages_cannot_be_skipped(browser: Client) -> None:
    for page in ("code", "region", "address", "preset", "plan", "steps"):
        assert browser.get(f"/open/{page}/")["Location"] == "/open/"
    browser.post("/open/", ME)
    for page in ("region", "address", "preset", "plan", "steps"):
        assert browser.get(f"/open/{page}/")["Location"] == "/open/code/"


def test_code_is_worth_five_tries_ten_minutes_and_one_use(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post("/open/", ME)
    right = _code()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(codes.TRIES):
        assert browser.post("/open/code/", {"code": wrong}).status_code == 422
    assert browser.post("/open/code/", {"code": right}).status_code == 422

    with platform():
        opening = _opening()
        opening.code_sent_at -= codes.PAUSE
        opening.save()
    browser.post("/open/code/again/")
    with platform():
        opening = _opening()
        opening.code_sent_at = timezone.now() - codes.LIFETIME - codes.PAUSE
        opening.save()
    assert browser.post("/open/code/", {"code": _code()}).status_code == 422
    browser.post("/open/code/again/")
    latest = _code()
    assert browser.post("/open/code/", {"code": latest}).status_code == 302
    with platform(), pytest.raises(Exception, match="."):
        codes.check_code(_opening(), latest)
    assert latest not in str(_opening().__dict__)


def test_codes_are_limited_by_address(browser: Client) -> None:
    statuses = []
    for _ in range(codes.PER_EMAIL + 1):
        with platform():
            Opening.objects.update(code_sent_at=None)
        statuses.append(Client(HTTP_HOST=str(hosts.apex())).post("/open/", ME).status_code)
    assert statuses == [302] * codes.PER_EMAIL + [422]
    assert len(mail.outbox) == codes.PER_EMAIL


def test_open_region_is_refused_and_leads_to_the_objection(browser: Client, region) -> None:
    _proved(browser)
    page = browser.get("/open/region/", {"q": "tangerang"}).content.decode()
    assert "/claim/36.71/" in page and 'value="36.71"' not in page and 'value="36.03"' in page
    assert browser.post("/open/region/", {"code": "36.71"}).status_code == 422
    assert browser.post("/open/region/", {"code": "99.99"}).status_code == 422
    assert browser.post("/open/region/", {}).status_code == 422


def test_objection_is_kept_and_both_sides_are_told(
    browser: Client, region, settings, django_capture_on_commit_callbacks
) -> None:
    settings.OPERATOR_EMAILS = ["operator@balai.test"]
    data = {"applicant": "Ani", "position": "Sekda", "email": "ani@gmail.com", "statement": "Kami."}
    assert browser.post("/claim/36.71/", data).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/claim/36.71/", data | {"email": "ani@tangerangkota.go.id"})
    assert answer.status_code == 302
    with platform():
        claim = Claim.objects.get()
    assert claim.code == "36.71"
    assert [message.to for message in mail.outbox] == [
        ["operator@balai.test"], ["ani@tangerangkota.go.id"],
    ]  # fmt: skip
    assert browser.get("/claim/33.02/").status_code == 404


def test_unofficial_address_waits_for_an_operator(
    browser: Client, eager: None, settings, django_capture_on_commit_callbacks
) -> None:
    settings.OPERATOR_EMAILS = ["operator@balai.test"]
    _filled(browser, email="siti@gmail.com", reason="Surel dinas rusak, telepon 0281-000")
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/open/plan/", {"agree": "on"})
    assert _opening().state == OpeningState.REVIEW
    assert mail.outbox[-1].to == ["operator@balai.test"]
    assert browser.post("/open/enter/")["Location"] == "/open/steps/"
    with platform(), django_capture_on_commit_callbacks(execute=True):
        services.approve(_opening())
        engine.advance(_opening())
    assert _opening().state == OpeningState.DONE
    assert {"siti@gmail.com"} == {message.to[0] for message in mail.outbox[-2:]}


def test_order_survives_closing_the_browser(browser: Client) -> None:
    _filled(browser)
    answer = browser.post("/open/later/")
    assert "kominfo@banyumaskab.go.id" in answer.content.decode()
    assert browser.get("/open/plan/")["Location"] == "/open/"
    path = re.search(r"/open/resume/\S+", mail.outbox[-1].body).group()
    other = Client(HTTP_HOST=str(hosts.apex()))
    assert other.get(path)["Location"] == "/open/plan/"
    assert "Kabupaten Banyumas" in other.get("/open/plan/").content.decode()
    assert other.get(path[:-3] + "abc/").status_code == 410


def test_a_stranger_cannot_change_an_order_by_knowing_its_address(browser: Client) -> None:
    _filled(browser)
    with platform():
        Opening.objects.update(code_sent_at=None)
    stranger = Client(HTTP_HOST=str(hosts.apex()))
    stranger.post("/open/", ME | {"applicant": "Orang lain"})
    assert stranger.get("/open/plan/")["Location"] == "/open/code/"
    with platform():
        assert _opening().applicant == "Siti"


def test_i09_resume_link_is_worth_nothing_on_a_region(browser: Client, region) -> None:
    _filled(browser)
    browser.post("/open/later/")
    path = re.search(r"/open/resume/\S+", mail.outbox[-1].body).group()
    assert Client(HTTP_HOST=region.host).get(path).status_code == 404


def test_failed_step_is_told_and_retried(
    browser: Client,
    eager: None,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks,
) -> None:
    from provisioning.opening import content, steps

    def broken(opening: Opening) -> dict:
        raise RuntimeError("the list cannot be read")

    _filled(browser)
    monkeypatch.setitem(steps.REGION_STEPS, "holidays", broken)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/open/plan/", {"agree": "on"})
    page = browser.get("/open/steps/").content.decode()
    assert "the list cannot be read" in page and "/open/retry/" not in page
    assert _opening().state == OpeningState.FAILED
    monkeypatch.setitem(steps.REGION_STEPS, "holidays", content.load_holidays)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/open/steps/retry/")
    assert _opening().state == OpeningState.DONE
    with platform():
        assert set(Step.objects.values_list("state", flat=True)) == {StepState.DONE}


def test_address_check_answers_as_one_types(browser: Client, region) -> None:
    _proved(browser)
    browser.post("/open/region/", {"code": "33.02"})

    def says(slug: str) -> str:
        page = browser.get("/open/address/check/", {"slug": slug})
        return re.search(r"chip--(\w+)", page.content.decode()).group(1)

    assert says("banyumas") == says("banyumas-satria") == "green"
    for bad in ("tangerang", "tan9erang", "admin", "adm1n", "ab", "1abc", "a--b", "purbalingga"):
        assert says(bad) == "red", bad


def test_broker_away_leaves_the_opening_to_the_sweeper(
    browser: Client, settings, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    from kombu.exceptions import OperationalError

    from provisioning import tasks

    def away(*args: object) -> None:
        raise OperationalError("no broker")

    _filled(browser)
    monkeypatch.setattr(tasks.advance, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post("/open/plan/", {"agree": "on"}).status_code == 302
    from provisioning.opening import services as openings

    with platform():
        Opening.objects.update(requested_at=timezone.now() - openings.STALLED_AFTER)
        assert list(openings.stalled()) == [Opening.objects.get(slug="banyumas")]


def test_new_region_is_found_by_its_host_at_once(
    browser: Client, eager: None, django_capture_on_commit_callbacks
) -> None:
    host = f"banyumas.{hosts.apex()}"
    assert Client(HTTP_HOST=host).get("/").status_code == 404
    _filled(browser)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/open/plan/", {"agree": "on"})
    directory.invalidate()  # what NOTIFY does in the other processes
    assert Client(HTTP_HOST=host).get("/").status_code == 200
    with region_context(directory.by_schema("r_banyumas")):
        from balai.accounts.models import User

        assert User.objects.get().email == "kominfo@banyumaskab.go.id"
