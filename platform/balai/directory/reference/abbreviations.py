"""Three letters for every regency: they open a tracking number, so they must never change."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

VOWELS = frozenset("AEIOU")

# Letters people already use for these places; the others follow from the name.
KNOWN = {
    "12.71": "MDN",
    "13.71": "PDG",
    "14.71": "PKU",
    "16.71": "PLG",
    "21.71": "BTM",
    "32.71": "BGR",
    "32.73": "BDG",
    "32.75": "BKS",
    "32.76": "DPK",
    "33.06": "PWR",
    "33.72": "SKT",
    "33.74": "SMG",
    "34.71": "YGY",
    "35.73": "MLG",
    "35.78": "SBY",
    "36.03": "TGR",
    "36.71": "TNG",
    "36.74": "TGS",
    "51.71": "DPS",
    "61.71": "PTK",
    "64.71": "BPP",
    "64.72": "SMR",
    "71.71": "MDO",
    "73.71": "MKS",
    "81.71": "ABN",
    "91.71": "JPR",
}

# Rude, or already the name of something else that a citizen deals with.
REFUSED = frozenset(
    ("ASU", "TAI", "SEX", "PKI", "KKK", "BOM", "ANU", "KTP", "SIM", "NIK", "NPW", "PNS", "TNI")
    + ("PLN", "PBB", "BRI", "BNI", "BCA", "BTN", "BPN", "RSU", "UGD", "PMI")
)


def assign(names: Iterable[tuple[str, str, str]], kept: Mapping[str, str]) -> dict[str, str]:
    """Return three letters per code, each used once.

    Args:
        names: (code, kind, short name) such as ("36.71", "kota", "Tangerang").
        kept: letters given earlier; they stay, whatever else is in the list.

    Raises:
        ValueError: when a name has too few letters to be told from the others.
    """
    given = {**KNOWN, **kept}
    taken = set(given.values())
    # A kota is asked for first: its plain letters are the ones people expect.
    for code, _, name in sorted(names, key=lambda entry: (entry[1] != "kota", entry[0])):
        if code in given:
            continue
        letters = next((c for c in candidates(name) if c not in taken | REFUSED), None)
        if letters is None:
            raise ValueError(f"no three letters are left for {code} {name}")
        given[code] = letters
        taken.add(letters)
    return given


def candidates(name: str) -> Iterator[str]:
    """Yield three-letter forms of ``name``, the most readable first; all begin like the name."""
    words = ["".join(filter(str.isalpha, word)).upper() for word in name.split()]
    words = [word for word in words if word]
    if len(words) >= 3:
        yield words[0][0] + words[1][0] + words[2][0]
    if len(words) == 2:
        yield from (a + b + words[1][0] for a, b in _pairs(words[0]))
    joined = "".join(words)
    consonants = joined[0] + "".join(c for c in joined[1:] if c not in VOWELS)
    for pool in (consonants, joined):
        yield from (pool[0] + a + b for a, b in combinations(pool[1:], 2))


def _pairs(word: str) -> Iterator[tuple[str, str]]:
    consonants = [letter for letter in word[1:] if letter not in VOWELS]
    yield from ((word[0], letter) for letter in [*consonants, *word[1:]])
