"""Reports of an older system from a table, found by the kernel."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _, gettext_noop

from balai.directory.locate import finder
from balai.importing import Importer, Outcome, Problem, Row, importer
from balai.importing.parsing import plain
from modules.complaints.legacy import lookups
from modules.complaints.legacy.columns import COLUMNS
from modules.complaints.legacy.options import OptionsForm
from modules.complaints.services.importing import OldReport, take_in
from modules.complaints.states import State

if TYPE_CHECKING:
    from balai.importing.models import ImportRun

FIRST_YEAR = 1990
UNKNOWN = {
    "category": gettext_noop("No kind of problem is called “%(value)s”."),
    "status": gettext_noop("No status is called “%(value)s”."),
    "agency": gettext_noop("No agency is called “%(value)s”."),
    "district": gettext_noop("No kecamatan is called “%(value)s”."),
    "village": gettext_noop("No kelurahan or desa is called “%(value)s” there."),
}
NO_CATEGORY = gettext_noop("The row does not say which kind of problem it is.")
NO_AGENCY = gettext_noop("A report that somebody works on needs its agency.")
TWO_VILLAGES = gettext_noop("“%(value)s” is in several kecamatan. Name the kecamatan as well.")
TOO_EARLY = gettext_noop("The date lies before 1990.")
IN_FUTURE = gettext_noop("The date lies in the future.")
BEFORE_IT_CAME = gettext_noop("It was finished before it was received.")
HALF_A_POINT = gettext_noop("A point needs latitude and longitude.")
OUTSIDE = gettext_noop("The point lies outside the region.")


@importer("complaints.reports")
class Reports(Importer):
    """Old reports: known again by their old number, told to nobody, on no clock."""

    label = _("Reports of an older system")
    summary = _("With their dates, places, agencies and answers. Nobody is written to.")
    icon = "megaphone"
    permission = "complaints.import"
    columns = COLUMNS
    options_form = OptionsForm

    def prepare(self, run: "ImportRun") -> None:
        """Load the region's kinds, agencies and places: five queries for any number of rows."""
        self.options = run.options
        self.categories, self.agencies = lookups.Categories(), lookups.Agencies()
        self.places, self.points, self.states = lookups.Places(), finder(), lookups.states()
        self.now = timezone.now()
        self.fallback = self.categories.find(run.options.get("fallback") or "")

    def check(self, row: Row) -> Iterable[Problem]:
        """Look up what the cells name; put what was found into the row."""
        yield from self._kind(row)
        yield from self._state(row)
        yield from self._dates(row)
        yield from self._place(row)

    def write(self, rows: Sequence[Row]) -> Outcome:
        """Store a batch."""
        taken = take_in([self._report(row.values) for row in rows])
        return Outcome(taken.created, taken.updated, taken.unchanged)

    def choices(self, column: str) -> Sequence[tuple[str, Any]]:
        """Return what unknown words may stand for."""
        places = self.places
        found: dict[str, Iterable[tuple[str, Any]]] = {
            "category": ((row.slug, row.label) for row in self.categories.rows),
            "agency": ((row.code, row.name) for row in self.agencies.rows),
            "status": ((state.value, state.label) for state in lookups.STATES),
            "district": ((row.code, row.name) for row in places.districts),
            "village": ((v.code, f"{v.name}, {places.parent(v).name}") for v in places.villages),
        }
        return list(found.get(column, ()))

    def _kind(self, row: Row) -> Iterable[Problem]:
        told = row.values.get("category")
        found = self.categories.find(told) if told else self.fallback
        if found is None:
            yield _unknown("category", told) if told else Problem("category", NO_CATEGORY)
        row.values["category"] = found

    def _state(self, row: Row) -> Iterable[Problem]:
        told = row.values.get("status")
        state = self.states.get(plain(told)) if told else State.CLOSED
        named = row.values.get("agency")
        agency = self.agencies.find(named) if named else None
        if state is None:
            yield _unknown("status", told)
        if named and agency is None:
            yield _unknown("agency", named)
        elif agency is None and state in (State.DISPOSITIONED, State.IN_PROGRESS):
            yield Problem("agency", NO_AGENCY)
        row.values |= {"state": state, "agency": agency}

    def _dates(self, row: Row) -> Iterable[Problem]:
        created, resolved = row.values["created"], row.values.get("resolved")
        latest = self.now + timedelta(days=1)
        for column, at in (("created", created), ("resolved", resolved)):
            if at and at.year < FIRST_YEAR:
                yield Problem(column, TOO_EARLY)
            elif at and at > latest:
                yield Problem(column, IN_FUTURE)
        # A day without a time is midnight: the same day is not before.
        if resolved and resolved.date() < created.date():
            yield Problem("resolved", BEFORE_IT_CAME)

    def _place(self, row: Row) -> Iterable[Problem]:
        told, named = row.values.get("district"), row.values.get("village")
        district = self.places.district(told) if told else None
        if told and district is None:
            yield _unknown("district", told)
            return
        villages = self.places.village(named, district) if named else []
        if named and not villages:
            yield _unknown("village", named)
        if len(villages) > 1:
            yield Problem("village", TWO_VILLAGES, {"value": named or ""})
        row.values["area"] = villages[0] if villages else district
        yield from self._pin(row)

    def _pin(self, row: Row) -> Iterable[Problem]:
        latitude, longitude = row.values.get("latitude"), row.values.get("longitude")
        row.values["pin"] = None
        if latitude is None and longitude is None:
            return
        if latitude is None or longitude is None:
            yield Problem("latitude" if latitude is None else "longitude", HALF_A_POINT)
        elif not _on_earth(latitude, longitude) or self.points.outside(latitude, longitude):
            yield Problem("latitude", OUTSIDE)
        else:
            row.values["pin"] = (latitude, longitude)
            if row.values["area"] is None:
                found = self.points.area_id(latitude, longitude)
                row.values["area"] = self.places.by_id.get(found or 0)

    def _report(self, values: dict[str, Any]) -> OldReport:
        area = values["area"]
        return OldReport(
            key=f"{self.options.get('system', 'lama')}:{values.get('old') or _fingerprint(values)}",
            created_at=values["created"],
            category=values["category"],
            text=values["text"],
            title=values.get("title") or "",
            state=values["state"],
            agency=values["agency"],
            area=area,
            district=self.places.parent(area) if area else None,
            pin=values["pin"],
            landmark=values.get("landmark") or "",
            resolved_at=values.get("resolved"),
            answer=values.get("answer") or "",
            publish=bool(self.options.get("publish")),
        )


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= 90 and abs(longitude) <= 180


def _unknown(column: str, told: Any) -> Problem:
    return Problem(column, UNKNOWN[column], {"value": str(told)[:60]}, unknown=True)


def _fingerprint(values: dict[str, Any]) -> str:
    """Return what a report without a number is known by: when it came and what it says."""
    told = (values["created"].isoformat(), plain(values["text"]), values.get("landmark") or "")
    return f"#{hashlib.sha256('|'.join(told).encode()).hexdigest()[:32]}"
