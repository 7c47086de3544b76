"""What changed between two versions of an article, word by word."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

SHOWN: Final = {
    "title": pgettext_lazy("article", "Title"),
    "summary": _("Summary"),
    "text": _("Text"),
    "claim": _("Claim"),
    "verdict": _("Verdict"),
    "evidence_url": _("Evidence"),
    "starts_at": _("Begins"),
    "ends_at": _("Ends"),
    "place": _("Place"),
    "expires_at": _("Hides itself at"),
    "areas": _("Areas"),
    "kind": _("Kind"),
}
_WORDS: Final = re.compile(r"\n+|\S+[^\S\n]*|[^\S\n]+")
MOST_PAIRS: Final = 2_000_000
"""Equal words of both texts that are compared with each other: beyond it frequent ones are not."""
KEPT_AROUND: Final = 160
"""Letters of unchanged text that are shown around a change."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words: "same", "gone" or "new"."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs, with its runs of words."""

    label: str | Promise
    parts: list[Part]


def between(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Return the fields that differ between two revisions' contents, in reading order."""
    found = []
    for name, label in SHOWN.items():
        before, after = _words(old.get(name)), _words(new.get(name))
        if before != after:
            found.append(Change(label, list(parts(before, after))))
    return found


def parts(before: str, after: str) -> Iterator[Part]:
    """Yield the runs that lead from one text to the other; long unchanged ones are cut."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=_pairs(old, new) > MOST_PAIRS)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Part("same", _shortened("".join(old[a:b])))
            continue
        if b > a:
            yield Part("gone", "".join(old[a:b]))
        if d > c:
            yield Part("new", "".join(new[c:d]))


def _pairs(old: list[str], new: list[str]) -> int:
    """Return how many pairs of equal words there are, which is what a comparison costs."""
    there = Counter(new)
    return sum(count * there[word] for word, count in Counter(old).items())


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _shortened(text: str) -> str:
    if len(text) <= 2 * KEPT_AROUND:
        return text
    begin, end = text[:KEPT_AROUND], text[-KEPT_AROUND:]
    return f"{begin.rpartition(' ')[0]} […] {end.partition(' ')[2]}"
