"""``balai region`` and ``balai module``."""

import json

import pytest
from typer.testing import CliRunner

from balai.modules import registry
from tenants import selectors
from tenants.cli import app

pytestmark = pytest.mark.django_db


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == code, result.output
    return result.output


def test_regions_are_listed_and_shown(region, other_region) -> None:
    listed = json.loads(run("region", "list", "--json"))
    assert [item["slug"] for item in listed] == [other_region.slug, region.slug]
    assert region.code in run("region", "list")
    shown = json.loads(run("region", "show", region.slug, "--json"))
    assert (shown["code"], shown["url"]) == (region.code, region.base_url)
    assert region.schema in run("region", "show", region.slug)
    assert "no region" in run("region", "show", "atlantis", code=1)


def test_modules_are_switched(region, monkeypatch) -> None:
    names = {
        item["slug"]: item["on"]
        for item in json.loads(run("module", "list", region.slug, "--json"))
    }
    assert set(names) == {module.slug for module in registry.installed()}
    assert "is off" in run("module", "off", region.slug, "specimen")
    assert "already" in run("module", "off", region.slug, "specimen")
    assert "specimen" not in selectors.region_by_schema(region.schema).active_modules
    monkeypatch.setattr(registry.get("complaints"), "requires", ("specimen",))
    assert "is on" in run("module", "on", region.slug, "specimen")
    assert "--cascade" in run("module", "off", region.slug, "specimen", code=1)
    run("module", "on", region.slug, "nothing", code=1)
    assert "specimen" in run("module", "list", region.slug)
