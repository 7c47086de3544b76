"""Money in words, addresses of parts, and how far the spending has come."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, pgettext

from balai.ui import charts, formats, icons
from modules.budget import links, money
from modules.budget.models import Snapshot
from modules.budget.selectors.figures import Figures, Part

register = template.Library()


@register.filter
def short_money(amount: int) -> str:
    """Return "Rp1,25 triliun"."""
    return money.short(amount)


@register.simple_tag(takes_context=True)
def part_url(context: template.Context, part: Part) -> str:
    """Return the address of a part's own page, in the state and on the side that is shown."""
    return links.of_part(part, context.get("shown"))


@register.simple_tag
def realised(figures: Figures, elapsed: float) -> SafeString:
    """``{% realised part.figures elapsed %}``: the realised share as a bar and in words.

    The bar is red where more was realised than allowed, amber where it lies far behind the year.
    """
    share = figures.share
    if share is None:
        return format_html('<span class="muted">{}</span>', _("no budget"))
    colour = "red" if share > 1 else "amber" if share < elapsed - links.FAR_BEHIND else "green"
    return format_html(
        '<span class="row row--2 row--nowrap"><span class="budget__bar">{}</span>'
        '<span class="num nowrap">{}</span></span>',
        charts.meter(share, colour=colour), formats.percent(share, 1),
    )  # fmt: skip


@register.simple_tag
def change(figures: Figures) -> SafeString:
    """``{% change part.figures %}``: "Rp1,2 miliar more (12%)" with an arrow."""
    if not figures.change:
        return format_html('<span class="muted">{}</span>', pgettext("budget", "unchanged"))
    more = figures.change > 0
    share = figures.change_share
    told = pgettext("budget", "new") if share is None else formats.percent(abs(share), 1)
    return format_html(
        '<span class="delta budget__delta">{}<span class="visually-hidden">{} </span>'
        "{}{} ({})</span>",
        icons.icon("trending-up" if more else "trending-down"), _("more:") if more else _("less:"),
        "+" if more else "−", money.short(abs(figures.change)), told,
    )  # fmt: skip


@register.filter
def points_behind(share: float | None, elapsed: float) -> str:
    """Return by how many percentage points a share lies behind the year, "" when it does not."""
    gap = round((elapsed - (share or 0)) * 100, 1)
    return formats.number(gap, 1) if gap > 0 else ""


@register.filter
def share_of(amount: int, whole: int) -> float:
    """Return an amount as a share of the whole, 0 without one."""
    return amount / whole if whole else 0.0


@register.simple_tag
def row_url(row: Any, snapshot: Snapshot) -> str:
    """Return the public address of a row of the desk's lists, "" while it has none."""
    return links.of_row(row, snapshot)


@register.filter
def sums(row: Any) -> Figures:
    """Return a stored row's sums."""
    return Figures(row.budget, row.revised, row.realised)
