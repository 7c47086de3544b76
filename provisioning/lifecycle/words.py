"""What mails and banners say of a region's life: what is so, stops, stays, is to be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

Details = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """Four sentences in the active language; ``stops`` or ``todo`` may be empty."""

    title: str
    stops: str
    stays: str
    todo: str


def told(kind: str, details: Details) -> Told:
    """Return the words of one kind of news. Raises KeyError for a kind nobody knows."""
    return KINDS[kind](details)


def day(value: Any) -> str:
    """Return a stored or real time as a date in the active time zone and language."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return date_format(timezone.localtime(moment), "j F Y")


def _kept() -> str:
    return _(
        "112, reports and their handling, alerts, following a report and the export of all data"
        " stay on."
    )


def _read_only() -> str:
    return _(
        "Citizens read everything and follow what they sent; officers finish it; 112, alerts and"
        " the export of all data stay on."
    )


def _sandbox_soon(details: Details) -> Told:
    return Told(
        _("The sandbox ends on %(day)s") % {"day": day(details["until"])},
        _("After that the site can only be read, and closes 14 days later."),
        _("Until then everything works."),
        _("Ask to go live in the console, or write to us if you need more time."),
    )


def _sandbox_over(details: Details) -> Told:
    return Told(
        _("The sandbox is over; the site closes on %(day)s") % {"day": day(details["until"])},
        _("New reports, applications and publishing have stopped."),
        _read_only(),
        _("Ask to go live in the console: all that you set up stays. Or export your data."),
    )


def _overdue(details: Details) -> Told:
    return Told(
        _("A bill is overdue since %(day)s") % {"day": day(details["since"])},
        _("Nothing has stopped. From %(day)s on news, vacancies, prices and new apps can no longer"
          " be published.") % {"day": day(details["until"])},
        _kept(),
        _("Pay the open bill, or tell us when your treasury will pay."),
    )  # fmt: skip


def _restricted(details: Details) -> Told:
    return Told(
        _("Publishing is stopped: a bill is overdue since %(day)s")
        % {"day": day(details["since"])},
        _("News, vacancies, prices and new apps cannot be published. What is published stays, and"
          " can be corrected and taken down."),
        _kept(),
        _("Pay the open bill: everything is back at once."),
    )  # fmt: skip


def _ending_asked(details: Details) -> Told:
    return Told(
        _("%(who)s asks to close the site") % {"who": details["who"]},
        _("Nothing has stopped. It begins only when a second person confirms, and lasts 30 days."),
        _("Everything works."),
        _("Confirm or take it back in the console. Without an answer it is void after 14 days."),
    )


def _ending(details: Details) -> Told:
    return Told(
        _("The site closes on %(day)s") % {"day": day(details["until"])},
        _("New reports, applications and publishing have stopped."),
        _read_only(),
        _("Export your data. Any admin can take the closing back until then."),
    )


def _ending_back(details: Details) -> Told:
    return Told(
        _("The site goes on"),
        "",
        _("Everything works as before the closing began."),
        _("%(who)s has stopped the closing.") % {"who": details["who"]},
    )


def _closed(details: Details) -> Told:
    return Told(
        _("The site has closed"),
        _("It answers nobody any more."),
        _("Nobody else can take its address for 90 days."),
        "",
    )


def _domain_failing(details: Details) -> Told:
    return Told(
        _("The proof of %(name)s cannot be found") % {"name": details["name"]},
        _("Without it the site is no longer answered there from %(day)s on.")
        % {"day": day(details["until"])},
        _("The address under this platform works in any case."),
        _("Put the TXT record back that stands in the console under “Domains”."),
    )


def _domain_lost(details: Details) -> Told:
    return Told(
        _("The site no longer answers at %(name)s") % {"name": details["name"]},
        _("Its proof has been missing for 14 days."),
        _("The address under this platform goes on."),
        _("Put the TXT record back and press “Check now” in the console under “Domains”."),
    )


KINDS: Final[Mapping[str, Callable[[Details], Told]]] = {
    "sandbox_soon": _sandbox_soon,
    "sandbox_over": _sandbox_over,
    "overdue": _overdue,
    "restricted": _restricted,
    "ending_asked": _ending_asked,
    "ending": _ending,
    "ending_back": _ending_back,
    "closed": _closed,
    "domain_failing": _domain_failing,
    "domain_lost": _domain_lost,
}
