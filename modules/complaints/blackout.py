"""Words of a text, and the text with some of them blacked out.

A blacked-out word is the same five blocks for all: its length would tell something.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

FIELDS = ("title", "text", "landmark")
BLOCK = "█████"
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its place, counted from 0; ``ends_line`` where the text breaks after it."""

    place: int
    text: str
    black: bool
    ends_line: bool


def words(text: str) -> list[Word]:
    """Return what stands between the spaces of ``text``."""
    found = list(WORD.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)][: len(found)]
    return [
        Word(place, match[0], match[0] == BLOCK, "\n" in text[match.end() : end])
        for place, (match, end) in enumerate(zip(found, ends, strict=True))
    ]


def cover(text: str, places: Collection[int]) -> str:
    """Return ``text`` with the words at ``places`` blacked out; unknown places are ignored."""
    chosen = set(places)
    count = -1

    def black(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return BLOCK if count in chosen else match[0]

    return WORD.sub(black, text)
