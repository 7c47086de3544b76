"""Who looked at what in the live room, from the audit log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from balai.audit.models import Entry
from balai.audit.selectors import Wanted, entries
from balai.directory.models import Agency
from balai.ui import formats
from modules.liveroom.looks import AGENCY, CASE, PAST, WORDS
from modules.liveroom.models import Screen


@dataclass(frozen=True, slots=True)
class Look:
    """One line: who, when, at what."""

    at: datetime
    who: str
    what: str
    which: str


def rows(
    *, who: str, what: str, since: datetime | None, before: datetime | None
) -> QuerySet[Entry]:
    """Return the looks that fit, the newest first.

    Args:
        who: a part of the name.
        what: one of the known actions; "" for all.
    """
    found = entries(Wanted(actor=who, since=since, before=before))
    return found.filter(action__in=[what] if what in WORDS else list(WORDS))


def looks(page: list[Entry]) -> list[Look]:
    """Return a page of entries in words; two queries."""
    codes = [row.target for row in page if row.action == AGENCY]
    names = dict(Agency.objects.filter(code__in=codes).values_list("code", "name"))
    machines = [row.actor_uuid for row in page if row.actor_uuid and row.actor_label == "screen"]
    hangs = dict(Screen.objects.filter(uuid__in=machines).values_list("uuid", "name"))
    return [_look(row, names, hangs) for row in page]


def _look(row: Entry, names: dict[str, str], hangs: dict[UUID, str]) -> Look:
    which = ""
    if row.action == AGENCY:
        which = names.get(row.target, row.target)
    elif row.action == CASE:
        which = str(row.after.get("number", ""))
    elif row.action == PAST:
        began = datetime.strptime(row.target, "%Y-%m-%dT%H").replace(tzinfo=formats.zone())
        told = {"day": formats.short_date(began), "clock": formats.clock(began)}
        which = _("%(day)s, from %(clock)s on") % told
    who = row.actor
    if row.actor_uuid and row.actor_uuid in hangs:
        who = _("Screen: %(name)s") % {"name": hangs[row.actor_uuid]}
    return Look(row.at, who, str(WORDS[row.action]), which)
