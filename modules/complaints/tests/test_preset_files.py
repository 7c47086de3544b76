import re
from pathlib import Path

import pytest

from balai import presets
from balai.ui import icons
from modules.complaints.models import Category

FOLDER = Path(__file__).parents[1] / "presets"
NAMES = ("kota", "kabupaten", "pilot")
DAYS = {"light": range(1, 4), "information": [5], "non_supervisory": [14], "supervisory": [60]}


@pytest.fixture(params=NAMES)
def document(request):
    return presets.read(FOLDER / f"{request.param}.json")


def leaves(document):
    return [leaf for group in document["categories"] for leaf in group["children"]]


def test_there_are_enough_groups_and_categories(document):
    if document["preset"] == "pilot":
        assert len(leaves(document)) >= 12
    else:
        assert 8 <= len(document["categories"]) <= 11
        assert 40 <= len(leaves(document)) <= 50
    assert all(group["children"] for group in document["categories"])


def test_every_slug_is_unique_and_named_in_two_languages(document):
    everything = [*document["categories"], *leaves(document)]
    slugs = [entry["slug"] for entry in everything]
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z-]{2,60}", slug) for slug in slugs)
    assert all(
        0 < len(entry[key]) <= 80 for entry in everything for key in ("label_id", "label_en")
    )


def test_classes_carry_the_working_days_of_the_national_standard(document):
    for leaf in leaves(document):
        assert leaf["klass"] in Category.Klass.values
        assert leaf["days"] in DAYS[leaf["klass"]], leaf["slug"]


def test_what_could_harm_a_reporter_is_secret_by_default(document):
    secret = {leaf["slug"] for leaf in leaves(document) if leaf.get("secret")}
    known = {leaf["slug"] for leaf in leaves(document)}
    assert secret == known & {
        "pelayanan-petugas", "pungli", "pungli-sekolah", "kekerasan", "gangguan-keamanan",
        "dana-desa",
    }  # fmt: skip
    assert {"pelayanan-petugas", "pungli"} <= secret


def test_six_categories_are_shown_first(document):
    assert sum(leaf.get("featured", False) for leaf in leaves(document)) == 6


def test_every_icon_exists(document, caplog):
    icons.shapes.cache_clear()
    for entry in [*document["categories"], *leaves(document)]:
        icons.shapes(entry["icon"])
    assert not caplog.records


def test_clocks_are_those_of_the_national_standard(document):
    assert document["clocks"] == {
        "verify_days": 3, "info_days": 5, "accept_days": 1, "validate_days": 2, "reopen_days": 5,
        "auto_close_days": 10,
    }  # fmt: skip
