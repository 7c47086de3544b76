"""What every page must have, whatever it extends."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines

import balai.ui
from balai.ui.tests.conftest import CITY

BASES = ["citizen", "desk", "console", "public", "plain", "wall"]
FOLDERS = [
    Path(balai.ui.__file__).parent / "templates",
    Path(balai.ui.__file__).parents[1] / "home/templates",
]


def page(base, ask):
    source = (
        f'{{% extends "balai/{base}.html" %}}{{% block title %}}T{{% endblock %}}'
        "{% block content %}<h1>H</h1>{% endblock %}"
    )
    return engines["django"].from_string(source).render({}, ask("/"))


class Ids(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id"]


@pytest.mark.parametrize("base", BASES)
def test_every_base_has_language_title_skip_link_and_main(city, ask, base):
    html = page(base, ask)
    assert '<html lang="id"' in html
    assert '<a class="skip" href="#content">' in html
    assert html.count('id="content"') == 1
    assert "<title>T" in html
    parsed = Ids()
    parsed.feed(html)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.tags.count("main") == 1


@pytest.mark.parametrize("base", ["citizen", "plain"])
def test_112_is_always_within_reach(city, ask, base):
    assert 'href="tel:112"' in page(base, ask)


@pytest.mark.parametrize("base", BASES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(city, ask, base):
    html = page(base, ask)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)


@pytest.mark.parametrize("base", BASES)
def test_every_static_file_it_names_exists(city, ask, base):
    names = re.findall(r'"/static/([^"?]+)"', page(base, ask))
    assert names
    assert [name for name in names if not finders.find(name)] == []


def test_a_sandbox_says_so(ask, english):
    from dataclasses import replace

    from balai.context import region_context

    with region_context(replace(CITY, state="sandbox")):
        assert "Trial site" in page("citizen", ask)
    with region_context(CITY):
        assert "Trial site" not in page("citizen", ask)


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [("dark", ' data-scheme="dark"'), ("light", ' data-scheme="light"'), ('"><script>', "")],
)
def test_the_scheme_is_drawn_right_at_once(city, ask, cookie, expected):
    request = ask("/")
    request.COOKIES["balai_scheme"] = cookie
    source = '{% extends "balai/citizen.html" %}'
    html = engines["django"].from_string(source).render({}, request)
    assert f'<html lang="id"{expected}>' in html


def test_the_wall_is_always_dark(city, ask):
    assert '<html lang="id" data-scheme="dark">' in page("wall", ask)


def test_templates_never_name_a_module():
    from balai.modules import registry

    slugs = "|".join(module.slug for module in registry.installed()) or "complaints"
    named = re.compile(rf"""['"](?:{slugs}):""")
    guilty = [
        path.name
        for folder in FOLDERS
        for path in folder.rglob("*.html")
        if named.search(path.read_text())
    ]
    assert guilty == []
