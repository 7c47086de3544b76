"""Settings from the environment say what is wrong with them."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from balai import env


def test_database_url_is_taken_apart() -> None:
    url = "postgres://balai:s%40ndi@db.local:6432/balai?sslmode=require"
    assert env.database(url) == {
        "NAME": "balai",
        "USER": "balai",
        "PASSWORD": "s@ndi",
        "HOST": "db.local",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        env.database("mysql://x/y")


def test_missing_and_malformed_values_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BALAI_NO_SUCH", raising=False)
    with pytest.raises(ImproperlyConfigured, match="BALAI_NO_SUCH"):
        env.text("BALAI_NO_SUCH")
    monkeypatch.setenv("BALAI_NO_SUCH", "many")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        env.number("BALAI_NO_SUCH", 1)


def test_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("rahasia\n")
    monkeypatch.setenv("BALAI_KEY_FILE", str(path))
    assert env.secret("BALAI_KEY") == "rahasia"


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("Yes", True), ("off", False)])
def test_flags(value: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALAI_FLAG", value)
    assert env.flag("BALAI_FLAG") is meant
