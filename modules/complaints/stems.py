"""Words of Indonesian texts in a form that compares: small letters, no accents, plain stems.

A light stemmer, for rules and hints that people read over: "memperbaiki", "perbaikan" and
"diperbaiki" meet, "mati" and "matikan" meet. It returns every stem a word may have, because a
nasal prefix swallows the first letter (menutup: tutup). Sources: the affixes of Adriani et al.,
"Stemming Indonesian: a confix-stripping approach" (2007), without their dictionary.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from balai import fulltext

LETTERS = re.compile(r"[^\W_]+")
SHORTEST = 4
"""Letters that must be left: shorter rests make strangers meet ("mati" and "mata")."""

PARTICLES = ("lah", "kah", "tah", "pun")
OWNERS = ("nya", "ku", "mu")
SUFFIXES = ("kan", "an", "i")
PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("memper", ("",)), ("diper", ("",)), ("meng", ("", "k")), ("meny", ("s",)), ("mem", ("", "p")),
    ("men", ("", "t")), ("peng", ("", "k")), ("peny", ("s",)), ("pem", ("", "p")),
    ("pen", ("", "t")), ("ber", ("",)), ("ter", ("",)), ("per", ("",)), ("me", ("",)),
    ("di", ("",)), ("ke", ("",)), ("se", ("",)), ("pe", ("",)),
)  # fmt: skip
"""Each prefix with the letters it may have swallowed."""
BARE = frozenset("lmnrwy")
"""The letters before which "me" and "pe" stand without a nasal."""

# fmt: off
COMMON = fulltext.STOP_WORDS | {
    "bapak", "bu", "buat", "dekat", "gang", "hari", "ibu", "jalan", "malam", "pak", "rt", "rw",
    "sama", "satu", "sebelah", "segera", "sekali", "sekitar", "selalu", "tempat", "tidak",
}
# fmt: on
"""Words that say nothing of what is broken; they would make any two reports alike."""


def plain(text: str) -> str:
    """Return ``text`` in small letters, without accents, full-width forms and the like."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Return the words of ``text`` in order."""
    return LETTERS.findall(plain(text))


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """Return every stem that ``word``, as :func:`words` gives it, may have; itself included."""
    found = {word}
    for ending in _endings(word):
        found.add(ending)
        found.update(_beginnings(ending))
    return frozenset(found)


def alike(one: str, other: str) -> bool:
    """Tell whether two words, as :func:`words` gives them, have a stem in common."""
    return one == other or not stems(one).isdisjoint(stems(other))


def contains(text: Sequence[str], phrase: Sequence[str]) -> bool:
    """Tell whether the words of ``phrase`` stand one after another in ``text``, whole words."""
    if not phrase:
        return False
    last = len(text) - len(phrase)
    return any(
        all(alike(text[at + step], word) for step, word in enumerate(phrase))
        for at in range(last + 1)
    )


def phrases(listed: str) -> list[list[str]]:
    """Return the phrases of a list with commas, semicolons or lines between, as words."""
    return [found for part in re.split(r"[,;\n]", listed) if (found := words(part))]


def topic(text: str) -> frozenset[str]:
    """Return the words of ``text`` that say what it is about."""
    return frozenset(word for word in words(text) if len(word) > 2 and word not in COMMON)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share, 0 to 1, of the smaller topic's words that the other has, too."""
    few, many = sorted((one, other), key=len)
    if not few:
        return 0.0
    known = frozenset().union(*(stems(word) for word in many))
    return sum(not stems(word).isdisjoint(known) for word in few) / len(few)


def _endings(word: str) -> Iterator[str]:
    """Yield the word without particles, possessives and suffixes; "kan" may be "k" and "an"."""
    yield word
    for group in (PARTICLES, OWNERS):
        end = next((end for end in group if word.endswith(end)), "")
        if end and len(word) - len(end) >= SHORTEST:
            word = word[: -len(end)]
            yield word
    for end in SUFFIXES:
        if word.endswith(end) and len(word) - len(end) >= SHORTEST:
            yield word[: -len(end)]


def _beginnings(word: str, depth: int = 0) -> Iterator[str]:
    """Yield the word without one or two prefixes, with each letter they may have swallowed."""
    for prefix, swallowed in PREFIXES:
        after = word[len(prefix) :]
        if not word.startswith(prefix) or (prefix in ("me", "pe") and after[:1] not in BARE):
            continue
        for letter in swallowed:
            if len(letter + after) >= SHORTEST:
                yield letter + after
                if depth == 0:
                    yield from _beginnings(letter + after, 1)
