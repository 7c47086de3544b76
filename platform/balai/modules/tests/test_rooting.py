"""Addresses at the root: who may have which."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import include, path, re_path

from balai.modules import rooting


def page(request: object) -> HttpResponse:
    """Stand in for a view."""
    return HttpResponse()


KERNEL = [
    path("", page),
    path("", include([path("search/", page), path("about/team/", page)])),
    path("media/", include([path("<uuid:uuid>/", page)])),
    re_path(r"^old-(\d+)/$", page),
]


def module(slug: str, *root_paths: str, part: bool = True) -> SimpleNamespace:
    """Return what ``mounts`` needs of a manifest."""
    provides = lambda name: part and name == "urls_root"  # noqa: E731
    return SimpleNamespace(
        slug=slug, name=f"modules.{slug}", root_paths=root_paths, provides=provides
    )


def mount(*modules: SimpleNamespace) -> list[tuple[str, str]]:
    """Return (prefix, namespace) of what would be mounted."""
    found = rooting.mounts(modules, KERNEL, ["desk/", "console/"])
    return [(item.prefix, item.namespace) for item in found]


def test_each_prefix_has_a_namespace_of_its_own() -> None:
    parks = module("parks", "open311/v2/", ".well-known/parks/")
    assert mount(parks, module("jobs", part=False)) == [
        ("open311/v2/", "parks_root"),
        (".well-known/parks/", "parks_root2"),
    ]


@pytest.mark.parametrize(
    "prefix",
    [
        "search/", "about/", "about/team/", "media/", "media/v2/", "old-papers/", "desk/",
        "desk/x/", "console/", "jobs/", "jobs/feed/", "open311/v2", "/open311/", "Open311/", "",
        "a b/", "<slug>/",
    ],
)  # fmt: skip
def test_what_is_taken_or_misshapen_is_refused(prefix: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        mount(module("parks", prefix), module("jobs", part=False))


@pytest.mark.parametrize("prefix", ["searching/", "about/us/", "mediation/", "desktop/"])
def test_a_neighbour_is_no_clash(prefix: str) -> None:
    assert mount(module("parks", prefix)) == [(prefix, "parks_root")]


@pytest.mark.parametrize("second", ["open311/v2/", "open311/", "open311/v2/extra/"])
def test_two_owners_are_refused(second: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="in use already"):
        mount(module("parks", "open311/v2/"), module("jobs", second))
    with pytest.raises(ImproperlyConfigured, match="in use already"):
        mount(module("parks", "open311/v2/", second))


def test_paths_and_file_come_together() -> None:
    for wrong in (module("parks", "open311/", part=False), module("parks")):
        with pytest.raises(ImproperlyConfigured, match="come together"):
            mount(wrong)
