"""The deployment files say what is true: commands, variables and paths that exist."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from balai.health.views import PAGES
from balai.supervise.fleet import PARTS

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "platform" / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
PRODUCTION = ROOT / "docs" / "how-to" / "production.md"
# Read by uvicorn, by Django itself, or by the proxy's own file.
FOREIGN = {"FORWARDED_ALLOW_IPS", "DJANGO_SETTINGS_MODULE", "BALAI_APEX", "BALAI_UPSTREAM"}
NAME = r"\b(?:BALAI_[A-Z_]+|DATABASE_URL|REDIS_URL|CELERY_BROKER_URL|EMAIL_[A-Z_]+|S3_[A-Z_]+)\b"


def known_variables() -> set[str]:
    """Return the variables that some code of ours reads."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "platform" / "balai").rglob("*.py")
        if "tests" not in path.parts
    )
    return set(re.findall(rf'"({NAME})"', source))


@pytest.mark.parametrize("path", [*FILES, PRODUCTION], ids=lambda path: path.name)
def test_every_variable_is_read_by_something(path: Path) -> None:
    named = {name.removesuffix("_FILE") for name in re.findall(NAME, path.read_text())}
    assert named - known_variables() - FOREIGN == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_part_that_is_served_exists(path: Path) -> None:
    text = re.sub(r"[\"',\[\]]", " ", path.read_text())
    parts = re.findall(r"\bserve +([a-z]+)", text)
    assert set(parts) <= {*PARTS, "of", "part"}


def test_compose_runs_every_part_without_rights() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    ours = {
        name: spec for name, spec in compose["services"].items() if spec.get("image") == "balai"
    }
    assert {spec["command"][1] for spec in ours.values() if spec["command"][0] == "serve"} == set(
        PARTS
    )
    for spec in ours.values():
        assert spec["read_only"]
        assert spec["cap_drop"] == ["ALL"]
    assert "ports" not in compose["services"]["web"]
    assert "ports" not in compose["services"]["postgres"]


def test_the_image_runs_as_nobody_in_particular() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    assert "USER 10001" in lines
    assert lines.index("USER 10001") < lines.index('ENTRYPOINT ["balai"]')


def test_probes_ask_pages_that_exist() -> None:
    chart = (DEPLOY / "helm" / "balai" / "templates" / "web.yaml").read_text()
    asked = set(re.findall(r"httpGet: \{ path: (\S+),", chart))
    assert asked == {"/healthz", "/readyz"}
    assert asked <= PAGES.keys()


def test_the_proxies_hide_what_machines_ask() -> None:
    for name in ("Caddyfile", "nginx.conf"):
        text = (DEPLOY / name).read_text()
        assert "/metrics" in text
        assert "/readyz" in text
        assert "/internal/" in text


def test_the_shell_script_is_one() -> None:
    script = DEPLOY / "postgres" / "init.sh"
    assert script.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", script], check=True)
