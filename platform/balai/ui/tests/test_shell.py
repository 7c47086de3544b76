"""Language switch, service worker, offline page."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from balai.ui import shell, views


@pytest.mark.parametrize("wanted", ["id", "en"])
def test_the_language_is_kept_in_a_cookie(city, ask, wanted):
    response = views.language(
        ask("/language/", "post", data={"language": wanted, "next": "/news/?a=1"})
    )
    assert response["Location"] == "/news/?a=1"
    assert response.cookies["balai_language"].value == wanted
    assert not response.cookies["balai_language"]["domain"]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_switch_never_leads_elsewhere(city, ask, target):
    response = views.language(ask("/language/", "post", data={"language": "en", "next": target}))
    assert response["Location"] == "/"


def test_an_unknown_language_changes_nothing(city, ask):
    assert not views.language(ask("/language/", "post", data={"language": "xx"})).cookies


def test_a_language_cannot_be_switched_by_a_link(city, ask):
    assert views.language(ask("/language/?language=en")).status_code == 405


def test_the_worker_serves_the_root_and_names_its_files(city, ask):
    response = views.service_worker(ask("/sw.js"))
    script = response.content.decode()
    files = json.loads(re.search(r"const FILES = (\[.*?\]);", script)[1])
    assert response["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response["Cache-Control"]
    assert files[0] == "/offline/"
    assert any(name.startswith("/theme.css?v=") for name in files)
    assert "&quot;" not in script


def test_every_file_of_the_shell_exists():
    assert [path for path in shell.STATIC if not finders.find(path)] == []


def test_the_shell_gets_a_new_name_with_a_new_theme(city, monkeypatch):
    before = shell.version()
    monkeypatch.setattr(shell, "files", lambda: "[]")
    assert shell.version() != before


def test_the_offline_page_is_nobodys_and_has_112(city, ask):
    html = views.offline(ask("/offline/")).content.decode()
    assert 'href="tel:112"' in html
    assert "data-queue" in html
    assert "csrfmiddlewaretoken" not in html


def test_a_page_says_whether_somebody_is_signed_in_and_a_kept_one_does_not(city, ask):
    """What an officer took along is burnt on a page of nobody, not on one that is kept for all."""
    from balai.ui.site import Site

    stranger = ask("/")
    assert Site(stranger).person == "out"
    stranger.user = type("Somebody", (), {"is_authenticated": True})()
    assert Site(stranger).person == "in"
    assert 'data-person=""' in views.offline(ask("/offline/")).content.decode()
