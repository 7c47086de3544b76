"""A term that an admin may choose must show somewhere."""

import re
from pathlib import Path

import pytest

from balai.context import Region, region_context
from balai.words import word
from tenants.words import WORDS

ROOT = Path(__file__).resolve().parents[2]
ASKED = re.compile(r"(?:region_word |\bword\()\"([\w.]+)\"")


def asked_for() -> set[str]:
    """Return the keys that pages and code ask for."""
    found: set[str] = set()
    for folder in ("platform", "modules", "themes"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".html", ".py"} and "tests" not in path.parts:
                found |= set(ASKED.findall(path.read_text()))
    return found


def test_no_word_is_asked_of_the_admin_in_vain() -> None:
    assert {item.key for item in WORDS} <= asked_for()


def test_the_usual_word_until_a_region_chooses(region_without_words: Region) -> None:
    with region_context(region_without_words):
        assert word("district", "Kecamatan") == "Kecamatan"
    assert word("district", "Kecamatan") == "Kecamatan"
    assert {item.usual("kabupaten") for item in WORDS} >= {"Bupati"}
    assert {item.usual("kota") for item in WORDS} >= {"Wali Kota"}


@pytest.fixture
def region_without_words() -> Region:
    return Region(
        id=1, slug="a", schema="r_a", role="r", name="A", code="00.00", kind="kota",
        timezone="Asia/Jakarta", state="active", host="",
    )  # fmt: skip
