"""The scorecards row by row, for a spreadsheet: hours and shares as numbers."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _, pgettext

from balai.modules.oversight import FAIR_MINIMUM, Share, Spread
from modules.liveroom.selectors.scores import Part


def lines(parts: Iterable[Part]) -> Iterator[Sequence[object]]:
    """Yield the heading and one row for each agency and module."""
    yield [
        _("Module"), _("Agency"), pgettext("figure", "Received"), _("Open now"), _("Late now"),
        pgettext("figure", "Answered"),
        _("First answer: median, hours"), _("First answer: 90 percent, hours"),
        _("Done"), _("Done: median, hours"), _("Done: 90 percent, hours"),
        _("Had to keep a limit"), _("Past the limit, share"), _("Opened again, share"),
    ]  # fmt: skip
    for part in parts:
        for row in part.scores:
            now = row.now
            yield [
                part.source.name, row.agency.name, now.received, now.open, now.late,
                *_spread(now.answer), *_spread(now.done), now.breached.whole,
                _share(now.breached), "–" if now.reopened is None else _share(now.reopened),
            ]  # fmt: skip


def _spread(spread: Spread) -> list[object]:
    if not spread.fair or spread.median is None:
        return [spread.n, _few(), _few()]
    hours = [round((seconds or 0) / 3600, 2) for seconds in (spread.median, spread.p90)]
    return [spread.n, *hours]


def _share(share: Share) -> object:
    return _few() if share.value is None else round(share.value, 3)


def _few() -> str:
    return _("fewer than %(n)s") % {"n": FAIR_MINIMUM}
