"""Indonesia's regions: 38 provinces, 514 regencies and cities, their districts and villages.

Codes are those of the Ministry of Home Affairs, as text: "36", "36.71", "36.71.01",
"36.71.01.1001". The files are made by ``build.py``; ``NOTICE.md`` names the source and its
licence (ODbL 1.0). Nothing here needs a database.
"""

import json
import re
import zipfile
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?\Z")
VILLAGE_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa adat"}


class UnknownCodeError(LookupError):
    """Raised for a code that the reference list does not have."""


@dataclass(frozen=True, slots=True)
class Province:
    """A province; ``timezone`` is an IANA name."""

    code: str
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Regency:
    """A kota or kabupaten; ``letters`` are its own three, such as TNG, for tracking numbers."""

    code: str
    kind: str
    name: str
    letters: str
    province: Province

    @property
    def full_name(self) -> str:
        """The name with its kind: "Kota Tangerang"."""
        return f"{self.kind.title()} {self.name}"

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.province.timezone)


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan (distrik in Papua)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Village:
    """A kelurahan, desa or desa adat; digit 10 of the code tells which."""

    code: str
    name: str

    @property
    def kind(self) -> str:
        """One of kelurahan, desa, desa adat."""
        return VILLAGE_KINDS[self.code[9]]

    @property
    def district_code(self) -> str:
        """The code of its kecamatan."""
        return self.code[:8]


def provinces() -> tuple[Province, ...]:
    """Return the 38 provinces in the order of their codes."""
    return tuple(_provinces().values())


def regencies(province: str | None = None) -> tuple[Regency, ...]:
    """Return all 514 regencies and cities, or those of one province code."""
    return tuple(r for r in _regencies().values() if province in (None, r.province.code))


def find(code: str) -> Province | Regency | District | Village | None:
    """Return what ``code`` stands for, at any level, or None when nothing has it."""
    if not CODE.match(code):
        return None
    if len(code) == 2:
        return _provinces().get(code)
    if len(code) == 5:
        return _regencies().get(code)
    if code[:5] not in _regencies():
        return None
    level = districts(code[:5]) if len(code) == 8 else villages(code[:5])
    return next((entry for entry in level if entry.code == code), None)


def regency(code: str) -> Regency:
    """Return the regency or city with ``code``. Raises UnknownCodeError when there is none."""
    found = _regencies().get(code)
    if found is None:
        raise UnknownCodeError(code)
    return found


def districts(code: str) -> tuple[District, ...]:
    """Return the kecamatan of a regency. Raises UnknownCodeError when there is no such regency."""
    return _contents(regency(code).code)[0]


def villages(code: str) -> tuple[Village, ...]:
    """Return the villages of a regency ("36.71") or of a kecamatan ("36.71.01").

    Raises:
        UnknownCodeError: when the list has no such regency or kecamatan.
    """
    everything = _contents(regency(code[:5]).code)[1]
    if len(code) == 5:
        return everything
    if code not in {district.code for district in districts(code[:5])}:
        raise UnknownCodeError(code)
    return tuple(village for village in everything if village.district_code == code)


def search(words: str, *, near: str = "", limit: int = 8) -> list[Regency]:
    """Return the regencies and cities whose name has ``words`` or is nearly that, best first.

    Args:
        near: a regency's code; its neighbours in the province come before others.
        limit: how many at most.
    """
    wanted = _plain(words)
    if not wanted:
        return []
    ranked = []
    for entry in _regencies().values():
        score = _likeness(wanted, _plain(entry.name), _plain(entry.full_name))
        if score:
            ranked.append((-score, entry.code[:2] != near[:2], entry.code != near, entry))
    ranked.sort(key=lambda row: (*row[:3], row[3].name, row[3].kind))
    return [row[3] for row in ranked[:limit]]


def neighbours(code: str) -> tuple[Regency, ...]:
    """Return the other regencies and cities of the same province, by name.

    Raises:
        UnknownCodeError: when ``code`` is no regency or city.
    """
    found = [r for r in regencies(regency(code).province.code) if r.code != code]
    return tuple(sorted(found, key=lambda r: (r.name, r.kind)))


def source() -> str:
    """Return where the list comes from, for pages that must say so."""
    return str(_regions()["source"])


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def _likeness(wanted: str, name: str, full_name: str) -> int:
    if wanted in (name, full_name):
        return 100
    if name.startswith(wanted) or full_name.startswith(wanted):
        return 90
    if wanted in full_name:
        return 80
    ratio = SequenceMatcher(None, wanted, name).ratio()
    return int(ratio * 70) if ratio > 0.8 else 0


@cache
def _regions() -> dict[str, Any]:
    text = files(__package__).joinpath("regions.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def _provinces() -> dict[str, Province]:
    return {row[0]: Province(*row) for row in _regions()["provinces"]}


@cache
def _regencies() -> dict[str, Regency]:
    return {
        code: Regency(code, kind, name, letters, _provinces()[code[:2]])
        for code, kind, name, letters in _regions()["regencies"]
    }


@lru_cache(maxsize=8)
def _contents(code: str) -> tuple[tuple[District, ...], tuple[Village, ...]]:
    found: tuple[list[District], list[Village]] = ([], [])
    with (
        files(__package__).joinpath("villages.zip").open("rb") as file,
        zipfile.ZipFile(file) as archive,
    ):
        for line in archive.read(code).decode("utf-8").splitlines():
            part, _, name = line.partition("\t")
            if len(part) == 2:
                district = f"{code}.{part}"
                found[0].append(District(district, name))
            else:
                found[1].append(Village(f"{district}.{part}", name))
    return tuple(found[0]), tuple(found[1])
