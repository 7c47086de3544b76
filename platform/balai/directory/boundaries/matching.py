"""Find the area that a feature draws: by its code, else by its name and that of its kecamatan.

Ministries spell one property in many ways; those of BIG (KDEPUM, WADMKD) and of the ministry's
own tables are known. Codes of the statistics office (BPS) look like ours without dots but mean
other places, so a code without dots only counts when the name agrees.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from balai.directory.boundaries import Problem
from balai.directory.boundaries.reading import Shape

CODE_KEYS: Final = {
    "village": ("kdepum", "kode_desa", "kd_desa", "kode_kelurahan", "kd_kelurahan"),
    "district": ("kdcpum", "kode_kecamatan", "kd_kecamatan", "kode_kec", "kd_kec"),
}
ANY_CODE: Final = ("code", "kode", "kode_wilayah", "kodewilayah", "kemendagri", "id")
NAME_KEYS: Final = {
    "village": ("wadmkd", "desa", "kelurahan", "nama_desa", "nama_kelurahan", "nm_kelurahan"),
    "district": ("wadmkc", "kecamatan", "nama_kecamatan", "nm_kecamatan", "nama_kec"),
}
ANY_NAME: Final = ("name", "nama", "namobj", "nama_wilayah")
PREFIX: Final = re.compile(
    r"^(kelurahan|kel|desa|kecamatan|kec|distrik|kampung)[. ]+", re.IGNORECASE
)
WIDTHS: Final = {"village": 10, "district": 6}


@dataclass(frozen=True, slots=True)
class Known:
    """An area that a feature may belong to."""

    code: str
    name: str
    district: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A feature and the code of its area."""

    shape: Shape
    code: str


def match(
    shapes: Iterable[Shape], known: Sequence[Known], *, level: str
) -> tuple[list[Match], list[Problem]]:
    """Return the features whose area is clear, and a problem for each of the others.

    Args:
        known: the region's areas of this level.
        level: "village" or "district".
    """
    finder = _Finder(known, level)
    found: list[Match] = []
    problems: list[Problem] = []
    for shape in shapes:
        code, text = finder.find(shape.properties)
        if code:
            found.append(Match(shape, code))
        if text:
            problems.append(
                Problem(shape.row, name_of(shape.properties, level), text, fatal=not code)
            )
    return found, problems


def name_of(properties: Mapping[str, Any], level: str = "village") -> str:
    """Return what a feature calls itself, "" when it has no name."""
    other = "district" if level == "village" else "village"
    return _value(properties, (*NAME_KEYS[level], *ANY_NAME, *NAME_KEYS[other]))


def plain(name: str) -> str:
    """Return a name as it is compared: no case, prefix, accents, spaces or punctuation."""
    letters = unicodedata.normalize("NFKD", PREFIX.sub("", name.strip())).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


class _Finder:
    def __init__(self, known: Sequence[Known], level: str) -> None:
        self.level = level
        self.by_code = {area.code: area for area in known}
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        for area in known:
            self.by_name[plain(area.name)].append(area)

    def find(self, properties: Mapping[str, Any]) -> tuple[str, str]:
        """Return (code, "") or ("", why not); with a code, a text is only a hint."""
        code, dotted = self._code(properties)
        name = _value(properties, (*NAME_KEYS[self.level], *ANY_NAME))
        area = self.by_code.get(code)
        if area is not None:
            agrees = not name or plain(name) == plain(area.name)
            if agrees:
                return area.code, ""
            if dotted:
                return area.code, _("Here it is called %(name)s.") % {"name": area.name}
        if not name:
            return "", (
                _("The code %(code)s is not of this region.") % {"code": code}
                if code
                else _("It has neither a code nor a name.")
            )
        return self._by_name(name, _value(properties, NAME_KEYS["district"]))

    def _by_name(self, name: str, district: str) -> tuple[str, str]:
        same = self.by_name.get(plain(name), [])
        if self.level == "village" and district:
            same = [area for area in same if plain(area.district) == plain(district)]
        if len(same) == 1:
            return same[0].code, ""
        if not same:
            return "", _("No area of this region is called %(name)s.") % {"name": name}
        return "", _("%(n)s areas are called %(name)s: add the code or the kecamatan.") % {
            "n": len(same), "name": name,
        }  # fmt: skip

    def _code(self, properties: Mapping[str, Any]) -> tuple[str, bool]:
        text = _value(properties, (*CODE_KEYS[self.level], *ANY_CODE)).strip()
        digits = text.replace(".", "")
        if not digits.isdigit() or len(digits) != WIDTHS[self.level]:
            return text, True
        parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
        return ".".join(part for part in parts if part), "." in text


def _value(properties: Mapping[str, Any], keys: Iterable[str]) -> str:
    lower = {str(key).strip().casefold(): value for key, value in properties.items()}
    for key in keys:
        value = lower.get(key)
        if isinstance(value, int | str) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()[:120]
    return ""
