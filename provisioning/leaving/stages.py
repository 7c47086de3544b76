"""How far a region is on its way out: worked out from what was written down, never stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from balai import context
from balai.ui.formats import long_date
from provisioning.exports import services as exports
from provisioning.leaving.holding import HOLD
from provisioning.lifecycle import ending
from provisioning.lifecycle.notices import LIFE
from provisioning.models import Ending, Export, ExportState

DONE: Final = "done"
NOW: Final = "now"
LATER: Final = "later"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: whether it is done, what it asks for, and the button that leads on."""

    state: str
    title: str
    text: str
    url: str = ""
    button: str = ""


def stages() -> list[Stage]:
    """Return the stages of the active region, in order; the first that is not done is now."""
    region = context.current_region()
    accepted = exports.accepted(region.id)
    open_ending = ending.current(region.id)
    confirmed = open_ending is not None and open_ending.ends_at is not None
    done = [accepted is not None, open_ending is not None, confirmed, False, False]
    first = done.index(False)
    rows = [
        _export(accepted),
        _ask(open_ending),
        _confirm(open_ending),
        _closed(open_ending),
        _erased(open_ending),
    ]
    return [
        Stage(DONE if done[at] else NOW if at == first else LATER, *row)
        for at, row in enumerate(rows)
    ]


def _export(accepted: Export | None) -> tuple[str, ...]:
    if accepted is not None:
        text = _("%(who)s downloaded and checked the export of %(day)s.") % {
            "who": accepted.accepted_by, "day": long_date(accepted.asked_at)}  # fmt: skip
    else:
        ready = any(row.state == ExportState.READY for row in exports.latest(5))
        text = (
            _("It is ready. Download it, write down its passphrase, and confirm that you have it.")
            if ready
            else _("Everything the site holds, in one archive that another deployment can read.")
        )
    return _("Take the data along"), text, reverse("exports_console:index"), _("Data export")


def _ask(found: Ending | None) -> tuple[str, ...]:
    text = _("One admin asks for the end and says why. Nothing happens yet.")
    if found is not None:
        text = _("Asked for by %(who)s on %(day)s.") % {
            "who": found.asked_by, "day": long_date(found.asked_at)}  # fmt: skip
    return _("Ask for the end"), text, *_life()


def _confirm(found: Ending | None) -> tuple[str, ...]:
    text = _("A second person confirms it. For 30 days nothing new is taken in then; what came in"
             " can be finished, and any admin can take it back. 112 stays on until the last day."
             )  # fmt: skip
    if found is not None and found.ends_at is not None:
        who = found.confirmed_by or found.asked_by
        said = _("Confirmed by %(who)s. Nothing new until %(day)s; any admin can take it back.")
        text = said % {"who": who, "day": long_date(found.ends_at)}
    return _("A second person confirms"), text, *_life()


def _closed(found: Ending | None) -> tuple[str, ...]:
    text = _("The pages are gone. For 90 days the data are kept, out of everybody's reach, and"
             " nobody else can have the address or the domains.")  # fmt: skip
    ends = found.ends_at if found is not None else None
    return _("The site is closed%(day)s") % {"day": _on(ends)}, text


def _erased(found: Ending | None) -> tuple[str, ...]:
    ends = found.ends_at if found is not None else None
    text = _("First the region's own key is destroyed, so that sealed data and every backup are"
             " unreadable; then tables, photos and backups are deleted. The admins get the address"
             " of a certificate that says what was erased, and when.")  # fmt: skip
    return _("Everything is erased%(day)s") % {"day": _on(ends + HOLD if ends else None)}, text


def _on(moment: datetime | None) -> str:
    return f" ({long_date(moment)})" if moment else ""


def _life() -> tuple[str, str]:
    """Return the way to the page where an ending is asked for, confirmed and taken back."""
    try:
        resolve(LIFE)
    except Resolver404:
        return "", ""
    return LIFE, _("To the page of the ending")
