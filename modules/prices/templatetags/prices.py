"""Arrows, ages and units, in words as well as in colour."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _, ngettext

from balai.ui import formats, icons
from modules.prices.models import Variety
from modules.prices.selectors.board import Cell

register = template.Library()


@register.simple_tag
def delta(change: int | None, share: float | None = None, since: str = "") -> SafeString:
    """``{% delta line.change line.share %}``: "up Rp500 (3,7%)" with an arrow; a dash for None.

    ``since`` is left unsaid on screen and told to screen readers: "since 24 Nov".
    """
    if change is None:
        return format_html(
            '<span class="muted sm"><span aria-hidden="true">–</span>'
            '<span class="visually-hidden">{}</span></span>',
            _("no price to compare with"),
        )
    if change == 0:
        return format_html(
            '<span class="delta muted">{}{}</span>', icons.icon("equal"), _("unchanged")
        )
    up = change > 0
    told = money(abs(change))
    more = f" ({formats.percent(abs(share), 1)})" if share is not None else ""
    return format_html(
        '<span class="delta {}">{}<span class="visually-hidden">{} </span>{}{}'
        '<span class="visually-hidden"> {}</span></span>',
        "up" if up else "down", icons.icon("trending-up" if up else "trending-down"),
        _("dearer by") if up else _("cheaper by"), told, more, since,
    )  # fmt: skip


@register.simple_tag
def age(days: int) -> SafeString:
    """``{% age cell.age %}``: "H-1" for a carried price, nothing for a fresh one."""
    if not days:
        return SafeString("")
    words = ngettext(
        "not asked that day; the price of %(n)s published day before",
        "not asked that day; the price of %(n)s published days before",
        days,
    ) % {"n": days}
    return format_html(
        '<span class="tag age"><abbr title="{}">H-{}</abbr>'
        '<span class="visually-hidden"> ({})</span></span>',
        words, days, words,
    )  # fmt: skip


@register.simple_tag
def market_cells(row: Sequence[tuple[Cell | None, bool]]) -> SafeString:
    """``{% market_cells cells %}``: a table cell a market, the lowest marked.

    Here and not in the template, and of plain strings: with 30 markets and 40 goods it is 1,200 of
    them, and escaping each one is most of the page's time. Only numbers and our own words are in.
    """
    none = str(
        format_html(
            '<td class="end"><span class="muted" aria-hidden="true">–</span>'
            '<span class="visually-hidden">{}</span></td>',
            _("not observed"),
        )
    )
    lowest = str(format_html('<span class="visually-hidden"> ({})</span>', _("lowest")))
    language = get_language() or "id"
    return SafeString(
        "".join(
            none if cell is None else _market_cell(cell, lowest if low else "", language)
            for cell, low in row
        )
    )


def _market_cell(cell: Cell, lowest: str, language: str) -> str:
    marked = " is-low" if lowest else ""
    old = f'<span class="sub">{age(cell.age)}</span>' if cell.age else ""
    return f'<td class="end{marked}">{_money(cell.price, language)}{lowest}{old}</td>'


@register.filter
def money(value: int) -> str:
    """Return "Rp13.500", like the kernel's ``rupiah``; a table of markets has 1,200 of them."""
    return _money(value, get_language() or "id")


@lru_cache(maxsize=16_384)
def _money(value: int, language: str) -> str:
    """Return the words of an amount; ``language`` is the active one, which they depend on."""
    return formats.rupiah(value)


@register.filter
def hour(text: str) -> str:
    """Return a time of day from the settings as people write it: "13.00", in English "13:00"."""
    return text if (get_language() or "id").startswith("en") else text.replace(":", ".")


@register.filter
def per_unit(variety: Variety) -> str:
    """Return "per kg"."""
    return _("per %(unit)s") % {"unit": variety.get_unit_display()}


@register.filter
def names(cells: Any) -> str:
    """Return the names of some markets: "Anyar, Poris", at most two and how many more."""
    found = [str(cell.market).removeprefix("Pasar ") for cell in cells]
    if len(found) <= 2:
        return ", ".join(found)
    more = len(found) - 1
    return _("%(first)s and %(n)s more") % {"first": found[0], "n": more}


@register.filter
def at(found: dict[int, Any], key: int) -> Any:
    """Return what a dictionary holds under a key, None without it."""
    return found.get(key)


@register.filter
def amount(value: Decimal) -> str:
    """Return an amount as one types it: "0,5", "10"."""
    return formats.number(value.normalize())


@register.filter
def plain(value: int | str) -> str:
    """Return a number without the language's marks, for scripts."""
    return str(value)
