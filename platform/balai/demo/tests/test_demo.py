import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from balai.demo import prepare, waiting
from balai.demo.places import Person, Place, load, panel, save
from balai.supervise.web import listen

PLACES = [
    Place("Balai", "http://localhost:8000/"),
    Place(
        "Kota Tangerang",
        "http://tangerang.localhost:8000/",
        (Person("Admin", "admin@tangerangkota.go.id", "pw"), Person("Warga", "0812")),
    ),
]


def test_places_come_back_as_they_were_and_are_ours_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    assert load(path) == []
    save(PLACES, path)
    assert load(path) == PLACES
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_panel_says_where_to_go_and_how_to_sign_in() -> None:
    lines = panel(PLACES).splitlines()
    assert "  Kota Tangerang  http://tangerang.localhost:8000/" in lines
    assert [line.split() for line in lines if "@" in line] == [
        ["Admin", "admin@tangerangkota.go.id", "pw"]
    ]
    assert not [line for line in lines if line != line.rstrip()]


def test_static_files_are_collected_once_and_again_when_one_changes(tmp_path: Path) -> None:
    said: list[str] = []
    source = tmp_path / "source"
    source.mkdir()
    (source / "site.css").write_text("a{}")
    with override_settings(
        STATIC_ROOT=str(tmp_path / "static"),
        STATICFILES_DIRS=[source],
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        STORAGES={
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        from django.contrib.staticfiles.finders import get_finder

        get_finder.cache_clear()
        prepare.collect_static(said.append)
        assert (tmp_path / "static" / "site.css").read_text() == "a{}"
        prepare.collect_static(said.append)
        assert said == ["Static files"]
        (source / "site.css").write_text("a{color:red}")
        os.utime(source / "site.css", (time.time() + 5, time.time() + 5))
        prepare.collect_static(said.append)
        assert said == ["Static files"] * 2
        assert (tmp_path / "static" / "site.css").read_text() == "a{color:red}"
    get_finder.cache_clear()


def test_a_read_only_installation_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise PermissionError(13, "Permission denied", "/usr/lib/balai/django.mo.partial")

    said: list[str] = []
    monkeypatch.setattr(prepare, "compile_all", refuse)
    prepare.compile_translations(said.append)
    assert said == [
        "Translations are left as they are: /usr/lib/balai/django.mo.partial may not be written"
    ]


def test_a_server_that_is_not_there_has_no_status() -> None:
    with listen("127.0.0.1", 0) as server:
        port = int(server.getsockname()[1])
    assert waiting.status_of(port, "/") == 0
    assert waiting.unreachable(port, ["http://x.localhost/a"]) == ["http://x.localhost/a"]
    began = time.monotonic()
    assert not waiting.until_ready(port, 60, lambda: True)
    assert not waiting.until_ready(port, 0.2, lambda: False)
    assert time.monotonic() - began < 5
