"""What a flag means, in a sentence for the person who decides."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from balai.ui import formats
from modules.complaints.models import Flag

Words = str | Promise

WHY: Mapping[str, Words] = {
    "none": gettext_lazy("It was chosen from a gallery or sent from the desk."),
    "unknown": gettext_lazy("The permission it names was never given."),
    "somebody_else": gettext_lazy("The permission belongs to another officer."),
    "other_report": gettext_lazy("The permission was given for another report."),
    "used": gettext_lazy("The permission was used for another photo already."),
    "expired": gettext_lazy("The permission had run out."),
}
HINTS: Mapping[str, Words] = {
    "generator": gettext_lazy("The file says that a program made this picture up."),
    "editor": gettext_lazy("The file says that it went through a picture editor."),
    "credentials": gettext_lazy("The file carries content credentials that name no camera."),
}


def reason(flag: Flag) -> str:
    """Return why the flag was set, with its figures."""
    return _REASONS[flag.kind](flag.detail)


def _taken(detail: Mapping[str, Any]) -> str:
    return str(WHY.get(detail.get("why", ""), WHY["none"]))


def _far(detail: Mapping[str, Any]) -> str:
    if "metres" not in detail:
        return _("It was taken in another kecamatan or outside the region.")
    words = _("%(away)s m from the place of the report; up to %(allowed)s m is taken as there.")
    numbers = {name: formats.number(detail[name]) for name in ("metres", "allowed")}
    return words % {"away": numbers["metres"], "allowed": numbers["allowed"]}


def _time(detail: Mapping[str, Any]) -> str:
    taken = _moment(detail["taken"])
    if not detail.get("begun"):
        return _("Taken on %(taken)s, which is not possible.") % {"taken": taken}
    begun = _moment(detail["begun"])
    words = _("Taken on %(taken)s; the agency took the case on at %(begun)s.")
    return words % {"taken": taken, "begun": begun}


def _moment(told: str) -> str:
    moment = formats.local(datetime.fromisoformat(told))
    return f"{formats.short_date(moment)}, {formats.clock(moment)}"


def _alike(words: Words) -> Callable[[Mapping[str, Any]], str]:
    def told(detail: Mapping[str, Any]) -> str:
        same = round(100 * (64 - detail.get("bits", 0)) / 64)
        return str(words) % {"same": same}

    return told


def _made(detail: Mapping[str, Any]) -> str:
    told = str(HINTS.get(detail.get("hint", ""), HINTS["editor"]))
    return f"{told} ({detail['software']})" if detail.get("software") else told


_REASONS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    Flag.Kind.REUSED: _alike(
        gettext_lazy("%(same)s%% of its pattern is that of a photo that was sent before.")
    ),
    Flag.Kind.SAME_AS_BEFORE: _alike(
        gettext_lazy("%(same)s%% of its pattern is that of the photo of the problem.")
    ),
    Flag.Kind.NOT_TAKEN_HERE: _taken,
    Flag.Kind.FAR_AWAY: _far,
    Flag.Kind.NO_POSITION: lambda detail: _("The phone did not say where it was."),
    Flag.Kind.WRONG_TIME: _time,
    Flag.Kind.EDITED: _made,
}
