"""Discovery, menus and the gate, apart from any one module."""

from pathlib import Path

import pytest
from django.test import RequestFactory

from balai.modules import discovery, events, registry, widgets
from balai.modules.gate import split


def test_discovery_finds_folders_with_a_manifest(tmp_path: Path, monkeypatch) -> None:
    package = tmp_path / "tamu"
    for name, manifest in (("taman", True), ("rapat", True), ("catatan", False)):
        (package / name).mkdir(parents=True)
        (package / name / "__init__.py").touch()
        if manifest:
            (package / name / "apps.py").touch()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert discovery.discover("tamu") == ["tamu.rapat", "tamu.taman"]
    assert discovery.discover("tidak_ada") == []


def test_outside_a_region_no_module_is_on() -> None:
    assert registry.active() == []
    assert registry.is_off("specimen")
    assert not registry.is_off("accounts"), "only modules can be off"
    assert list(widgets.active("wall")) == []
    heard = events.receivers_of("specimen.note_written")
    assert {registry.owner_of(function) for function in heard} == {""}, "only the kernel's own"


def test_owner_is_found_by_where_code_lives() -> None:
    from tests.dummy.specimen.tasks import count_notes

    assert registry.owner_of(count_notes.run) == "specimen"
    assert registry.owner_of(discovery.discover) == ""


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("specimen", ("specimen", "")),
        ("specimen_desk", ("specimen", "_desk")),
        ("specimen_console", ("specimen", "_console")),
        ("specimen_root", ("specimen", "_root")),
    ],
)
def test_namespace_tells_module_and_area(name: str, parts: tuple[str, str]) -> None:
    assert split(name) == parts


def test_menu_hides_what_the_visitor_may_not(in_region, make_user) -> None:
    request = RequestFactory().get("/")
    request.user = make_user()
    assert "specimen_desk:list" not in {item.url_name for item in registry.desk_nav(request)}
    request.user = make_user("officer")
    assert "specimen_desk:list" in {item.url_name for item in registry.desk_nav(request)}


def test_admin_orders_and_names_modules(region) -> None:
    from dataclasses import replace

    from balai.context import region_context

    slugs = [module.slug for module in registry.installed()]
    backwards = tuple(reversed(slugs))
    fresh = replace(region, module_order=backwards, module_labels={"specimen": "Papan"})
    with region_context(fresh):
        assert [module.slug for module in registry.active()] == list(backwards)
        assert registry.label(registry.get("specimen")) == "Papan"
