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


def test_a_sound_installation_starts() -> None:
    done = start()
    assert (done.returncode, done.stderr) == (0, "")


def test_it_refuses_lossy_commits_with_a_message_and_no_traceback() -> None:
    done = start(DATABASE_URL=f"{database_url()}?options=-c%20synchronous_commit%3Doff")
    assert done.returncode == 1
    assert "synchronous_commit is off" in done.stderr
    assert "ALTER SYSTEM SET synchronous_commit = 'on'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(pgbouncer.PROGRAM is None, reason="pgbouncer is not installed")
def test_it_refuses_listen_through_a_transaction_pooler() -> None:
    with pgbouncer.transaction_pooler(database_url()) as pooled:
        refused = start(DATABASE_URL=pooled)
        assert refused.returncode == 1
        assert "transaction pooler" in refused.stderr
        assert "BALAI_LISTEN_DATABASE_URL" in refused.stderr
        direct = start(DATABASE_URL=pooled, BALAI_LISTEN_DATABASE_URL=database_url())
        assert (direct.returncode, direct.stderr) == (0, "")


def test_listen_is_heard_without_a_pooler() -> None:
    with override_settings(LISTEN_DATABASE_URL=database_url()):
        assert listening.hears()


def test_a_database_that_is_away_is_waited_for() -> None:
    done = start(DATABASE_URL="postgres://balai:x@127.0.0.1:1/balai")
    assert done.returncode == 0
    assert "database_unreachable_at_start" in done.stderr


@pytest.mark.parametrize(
    ("environment", "problem"),
    [
        ({"BALAI_DEBUG": "1"}, "DEBUG is on in production"),
        ({"BALAI_DEMO": "1"}, "Demo mode is on in production"),
        ({"BALAI_SECRET_KEY": "short"}, "secret key is shorter"),
        ({"BALAI_APEX_HOST": ""}, r"Not set: BALAI_APEX_HOST"),
    ],
)
def test_production_refuses(environment: dict[str, str], problem: str) -> None:
    done = start(**{**PRODUCTION, **environment})
    assert done.returncode == 1
    assert re.search(problem, done.stderr)
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
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "our.own.settings")
    assert settings_rules.is_production()
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "balai.settings.test")
    assert not settings_rules.is_production()


def test_a_refusal_ends_a_process_like_any_other_exit() -> None:
    assert issubclass(startup.StartupRefused, SystemExit)
