import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core import checks
from django.test import override_settings

from balai.health import listening, settings_rules, startup
from balai.health.checks import check_settings
from tests.support import pgbouncer

START = "import django; django.setup(); from balai.health.startup import require_sound as r; r()"
LONG = "kLq7x9Zr2Vb5Nm8Wc4Td6Yf1Gh3Jp0Qs" * 2
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "balai.settings.production",
    "BALAI_SECRET_KEY": LONG,
    "BALAI_APEX_HOST": "balai.example",
}


def database_url() -> str:
    known = settings.DATABASES["default"]
    return (
        f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/postgres"
    )


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "balai.settings.development",
            "DATABASE_URL": database_url(),
            "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_sound_installation_starts(db: None) -> None:
    assert startup.require_sound() is None


def test_it_refuses_lossy_commits_with_a_message_and_no_traceback() -> None:
    done = start(DATABASE_URL=f"{database_url()}?options=-c%20synchronous_commit%3Doff")
    assert done.returncode == 1
    assert "synchronous_commit is off" in done.stderr
    assert "ALTER SYSTEM SET synchronous_commit = 'on'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(pgbouncer.PROGRAM is None, reason="pgbouncer is not installed")
def test_it_refuses_listen_through_a_transaction_pooler(db: None) -> None:
    with pgbouncer.transaction_pooler(database_url()) as pooled:
        with override_settings(LISTEN_DATABASE_URL=pooled), pytest.raises(SystemExit) as refused:
            startup.require_sound()
        assert "transaction pooler" in str(refused.value)
        assert "BALAI_LISTEN_DATABASE_URL" in str(refused.value)
        with override_settings(LISTEN_DATABASE_URL=database_url()):
            startup.require_sound()


def test_listen_is_heard_without_a_pooler() -> None:
    with override_settings(LISTEN_DATABASE_URL=database_url()):
        assert listening.hears()


def test_a_database_that_is_away_is_waited_for() -> None:
    done = start(DATABASE_URL="postgres://balai:x@127.0.0.1:1/balai")
    assert done.returncode == 0
    assert "database_unreachable_at_start" in done.stderr


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"DEBUG": True}, "DEBUG is on in production"),
        ({"DEMO": True}, "Demo mode is on in production"),
        ({"SECRET_KEY": "short"}, "secret key is shorter"),
        ({"SECRET_KEY": "a" * 60}, "known example"),
        ({"SECRET_KEY": f"django-insecure-{LONG}"}, "known example"),
    ],
)
def test_production_refuses(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, object], problem: str
) -> None:
    monkeypatch.setattr(settings_rules, "is_production", lambda: True)
    monkeypatch.setenv("BALAI_APEX_HOST", "balai.example")
    with override_settings(**{"DEBUG": False, "DEMO": False, "SECRET_KEY": LONG, **changed}):
        (refusal,) = [refusal for _, refusal in settings_rules.broken_rules()]
    assert problem in refusal.problem
    assert refusal.remedy


def test_production_refuses_with_every_reason_at_once() -> None:
    done = start(**{**PRODUCTION, "BALAI_DEBUG": "1", "BALAI_DEMO": "1", "BALAI_APEX_HOST": ""})
    assert done.returncode == 1
    for problem in ("DEBUG is on", "Demo mode is on", "Not set: BALAI_APEX_HOST."):
        assert problem in done.stderr
    assert "Traceback" not in done.stderr


def test_production_without_a_secret_says_which() -> None:
    done = start(DJANGO_SETTINGS_MODULE="balai.settings.production")
    assert done.returncode == 1
    assert "BALAI_SECRET_KEY" in done.stderr


def test_production_as_it_should_be_breaks_no_rule() -> None:
    # fsync is off in the test's own PostgreSQL, and that alone may be said.
    done = start(**PRODUCTION)
    assert re.findall(r"^  - (.*)$", done.stderr, re.M) in ([], ["PostgreSQL's fsync is off."])


def test_the_rules_are_also_system_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_settings() == []
    monkeypatch.setattr(settings_rules, "is_production", lambda: True)
    with override_settings(DEBUG=True, SECRET_KEY=LONG):
        found = {error.id: error for error in check_settings()}
    assert isinstance(found["balai.E001"], checks.Error)
    assert found["balai.E001"].hint == "Unset BALAI_DEBUG."


def test_every_other_settings_module_counts_as_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with override_settings(TESTING=False):
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "our.own.settings")
        assert settings_rules.is_production()
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "balai.settings.test")
        assert not settings_rules.is_production()
