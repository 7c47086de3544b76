"""Charts of money: where it goes, and how far it has come over the year."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from balai.ui import charts, formats
from modules.budget import links, money
from modules.budget.selectors.figures import Part
from modules.budget.selectors.overview import Step, tops
from modules.budget.selectors.shown import Shown

MOST_TILES = 30
LEAST_STEPS = 2


def tree(parts: Sequence[Part], shown: Shown, title: str) -> SafeString | str:
    """Return a treemap of the budgets in force; "" where there is nothing to compare."""
    if len(parts) < LEAST_STEPS:
        return ""
    first, others, rest = tops(parts, MOST_TILES)
    points = [
        charts.Point(part.heading.label, part.figures.revised, url=links.of_part(part, shown))
        for part in first
    ]
    if others:
        words = ngettext("%(n)s other", "%(n)s others", others) % {"n": others}
        points.append(charts.Point(words, rest))
    return charts.treemap(
        points, title=title, unit=_("Budget"), words=lambda n: money.short(int(n))
    )


def course(steps: Sequence[Step]) -> SafeString | str:
    """Return the realised percentage over the year's published states; "" for a single one."""
    if len(steps) < LEAST_STEPS:
        return ""
    points = [
        charts.Point(
            formats.short_date(step.as_of),
            None if step.figures.share is None else round(step.figures.share * 100, 1),
            money.short(step.figures.realised),
        )
        for step in steps
    ]
    return charts.line(points, title=_("Realised over the year"), unit=_("percent of the budget"))
