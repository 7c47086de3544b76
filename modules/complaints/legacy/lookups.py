"""What an older system's words stand for here: kinds, agencies, places, states. No guessing:
names are compared without capitals, signs and the words that say what sort of place it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, TypeVar

from balai.directory.models import Agency, Area
from balai.importing.parsing import plain
from modules.complaints.models import Category
from modules.complaints.states import State

Thing = TypeVar("Thing")
STATES: Final = (
    State.RECEIVED,
    State.DISPOSITIONED,
    State.IN_PROGRESS,
    State.CLOSED,
    State.REJECTED,
)
"""Where an old report can stand: the stages that need no further step of somebody else."""
STATE_WORDS: Final = {
    State.RECEIVED: "received baru masuk diterima menunggu open new pending belum terverifikasi|"
    "belum diproses|belum ditindaklanjuti|verifikasi|belum verifikasi|menunggu verifikasi",
    State.DISPOSITIONED: "dispositioned disposisi diteruskan didisposisikan assigned|"
    "sudah disposisi|diteruskan ke dinas|diteruskan ke instansi",
    State.IN_PROGRESS: "proses diproses dikerjakan ditindaklanjuti|in progress|dalam proses|"
    "sedang diproses|sedang dikerjakan|tindak lanjut|sedang ditindaklanjuti",
    State.CLOSED: "selesai closed done resolved tuntas ditutup finished tertangani|sudah selesai|"
    "telah selesai|sudah ditindaklanjuti|selesai ditindaklanjuti",
    State.REJECTED: "ditolak rejected tolak spam batal dibatalkan cancelled arsip|"
    "tidak valid|tidak sesuai|bukan kewenangan",
}
PLACE_WORDS: Final = re.compile(r"^(kecamatan|kec|kelurahan|kel|desa|ds|distrik)\s+")
AGENCY_WORDS: Final = re.compile(r"\s+(kota|kabupaten|kab)\s+\w+( \w+)?$")


def states() -> dict[str, State]:
    """Return what a status's word stands for."""
    found = {state.value: state for state in STATES}
    for state, words in STATE_WORDS.items():
        first, *phrases = words.split("|")
        for word in (*first.split(), *phrases, str(state.label)):
            found[plain(word)] = state
    return {plain(word): state for word, state in found.items()}


class Categories:
    """Kinds of problems by slug and by both names; one that stands for two is none."""

    def __init__(self) -> None:
        rows = Category.objects.filter(parent__isnull=False).select_related("agency", "parent")
        self.rows = list(rows)
        self._by = _unambiguous(
            (name, row) for row in self.rows for name in (row.slug, row.label_id, row.label_en)
        )

    def find(self, text: str) -> Category | None:
        """Return the kind called so."""
        return self._by.get(plain(text))


class Agencies:
    """Agencies by code, name and short name, closed ones as well: old reports name them."""

    def __init__(self) -> None:
        self.rows = list(Agency.objects.order_by("-active", "name"))
        self._by = _unambiguous(
            (name, row) for row in self.rows for name in (row.code, row.name, row.short_name)
        )

    def find(self, text: str) -> Agency | None:
        """Return the agency called so, with or without the region's name behind it."""
        name = plain(text)
        return self._by.get(name) or self._by.get(AGENCY_WORDS.sub("", name))


class Places:
    """Kecamatan by name; villages by name within a kecamatan, or alone where it is the only one."""

    def __init__(self) -> None:
        rows = list(Area.objects.defer("boundary").order_by("code"))
        self.by_id = {row.pk: row for row in rows}
        self.districts = [row for row in rows if row.kind == Area.Kind.DISTRICT]
        self.villages = [row for row in rows if row.kind == Area.Kind.VILLAGE]
        self._districts = _unambiguous(
            (key, row) for row in self.districts for key in (_place(row.name), plain(row.code))
        )
        self._villages: dict[str, list[Area]] = defaultdict(list)
        for row in self.villages:
            self._villages[_place(row.name)].append(row)
            self._villages[plain(row.code)].append(row)

    def district(self, text: str) -> Area | None:
        """Return the kecamatan called so."""
        return self._districts.get(_place(text))

    def village(self, text: str, district: Area | None) -> list[Area]:
        """Return the villages called so, in a kecamatan if it is known."""
        found = self._villages.get(_place(text), [])
        return [row for row in found if district is None or row.parent_id == district.pk]

    def parent(self, area: Area) -> Area:
        """Return an area's kecamatan, itself if it is one; no query."""
        return self.by_id.get(area.parent_id or 0, area)


def _place(text: str) -> str:
    return PLACE_WORDS.sub("", plain(text))


def _unambiguous(pairs: Iterable[tuple[str, Thing]]) -> dict[str, Thing]:
    """Return the things by name; a name of two different things is left out."""
    found: dict[str, Thing] = {}
    shared = set()
    for name, thing in pairs:
        key = plain(name)
        if found.setdefault(key, thing) is not thing:
            shared.add(key)
    return {key: thing for key, thing in found.items() if key and key not in shared}
