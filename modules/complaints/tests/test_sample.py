"""Presets and samples."""

from collections.abc import Callable

import pytest

from balai.context import Region
from balai.files.models import StoredFile
from balai.notify.models import Message
from modules.complaints import presets, sample, search, widgets
from modules.complaints.models import Category, Complaint
from modules.complaints.selectors import categories
from modules.complaints.states import State


def test_samples_come_and_go_whole(in_region: Region, make_user: Callable) -> None:
    make_user("admin")
    assert sample.load() == len(sample.stories()) == 40
    assert sample.load() == 40
    states = set(Complaint.objects.values_list("state", flat=True))
    assert states >= {State.RECEIVED, State.NEED_INFO, State.DISPOSITIONED, State.IN_PROGRESS,
                      State.RESOLVED, State.CLOSED, State.REOPENED, State.REJECTED}  # fmt: skip
    assert not Complaint.objects.filter(sample=False).exists()
    assert not Message.objects.filter(template__startswith="complaints").exists()
    assert StoredFile.objects.filter(purpose="complaints").exists()
    assert sample.clear() == 40
    assert not Complaint.objects.exists()
    assert not StoredFile.objects.filter(purpose="complaints").exists()


@pytest.mark.parametrize("name", ["kota", "kabupaten", "pilot"])
def test_presets_load_twice_without_doubles(name: str, in_region: Region) -> None:
    Category.objects.filter(parent__isnull=False).delete()
    Category.objects.all().delete()
    count = presets.load(name)
    assert count == presets.load(name) > 10
    offered = categories.groups()
    assert all(group.choices for group in offered)
    assert len(categories.tiles(offered)) == categories.TILES


def test_a_preset_leaves_what_an_admin_changed(in_region: Region) -> None:
    Category.objects.filter(slug="lampu-jalan").update(days=9)
    presets.load("kota")
    assert Category.objects.get(slug="lampu-jalan").days == 9


def test_search_shows_each_what_they_may(
    make_report: Callable, routed: Callable, officer: object, stranger: object, make_user: Callable
) -> None:
    secret, public = make_report(title="Lampu rahasia"), routed(title="Lampu umum")
    citizen = make_user()

    def titles(user: object) -> list[str]:
        return [hit.title for hit in search.search("lampu", user, 8)]

    assert titles(citizen) == [public.title]
    assert titles(officer) == [public.title]
    assert titles(stranger) == []
    assert titles(make_user("coordinator")) == [public.title, secret.title]


def test_wall_tiles(
    make_report: Callable, routed: Callable, resolved: Callable, client_for: Callable,
    in_region: Region, rf: object,
) -> None:  # fmt: skip
    make_report(), routed(), resolved()
    request = rf.get("/")
    shown = {
        widget: widget().data(request)
        for widget in (widgets.Waiting, widgets.Handled, widgets.Done)
    }
    assert [tile["value"] for tile in shown.values()] == [2, 0, 1]
    assert widgets.Waiting().data(request)["base"] == "3 baru hari ini"
    assert widgets.OpenMap().data(request)["total"] == 2
    (row,) = widgets.ByAgency().data(request)["rows"]
    assert (row.open, row.late, row.median) == (1, 0, None)
    assert len(widgets.Newest().data(request)["reports"]) == 2


def test_medians_are_told_only_where_they_are_fair(
    resolved: Callable, monkeypatch: pytest.MonkeyPatch, rf: object
) -> None:
    from modules.complaints.selectors import figures

    monkeypatch.setattr(figures, "FAIR_MINIMUM", 2)
    resolved()
    assert widgets.ByAgency().data(rf.get("/"))["rows"][0].median is None
    resolved()
    assert widgets.ByAgency().data(rf.get("/"))["rows"][0].median == 0.0
