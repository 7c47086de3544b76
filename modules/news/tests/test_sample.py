"""Samples come and go whole; the wall tells how fresh the news is; settings are kept in bounds."""

import re
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone, translation
from django.utils.translation import gettext

from balai.notify.models import Message
from modules.news import conf, pdf, sample, widgets
from modules.news.models import Article, Picture
from modules.news.sample import pictures
from modules.news.selectors import public
from modules.news.settings_form import SettingsForm
from modules.news.states import Kind
from modules.news.workflow import lacking

pytestmark = pytest.mark.django_db


def test_stories_are_whole_and_of_every_kind() -> None:
    stories = sample.stories()
    assert len(stories) == 40
    assert {story.kind for story in stories} == set(Kind.values)
    assert all(story.alt for story in stories if story.scene)
    assert {story.scene for story in stories} - {""} <= set(pictures.SCENES)
    assert len({story.title for story in stories}) == 40


def test_samples_come_and_go_whole(in_region, visitor, django_capture_on_commit_callbacks) -> None:
    now = timezone.now()
    chosen = [story for story in sample.stories() if story.kind != Kind.NEWS or story.lead]
    picked = {Kind.NEWS: 0, Kind.EVENT: 0, Kind.EPAPER: 0, Kind.HOAX: 0, Kind.NOTICE: 0}
    few = []
    for story in chosen:
        picked[story.kind] += 1
        few += [story] if picked[story.kind] == 1 else []
    original, sample.stories = sample.stories, lambda: few
    try:
        assert sample.load() == sample.load() == 5
        rows = list(Article.objects.all())
        assert all(row.sample and row.is_out(now) and not list(lacking(row)) for row in rows)
        assert all(row.author is None for row in rows)
        assert not any("{" in row.title + row.text for row in rows)
        assert public.lead(public.Filters()).lead
        assert len(public.upcoming()) == 1
        folder = f"news/{Picture.objects.first().uuid}"
        paper = Article.objects.get(kind=Kind.EPAPER)
        answer = visitor.get(f"/news/{paper.uuid}/paper.pdf")
        pdf.check(b"".join(answer.streaming_content))
        with translation.override("id"):
            mark = gettext("Sample")
        for page in ("/news/", "/news/papers/", paper.get_absolute_url()):
            assert mark in re.sub("<[^>]*>", " ", visitor.get(page).content.decode()).split()
        assert not Message.objects.exists()
        with django_capture_on_commit_callbacks(execute=True):
            assert sample.clear() == 5
    finally:
        sample.stories = original
    assert not Article.objects.exists()
    assert not default_storage.exists(folder)
    assert not default_storage.exists(f"news-papers/{paper.document['file']}.pdf")


def test_wall_and_desk_say_when_it_is_quiet(published, rf, at, writer) -> None:
    tile = widgets.Freshness()
    assert (tile.data(rf.get("/"))["value"], tile.data(rf.get("/"))["alarm"]) == ("–", True)
    published(Kind.NOTICE, now=timezone.now() - timedelta(days=120))
    shown = tile.data(rf.get("/"))
    assert shown["alarm"] and shown["value"] >= 119 and "1" in shown["base"]
    quiet = at(writer).get("/desk/news/").content.decode()
    assert "note--amber" in quiet
    published()
    assert quiet.count("note--amber") > (
        at(writer).get("/desk/news/").content.decode().count("note--amber")
    )
    fresh = tile.data(rf.get("/"))
    assert (fresh["value"], fresh["alarm"]) == (0, False)
    assert "<dl" in tile.render(rf.get("/"))


def test_settings_have_the_form_s_fields_and_bounds(in_region) -> None:
    defaults = asdict(conf.Settings())
    assert set(SettingsForm.base_fields) == set(defaults)
    assert SettingsForm(defaults).is_valid()
    wrong = SettingsForm({**defaults, "stale_days": 0, "at_home": 99})
    assert set(wrong.errors) == {"stale_days", "at_home"}
    assert conf.current() == conf.Settings()
