"""An incident's record, row by row as it was written; a wrong time stays and is marked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _, pgettext_lazy

from balai.directory.models import Area
from modules.emergency.models import Category, Incident, Stamp

Look = tuple[str | Promise, str, str]
LOOKS: Final[dict[str, Look]] = {
    "taken": (pgettext_lazy("moment", "Call answered"), "phone-incoming", "blue"),
    "queued": (pgettext_lazy("moment", "On the board"), "siren", "red"),
    "called_again": (pgettext_lazy("moment", "Another call"), "phone-incoming", "blue"),
    "caller_note": (pgettext_lazy("moment", "The caller adds"), "message-square", "blue"),
    "note": (pgettext_lazy("moment", "Note"), "sticky-note", "grey"),
    "photo": (pgettext_lazy("moment", "Photo from the scene"), "camera", "grey"),
    "facts": (pgettext_lazy("moment", "Facts changed"), "pencil", "grey"),
    "dispatch": (pgettext_lazy("moment", "Unit sent"), "send", "red"),
    "acknowledge": (pgettext_lazy("moment", "Confirmed"), "check", "amber"),
    "depart": (pgettext_lazy("moment", "On the way"), "navigation", "amber"),
    "arrive": (pgettext_lazy("moment", "On scene"), "map-pin", "amber"),
    "transport": (pgettext_lazy("moment", "Transporting"), "ambulance", "amber"),
    "clear": (pgettext_lazy("moment", "Cleared"), "check-check", "green"),
    "recall": (pgettext_lazy("moment", "Called back"), "undo-2", "grey"),
    "close": (pgettext_lazy("moment", "Closed"), "lock", "green"),
    "close_unattended": (pgettext_lazy("moment", "Closed, nobody was sent"), "lock", "grey"),
    "cancel": (pgettext_lazy("moment", "Cancelled"), "ban", "grey"),
    "merge": (pgettext_lazy("moment", "Merged into another"), "merge", "grey"),
    "merged_here": (pgettext_lazy("moment", "Another was merged into this"), "merge", "grey"),
    "transfer": (pgettext_lazy("moment", "Handed over"), "arrow-up-right", "blue"),
    "received_there": (pgettext_lazy("moment", "Arrived there"), "mail-check", "blue"),
    "accepted_there": (pgettext_lazy("moment", "Accepted there"), "handshake", "green"),
    "ended_there": (pgettext_lazy("moment", "Ended there"), "lock", "green"),
    "came_back": (pgettext_lazy("moment", "Given back to us"), "undo-2", "red"),
    "came_from": (pgettext_lazy("moment", "Handed over to us"), "arrow-down-left", "blue"),
    "accepted": (pgettext_lazy("moment", "We accepted it"), "handshake", "green"),
    "give_back": (pgettext_lazy("moment", "We gave it back"), "undo-2", "grey"),
    "reopen": (pgettext_lazy("moment", "Opened again"), "rotate-ccw", "red"),
}
FACTS: Final[dict[str, str | Promise]] = {
    "category_id": pgettext_lazy("fact", "Category"),
    "text": pgettext_lazy("fact", "What is happening"),
    "address": pgettext_lazy("fact", "Address"),
    "landmark": pgettext_lazy("fact", "Landmark"),
    "area_id": pgettext_lazy("fact", "Kelurahan or kecamatan"),
    "latitude": pgettext_lazy("fact", "Latitude"),
    "longitude": pgettext_lazy("fact", "Longitude"),
    "casualties": pgettext_lazy("fact", "Casualties"),
    "hazards": pgettext_lazy("fact", "Hazards"),
}
TIMED: Final = frozenset(LOOKS) - {"note", "facts", "photo", "caller_note"}
"""Moments whose time somebody may say was another."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the record; ``row`` counts from 1 in the order of writing."""

    row: int
    stamp: Stamp
    corrected: Stamp | None
    told: bool
    names: dict[str, dict[int, str]]

    @property
    def look(self) -> Look:
        """Word, icon and colour."""
        what = self.stamp.what
        return LOOKS.get(what, (what.replace("_", " ").capitalize(), "circle", "grey"))

    @property
    def timed(self) -> bool:
        """Whether its time may be corrected: the last word on it, not an older one."""
        return self.stamp.what in TIMED and self.corrected is None

    @property
    def late(self) -> bool:
        """Whether it was written down a minute or more after it happened."""
        return (self.stamp.noted_at - self.stamp.at).total_seconds() >= 60

    @property
    def lines(self) -> list[str]:
        """What was written with it; nothing of a sealed incident that is closed to the reader."""
        if not self.told or not self.stamp.text:
            return []
        if self.stamp.what != "facts":
            return [self.stamp.text]
        changes: dict[str, list[Any]] = json.loads(self.stamp.text)
        return [
            _("%(fact)s: %(before)s → %(after)s")
            % {"fact": FACTS[name], "before": _word(self.names, name, before),
               "after": _word(self.names, name, after)}
            for name, (before, after) in changes.items()
        ]  # fmt: skip


def entries(incident: Incident, stamps: Sequence[Stamp], *, told: bool) -> list[Entry]:
    """Return the record in the order of what happened (2 queries more where facts changed).

    Args:
        stamps: all of the incident's, with actor and unit.
        told: whether the reader may see what was written.
    """
    rows = {stamp.pk: at for at, stamp in enumerate(sorted(stamps, key=lambda s: s.pk), start=1)}
    later = {stamp.corrects_id: stamp for stamp in stamps if stamp.corrects_id}
    names = _names() if told and any(stamp.what == "facts" for stamp in stamps) else {}
    return [
        Entry(rows[stamp.pk], stamp, later.get(stamp.pk), told, names)
        for stamp in sorted(stamps, key=lambda s: (s.at, s.pk))
    ]


def stamps_of(incident: Incident) -> list[Stamp]:
    """Return the rows as they were written, with who wrote them and for which unit (1 query).

    Units that came along with an incident that was merged into this one bring their moments.
    """
    brought = Q(incident__merged_into=incident, unit__isnull=False)
    found = Stamp.objects.filter(Q(incident=incident) | brought).order_by("pk")
    return list(found.select_related("actor", "unit", "corrects"))


def row(incident: Incident, number: int) -> Stamp | None:
    """Return the n-th row of the record, counted from 1 as written: rows are never taken away."""
    return dict(enumerate(stamps_of(incident), start=1)).get(number)


def fact_words(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (name, value in words) of facts."""
    names = _names()
    return [(name, _word(names, name, value)) for name, value in facts.items()]


def _word(names: Mapping[str, Mapping[int, str]], name: str, value: Any) -> str:
    found = names.get(name, {}).get(value, value)
    return "–" if found in (None, "") else str(found)


def _names() -> dict[str, dict[int, str]]:
    return {
        "category_id": {row.pk: row.label for row in Category.objects.defer("script")},
        "area_id": dict(Area.objects.values_list("pk", "name")),
    }
