"""Every page under /operations/ for every rank; the door itself; what the buttons do."""

import pytest
import time_machine
from django.core import mail
from django.template.backends.django import Template
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from balai.audit.models import Entry as AuditEntry
from balai.context import platform, region_context
from balai.outbox import publish
from balai.outbox.models import Event
from provisioning.models import (
    Claim,
    FailedTask,
    GoLiveRequest,
    Maintenance,
    Opening,
    OpeningState,
    Post,
    RegionHealth,
    TaskState,
)
from provisioning.operators import failures, health, listing, maintenance
from provisioning.operators.ranks import SUPERUSER
from tenants.models import Region

pytestmark = pytest.mark.django_db

RANKS = ("", "province", "support", "operator", SUPERUSER)
# What each route asks for: of whom a POST is obeyed, or (None) whoever may look.
LOOK, ACT, RULE, SEE = (
    frozenset({"support", "operator", SUPERUSER}),
    frozenset({"operator", SUPERUSER}),
    frozenset({SUPERUSER}),
    frozenset({"province", SUPERUSER}),
)
GET = {
    "index": LOOK, "region": LOOK, "move": ACT, "outbox": LOOK, "webhooks": LOOK,
    "openings": LOOK, "reviews": LOOK, "review": LOOK, "claims": LOOK, "claim": LOOK,
    "golive": LOOK, "golive-request": LOOK, "jobs": LOOK, "releases": LOOK, "maintenance": LOOK,
    "staff": RULE, "person": RULE, "ask-visit": LOOK, "visits": LOOK,
    "province": SEE, "province-csv": SEE,
}  # fmt: skip
POST = {
    "measure": ACT, "retry-opening": ACT, "retry-job": ACT, "dismiss-job": ACT,
    "reopen-job": ACT, "withdraw": ACT, "switch-person": RULE, "review": ACT, "claim": ACT,
    "golive-request": ACT, "maintenance": ACT, "move": ACT, "resend": ACT, "redeliver": ACT,
}  # fmt: skip
ELSEWHERE = {"letter", "visit", "withdraw-visit", "go-in", "end-visit"}  # test_visits, below


@pytest.fixture
def things(region, worker) -> dict[str, dict[str, object]]:
    """One object for every route with arguments."""
    someone = worker("support", name="other").person
    with platform():
        row = Region.objects.get(pk=region.id)
        opening = Opening.objects.create(
            email="siti@gmail.com", code="33.02", slug="banyumas", preset="kabupaten",
            name="Kabupaten Banyumas", state=OpeningState.REVIEW, verified_at=timezone.now(),
        )  # fmt: skip
        claim = Claim.objects.create(
            code="36.71", applicant="Sekda", position="Setda", email="a@b.test", statement="Salah"
        )
        asked = GoLiveRequest.objects.create(region=row, by="Admin", missing=["legal", "lost"])
        job = FailedTask.objects.create(
            region=row, name="balai.tasks.heartbeat", digest="d", problem="ValueError",
            args={"args": [], "kwargs": {}}, first_at=timezone.now(), last_at=timezone.now(),
        )  # fmt: skip
        notice = Maintenance.objects.create(
            text_id="Pemeliharaan", text_en="Work", by="x",
            begins_at=timezone.now(), ends_at=timezone.now() + timezone.timedelta(hours=1),
        )  # fmt: skip
    with region_context(region):
        event = publish("test.stuck")
    at = {"pk": region.id}
    return {
        "region": at, "move": at, "outbox": at, "webhooks": at, "measure": at, "ask-visit": at,
        "resend": at | {"event": event.pk}, "redeliver": at | {"delivery": 1},
        "review": {"uuid": opening.uuid}, "retry-opening": {"uuid": opening.uuid},
        "claim": {"uuid": claim.uuid}, "golive-request": {"pk": asked.pk},
        "retry-job": {"pk": job.pk}, "dismiss-job": {"pk": job.pk}, "reopen-job": {"pk": job.pk},
        "withdraw": {"pk": notice.pk}, "person": {"uuid": someone.uuid},
        "switch-person": {"uuid": someone.uuid},
    }  # fmt: skip


def _url(name: str, things: dict[str, dict[str, object]]) -> str:
    return reverse(f"operations:{name}", urlconf="balai.urls_public", kwargs=things.get(name))


def _undrawn(self, context=None, request=None) -> str:
    return ""


def test_every_route_is_in_the_table() -> None:
    names = get_resolver("balai.urls_public").namespace_dict["operations"][1].reverse_dict
    known = {name for name in names if isinstance(name, str)}
    assert known == set(GET) | set(POST) | ELSEWHERE


def test_each_page_for_each_rank(things, worker, monkeypatch) -> None:
    """Pages are drawn for the superuser only, who sees all there is; views run for everybody."""
    drawn = Template.render
    with platform():
        mistakes = []
        for rank in RANKS:
            client = worker(rank, "36" if rank == "province" else "")
            monkeypatch.setattr(Template, "render", drawn if rank == SUPERUSER else _undrawn)
            for name, allowed in GET.items():
                status = client.get(_url(name, things)).status_code
                wanted = 200 if rank in allowed else 403 if rank else 404
                if (rank, name) == ("province", "index"):
                    wanted = 302  # led to its own page
                if status != wanted:
                    mistakes.append((rank, name, status))
            for name, allowed in POST.items():
                if rank not in allowed:
                    status = client.post(_url(name, things)).status_code
                    if status != (403 if rank else 404):
                        mistakes.append((rank, "post", name, status))
        assert mistakes == []
    stranger = Client(HTTP_HOST="localhost:8000")
    for name in (*GET, *POST):
        answer = stranger.post(_url(name, things))
        assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def test_second_factor_comes_before_everything(worker, region) -> None:
    client = worker("operator", factor=False)
    for page in ("/operations/", "/operations/jobs/", f"/operations/regions/{region.id}/"):
        answer = client.get(page)
        assert answer["Location"].startswith("/accounts/second-factor/?next=%2Foperations")
    page = client.get("/accounts/second-factor/?next=/operations/")
    assert page.status_code == 200 and "/accounts/2fa/" in page.content.decode()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    with platform():
        TOTP.activate(client.person, generate_totp_secret())
    assert client.get("/operations/").status_code == 200


def test_sessions_time_out(worker, monkeypatch) -> None:
    monkeypatch.setattr(Template, "render", _undrawn)
    with time_machine.travel("2026-11-26 08:00:00+00:00", tick=False) as clock:
        client = worker("operator")
        assert client.get("/operations/").status_code == 200
        clock.shift(29 * 60)
        assert client.get("/operations/").status_code == 200
        clock.shift(31 * 60)
        assert "/accounts/login/" in client.get("/operations/")["Location"]
        assert "_auth_user_id" not in client.session
        busy = worker("support")
        for _ in range(12 * 60 // 20):
            assert busy.get("/operations/").status_code in {200, 302}
            clock.shift(20 * 60)
        assert "/accounts/login/" in busy.get("/operations/")["Location"]


def test_harm_asks_who_it_is_again_and_is_audited(worker, region) -> None:
    with platform():
        row = Region.objects.get(pk=region.id)
        Region.objects.filter(pk=row.pk).update(state="active")
    page = f"/operations/regions/{region.id}/state/"
    tired = worker("operator", fresh=False)
    answer = tired.post(page, {"to": "past_due", "why": "Tagihan"})
    assert answer["Location"].startswith("/accounts/reauthenticate/?next=%2Foperations")
    assert tired.get(answer["Location"]).status_code == 200
    assert tired.post(answer["Location"], {"password": "wrong"}).status_code == 200
    with platform():
        assert Region.objects.get(pk=region.id).state == "active"
    answer = tired.post(answer["Location"], {"password": "kata-x"})
    assert answer["Location"] == f"/operations/regions/{region.id}/"  # what was typed is done
    with platform():
        assert Region.objects.get(pk=region.id).state == "past_due"
        Region.objects.filter(pk=row.pk).update(state="active")
    awake = worker(SUPERUSER)
    assert awake.post(page, {"to": "closed", "why": "x"}).status_code == 422
    assert awake.post(page, {"to": "past_due", "why": ""}).status_code == 422
    assert awake.post(page, {"to": "past_due", "why": "Tagihan"}).status_code == 302
    with platform():
        assert Region.objects.get(pk=region.id).state == "past_due"
        kept = AuditEntry.objects.filter(action="region.moved", reason="Tagihan")
        assert {row.actor_label for row in kept} == {"Si operator", "Si superuser"}


def test_limits_hold_back_a_flood(worker, region, settings) -> None:
    settings.GLOBAL_RATE_LIMITS = settings.GLOBAL_RATE_LIMITS | {"operations.act": (2, 600)}
    client = worker("operator")
    page = f"/operations/regions/{region.id}/measure/"
    assert [client.post(page).status_code for _ in range(3)] == [302, 302, 429]


def test_queues_are_decided_once_with_a_reason(
    things, worker, django_capture_on_commit_callbacks
) -> None:
    client = worker("operator")
    claim, golive, review = (_url(name, things) for name in ("claim", "golive-request", "review"))
    page = client.get(golive).content.decode()
    assert "lost" in page and "legal" not in page.split("facts")[1].split("Dasar")[0]
    assert client.post(review, {"decision": "yes"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=False) as calls:
        told = {"decision": "yes", "answer": "Sudah ditelepon"}
        assert client.post(review, told).status_code == 302
        assert (
            client.post(claim, {"decision": "no", "answer": "Tidak berwenang"}).status_code == 302
        )
        assert client.post(golive, {"decision": "no", "answer": "PKS belum"}).status_code == 302
    for call in calls:
        if "launch" not in call.__module__:
            call()
    assert [m.body for m in mail.outbox if "Tidak berwenang" in m.body]
    assert client.post(claim, {"decision": "yes", "answer": "x"}).status_code == 422
    with platform():
        actions = dict(AuditEntry.objects.values_list("action", "reason"))
        assert actions["opening.approved"] == "Sudah ditelepon"
        assert actions["claim.refused"] == "Tidak berwenang"
    for queue in ("reviews", "claims", "golive"):
        assert client.get(f"/operations/{queue}/?show=decided").status_code == 200


def test_failed_jobs_are_remembered_redacted_and_sent_again(region, worker, monkeypatch) -> None:
    from celery import current_app

    task = current_app.tasks["provisioning.load_sample"]
    with region_context(region):
        for _ in range(2):
            failures.remember(task, ValueError("siti@contoh.test"), [7], {"key": "a"})
        secret = failures.remember(task, KeyError("x"), ["siti@contoh.test"], {})
    with platform():
        kept = FailedTask.objects.exclude(pk=secret.pk).get()
        assert (kept.times, kept.exact, kept.region_id) == (2, True, region.id)
        assert kept.args == {"args": [7], "kwargs": {"key": "a"}} and "siti" not in kept.problem
        assert secret.args["args"] == ["[hidden]"] and not secret.exact
    sent = []
    monkeypatch.setattr(
        type(task), "apply_async", lambda self, a, k: sent.append((self.name, a, k, _schema()))
    )
    client = worker("operator")
    assert client.post(f"/operations/jobs/{kept.pk}/retry/").status_code == 302
    assert client.post(f"/operations/jobs/{secret.pk}/retry/").status_code == 302
    assert sent == [("provisioning.load_sample", [7], {"key": "a"}, region.schema)]
    client.post(f"/operations/jobs/{secret.pk}/dismiss/")
    states = {kept.pk: TaskState.RETRIED, secret.pk: TaskState.DISMISSED}
    with platform():
        assert dict(FailedTask.objects.values_list("pk", "state")) == states
    client.post(f"/operations/jobs/{secret.pk}/reopen/")
    page = client.get("/operations/jobs/").content.decode()
    assert "[hidden]" in page and "siti" not in page


def _schema() -> str:
    from balai import context

    return context.schema()


def test_health_is_measured_and_dead_letters_are_sent_again(region, worker) -> None:
    with region_context(region):
        event = publish("test.stuck")
        Event.objects.filter(pk=event.pk).update(
            next_attempt_at=None, attempts=12, last_error="ValueError in x:1"
        )
        kept = health.measure()
    assert (kept.problem, kept.dead_letters, kept.accounts > 0) == ("", 1, True)
    assert kept.waiting >= 1 and kept.oldest_at
    client = worker("operator")
    page = client.get(f"/operations/regions/{region.id}/events/").content.decode()
    assert "ValueError in x:1" in page
    answer = client.post(f"/operations/regions/{region.id}/events/{event.pk}/resend/")
    assert answer.status_code == 302
    with region_context(region):
        event.refresh_from_db()
        assert event.attempts == 0 and event.next_attempt_at is not None
        assert AuditEntry.objects.get(action="event.resent").actor_label == "Si operator"
    with platform():
        RegionHealth.objects.filter(pk=region.id).update(measured_at=None)
        assert health.compare() == 2
        row = RegionHealth.objects.get(pk=region.id)
        assert row.where == "current" and row.database_bytes > 1_000_000
        trouble = listing.regions({"trouble": "events", "q": "tang"})
        assert [found.pk for found in trouble] == [region.id]
        assert listing.counts()["trouble"] == 2  # the other one was never measured


def test_list_costs_the_same_for_one_and_three_regions(
    region, other_region, worker, django_assert_num_queries
) -> None:
    client = worker("support")
    with region_context(region):
        health.measure()
    client.get("/operations/")  # the session notes the first visit
    counts = []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for query in ("?q=tangerang", "?province=99", ""):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/operations/{query}").status_code == 200
        counts.append(len(seen))
    with platform():
        row = Region.objects.get(pk=region.id)
        for number in range(3):
            row.pk, row.slug, row.code = None, f"kota-{number}", f"99.0{number}"
            row.schema_name, row.role = f"r_kota_{number}", f"r_kota_{number}_x"
            row._state.adding = True
            row.save()
    with CaptureQueriesContext(connection) as seen:
        page = client.get("/operations/").content.decode()
    assert page.count("/operations/regions/") >= 5
    assert len(set(counts[:1] + counts[2:] + [len(seen)])) == 1, (counts, len(seen))


def test_maintenance_is_told_where_it_concerns(region, other_region, worker, client_for, make_user):
    client = worker("operator")
    now = timezone.localtime()
    told = {
        "region": region.id, "text_id": "Pemeliharaan malam ini", "text_en": "Work tonight",
        "begins_at": f"{now:%Y-%m-%dT%H:%M}",
        "ends_at": f"{now + timezone.timedelta(hours=2):%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    backwards = told | {"ends_at": told["begins_at"]}
    assert client.post("/operations/maintenance/", backwards).status_code == 422
    assert client.post("/operations/maintenance/", told).status_code == 302
    maintenance.refresh()
    admin = client_for(region, make_user("admin", city=region))
    elsewhere = client_for(other_region, make_user("admin", city=other_region))
    assert "Pemeliharaan malam ini" in admin.get("/console/").content.decode()
    assert "Pemeliharaan malam ini" not in elsewhere.get("/console/").content.decode()
    with platform():
        notice = Maintenance.objects.get()
    client.post(f"/operations/maintenance/{notice.pk}/withdraw/")
    maintenance.refresh()
    assert "Pemeliharaan malam ini" not in admin.get("/console/").content.decode()
    client.post(f"/operations/maintenance/{notice.pk}/withdraw/")
    with platform():
        assert Maintenance.objects.get().withdrawn_at is None
        Maintenance.objects.all().delete()
    assert maintenance.refresh() == 0


def test_people_are_added_ranked_and_shut_out(worker, django_capture_on_commit_callbacks) -> None:
    chief = worker(SUPERUSER)
    new = {"name": "Budi", "email": "budi@balai.test", "rank": "province", "province": ""}
    assert chief.post("/operations/staff/", new).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert chief.post("/operations/staff/", new | {"province": "36"}).status_code == 302
    assert "/accounts/link/" in mail.outbox[-1].body
    with platform():
        post = Post.objects.select_related("user").get()
    page = f"/operations/staff/{post.user.uuid}/"
    assert chief.post(page, {"rank": "support", "province": "36"}).status_code == 302
    with platform():
        post.refresh_from_db()
    assert (post.rank, post.province) == ("support", "")
    assert chief.post(f"{page}switch/").status_code == 302
    own = f"/operations/staff/{chief.person.uuid}/"
    assert chief.post(own, {"rank": "support"}).status_code == 422
    chief.post(f"{own}switch/")
    with platform():
        post.user.refresh_from_db()
        chief.person.refresh_from_db()
    assert not post.user.is_active and chief.person.is_active
