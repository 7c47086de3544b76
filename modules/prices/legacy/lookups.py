"""Goods and markets by the names that tables give them. No guessing: a name of two is none."""

import re
from collections.abc import Iterable
from typing import Final, TypeVar

from balai.importing.parsing import plain
from modules.prices.models import Market, Variety

Thing = TypeVar("Thing")
ROMAN: Final = {"i": "1", "ii": "2", "iii": "3"}
FILLING: Final = re.compile(r"\b(pasar|kualitas|kual|jenis|segar|ukuran)\b")


def bare(text: str) -> str:
    """Return a name as it is compared: "Beras Kualitas Medium II" is "beras medium 2"."""
    words = FILLING.sub(" ", plain(text)).split()
    return " ".join(ROMAN.get(word, word) for word in words)


class Varieties:
    """Goods by slug, both names and their codes in other systems; inactive ones as well."""

    def __init__(self) -> None:
        self.rows = list(Variety.objects.select_related("group").order_by("group__position", "id"))
        self._by = unambiguous(
            (name, row)
            for row in self.rows
            for name in (row.slug, row.label_id, row.label_en, *map(str, row.codes.values()))
        )

    def find(self, text: str) -> Variety | None:
        """Return the goods called so."""
        return self._by.get(bare(text))


class Markets:
    """Markets by slug, name and their codes in other systems."""

    def __init__(self) -> None:
        self.rows = list(Market.objects.all())
        self.by_slug = {row.slug: row for row in self.rows}
        self._by = unambiguous(
            (name, row)
            for row in self.rows
            for name in (row.slug, row.name, *map(str, row.codes.values()))
        )

    def find(self, text: str) -> Market | None:
        """Return the market called so, with or without the word "Pasar"."""
        return self._by.get(bare(text))


def unambiguous(pairs: Iterable[tuple[str, Thing]]) -> dict[str, Thing]:
    """Return the things by name; a name of two different things is left out."""
    found: dict[str, Thing] = {}
    shared = set()
    for name, thing in pairs:
        key = bare(name)
        if found.setdefault(key, thing) is not thing:
            shared.add(key)
    return {key: thing for key, thing in found.items() if key and key not in shared}
