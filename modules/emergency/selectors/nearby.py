"""Open incidents that a caller may mean, too: near in place and time, or under the same words."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from modules.emergency import conf
from modules.emergency.geo import Point, metres
from modules.emergency.models import Call, Category, Incident
from modules.emergency.selectors.sealing import took
from modules.emergency.states import OPEN

if TYPE_CHECKING:
    from balai.accounts.models import User

LOOK_AT: Final = 300
SHOWN: Final = 5
SHARED_WORDS: Final = 2
# Words that stand in many addresses and tell nothing of the place.
COMMON: Final = frozenset({
    "jalan", "jln", "jl", "gang", "gg", "nomor", "nomer", "no", "rt", "rw", "kelurahan", "kel",
    "kecamatan", "kec", "desa", "kota", "kabupaten", "kampung", "kp", "komplek", "kompleks",
    "perumahan", "perum", "blok", "blk", "dekat", "depan", "belakang", "samping", "seberang",
    "sebelah", "di", "dan", "yang", "masjid", "musala", "gereja", "sekolah", "pasar", "toko",
    "rumah", "kantor", "warung", "raya", "jembatan", "perempatan", "pertigaan", "simpang",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What has been typed so far. ``pin`` is (latitude, longitude) in degrees; ``taker`` types."""

    taker: "User"
    category: Category | None = None
    pin: Point | None = None
    address: str = ""
    landmark: str = ""
    caller_hash: bytes | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open incident; ``metres`` is None where no two points are known."""

    incident: Incident
    metres: int | None
    same_words: bool
    same_caller: bool


def find(heard: Heard, *, now: datetime, limit: int = SHOWN) -> list[Candidate]:
    """Return the open incidents that ``heard`` may be, the likeliest first (1 query).

    The same number within the time; else a related category within the region's metres; else
    the same words in address and landmark. A sealed one is offered to who took its call and when
    its own caller calls again: nobody finds where it is by trying out addresses.
    """
    settings = conf.current()
    rows = _recent(heard, now - timedelta(minutes=settings.nearby_minutes))
    words = place_words(f"{heard.address} {heard.landmark}")
    found = (_weigh(row, heard, words, settings.nearby_metres) for row in rows[:LOOK_AT])
    return sorted((item for item in found if item), key=_rank)[:limit]


def joinable(incident: Incident, *, taker: "User | None", caller_hash: bytes | None) -> bool:
    """Tell whether a call may be joined to an incident (2 queries for a sealed one).

    Who takes a call of a sealed incident reads it. So it is joined only by its own taker, or by
    a call from a number that called about it; a stranger's is an incident of its own, which the
    dispatcher can merge. The panic button (``taker`` is None) reads nothing.
    """
    if not incident.sealed or taker is None:
        return True
    if took(taker).filter(incident=incident).exists():
        return True
    same = Call.objects.filter(incident=incident, caller_hash=caller_hash)
    return caller_hash is not None and same.exists()


def place_words(text: str) -> frozenset[str]:
    """Return the telling words of an address: names of streets and buildings, house numbers."""
    return frozenset(re.findall(r"\w+", text.casefold())) - COMMON


def related(one: Category, other: Category | None) -> bool:
    """Tell whether two categories may be one event: the same, or the same units go there."""
    return other is None or one.pk == other.pk or bool(set(one.units) & set(other.units))


def _recent(heard: Heard, since: datetime) -> QuerySet[Incident]:
    calls = Call.objects.filter(incident=OuterRef("pk"))
    same = Exists(calls.filter(caller_hash=heard.caller_hash or b""))
    found = Incident.objects.filter(state__in=OPEN, created_at__gte=since)
    found = found.annotate(
        same_caller=same, own=Exists(took(heard.taker).filter(incident=OuterRef("pk")))
    )
    found = found.filter(Q(sealed=False) | Q(same_caller=True) | Q(own=True))
    found = found.select_related("category", "area__parent").defer(
        "area__boundary", "area__parent__boundary"
    )
    return found.order_by("-created_at", "-id")


def _weigh(row: Incident, heard: Heard, words: frozenset[str], radius: int) -> Candidate | None:
    """Return the candidate, or None for a stranger."""
    apart = None
    if heard.pin and row.latitude is not None and row.longitude is not None:
        apart = round(metres(heard.pin, (row.latitude, row.longitude)))
    same_words = _same_place(words, row)
    same_caller = bool(row.same_caller)  # type: ignore[attr-defined]  # annotated above
    near = apart is not None and apart <= radius and related(row.category, heard.category)
    far = apart is not None and apart > radius
    if same_caller or near or (same_words and not far):
        return Candidate(row, apart, same_words, same_caller)
    return None


def _same_place(words: frozenset[str], row: Incident) -> bool:
    """Tell whether enough words of the place agree: two, or all where only one is known."""
    theirs = place_words(f"{row.address} {row.landmark}")
    shared = len(words & theirs)
    return shared >= SHARED_WORDS or (shared == 1 and 1 in (len(words), len(theirs)))


def _rank(item: Candidate) -> tuple[bool, bool, float]:
    far = float("inf") if item.metres is None else item.metres
    return (not item.same_caller, not item.same_words, far)
