import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client, RequestFactory, override_settings
from django.utils.module_loading import import_string

from balai.health import views
from balai.health.probes import (
    Probe,
    Status,
    ask_all,
    migrations as migrations_probe,
    outbox as outbox_probe,
    probe,
    worst,
)

CLOSED = "redis://127.0.0.1:1/0"
ANSWER = """
import django, sys
django.setup()
from django.test import Client
answer = Client().get(sys.argv[1])
print(answer.status_code, answer.content.decode())
"""


@pytest.fixture(autouse=True)
def nothing_remembered():
    outbox_probe.forget()
    migrations_probe.forget()
    yield
    outbox_probe.forget()
    migrations_probe.forget()


def in_a_process(path: str, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ANSWER, path],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "balai.settings.development",
            "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    status, _, body = done.stdout.partition(" ")
    return int(status), body


@pytest.mark.parametrize("host", ["10.1.2.3", "unknown.example", "TANGERANG.localhost:8000", ""])
def test_healthz_answers_any_host_without_a_database(host: str) -> None:
    # No database fixture: a query would be refused by pytest-django.
    answer = Client().get("/healthz", headers={"Host": host})
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Cache-Control"] == "no-store"


def test_only_reading() -> None:
    assert Client().post("/healthz").status_code == 405


def test_ready(db: None) -> None:
    answer = Client().get("/readyz", headers={"Host": "10.1.2.3"})
    assert answer.status_code == 200
    said = answer.json()
    names = {"database", "cache", "broker", "outbox", "migrations", "event_hub"}
    assert set(said["checks"]) >= names
    assert {name: said["checks"][name]["status"] for name in names} == dict.fromkeys(names, "ok")
    assert said["status"] == "ok"


def test_details_are_not_for_strangers(db: None) -> None:
    stranger = Client().get("/readyz", headers={"X-Forwarded-For": "203.0.113.9"}).json()
    assert stranger["checks"]["database"] == {"status": "ok"}
    assert "version" in Client().get("/readyz").json()["checks"]["database"]


def test_without_cache_and_broker_reports_are_still_taken(db: None) -> None:
    with override_settings(REDIS_URL=CLOSED, CELERY_BROKER_URL=CLOSED):
        answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["checks"]["cache"]["status"] == "degraded"
    assert answer.json()["checks"]["broker"]["status"] == "degraded"
    assert answer.json()["checks"]["database"]["status"] == "ok"


def test_without_a_database_nothing_is_sent_here() -> None:
    status, body = in_a_process("/readyz", DATABASE_URL="postgres://balai:x@127.0.0.1:1/balai")
    assert status == 503
    assert json.loads(body)["status"] == "down"
    assert json.loads(body)["checks"]["database"]["error"] == "OperationalError"


def test_lossy_commits_are_down(db: None) -> None:
    from django.db import connection

    from balai.context import platform

    with platform(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"]["synchronous_commit"] == "off"


def test_a_migration_that_is_missing_in_one_region(region, other_region) -> None:
    from django.db import connection

    from balai.context import platform

    with import_string(settings.MIGRATING_CONTEXT)(other_region), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'outbox'")
    assert migrations_probe.regions_behind() == [other_region.slug]
    said = Client().get("/readyz")
    assert said.status_code == 200
    assert said.json()["checks"]["migrations"]["regions_behind"] == 1
    with platform(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'tenants'")
    said = Client().get("/readyz")
    assert said.status_code == 503
    assert said.json()["checks"]["migrations"]["shared_pending"] == 1


def test_an_event_that_waits(in_region) -> None:
    from django.db import connection

    from balai.outbox.models import Event

    assert outbox_probe.age() == 0
    Event.objects.create(topic="specimen.happened")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_event SET next_attempt_at = clock_timestamp() - interval '2 minutes'"
        )
    outbox_probe.forget()
    assert 119 < outbox_probe.age() < 130
    assert outbox_probe.outbox().status is Status.DEGRADED
    Event.objects.update(next_attempt_at=None)
    outbox_probe.forget()
    late = outbox_probe.outbox()
    assert late.status is Status.DEGRADED
    assert late.detail == {"oldest_seconds": 0.0, "dead_letters": 1}


def broken_check() -> Probe:
    raise ValueError("postgres://balai:secret@db")


def test_a_check_of_a_layer_above_that_fails_hides_nothing(monkeypatch) -> None:
    monkeypatch.setattr(probe, "KERNEL", ())
    with override_settings(READY_CHECKS=[f"{__name__}.broken_check"]):
        found = ask_all()
    assert found["broken_check"].status is Status.DEGRADED
    assert found["broken_check"].detail["error"] == "ValueError"
    assert "secret" not in str(found)


def test_the_worst_decides() -> None:
    assert worst([]) is Status.OK
    assert worst([Probe(Status.OK), Probe(Status.DOWN), Probe(Status.DEGRADED)]) is Status.DOWN


@pytest.mark.parametrize(
    ("headers", "address", "allowed"),
    [
        ({}, "127.0.0.1", True),
        ({}, "::1", True),
        ({}, "203.0.113.9", False),
        ({}, "", False),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", False),
        ({"Forwarded": "for=127.0.0.1"}, "127.0.0.1", False),
        ({"Authorization": "Bearer right"}, "203.0.113.9", True),
        ({"Authorization": "Bearer wrong"}, "203.0.113.9", False),
        ({"Authorization": "Bearer "}, "203.0.113.9", False),
    ],
)
def test_who_may_read_the_metrics(db, headers, address, allowed) -> None:
    request = RequestFactory().get("/metrics", headers=headers, REMOTE_ADDR=address)
    with override_settings(METRICS_TOKEN="right"):
        assert views.may_see_details(request) is allowed
        assert views.metrics_page(request).status_code == (200 if allowed else 403)
    with override_settings(METRICS_TOKEN=""):
        assert not views.may_see_details(
            RequestFactory().get("/", headers={"Authorization": "Bearer "}, REMOTE_ADDR="1.2.3.4")
        )
