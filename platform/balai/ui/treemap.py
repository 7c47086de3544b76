"""Parts of a whole as rectangles: large ones are seen, small ones are found in the table."""

from collections.abc import Callable, Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balai.modules.manifest import type_str
from balai.ui import formats
from balai.ui.chart_parts import Point, level, n, note, words as in_words
from balai.ui.squares import Box, squarify

WIDTH: Final = 640
HEIGHT: Final = 400
LETTER: Final = 9.0
"""About how wide a letter of a label is, in units of the view box; LINE is how high a line is."""
LINE: Final = 20


def treemap(
    points: Sequence[Point],
    *,
    title: type_str,
    unit: type_str = "",
    words: Callable[[float], str] | None = None,
) -> SafeString:
    """Return parts of a whole as rectangles; numbered, so that narrow ones are found in the table.

    Points without a value above zero stand in the table only.

    Args:
        points: the largest first.
        words: says a value in short; a number by default.
    """
    say = words or in_words
    drawn = [(at, point) for at, point in enumerate(points, 1) if (point.value or 0) > 0]
    values = [point.value or 0 for _at, point in drawn]
    whole, most = sum(values) or 1, max(values, default=1)
    boxes = squarify(values, Box(0, 0, WIDTH, HEIGHT))
    shapes = format_html_join(
        "", "{}",
        ((_tile(at, point, box, level(point.value, most), say),)
         for (at, point), box in zip(drawn, boxes, strict=True)),
    )  # fmt: skip
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}. {}</th><td class="end num">{}{}</td><td class="end num">{}</td>'
        "</tr>",
        (
            (at, point.label, say(point.value) if point.value is not None else in_words(None),
             note(point), formats.percent((point.value or 0) / whole, 1))
            for at, point in enumerate(points, 1)
        ),
    )  # fmt: skip
    return format_html(
        '<figure class="chart tree"><figcaption>{}</figcaption><svg viewBox="0 0 {} {}" '
        'role="group" aria-label="{}">{}</svg><details class="chart__data"><summary>{}</summary>'
        '<table class="table"><thead><tr><th scope="col">{}</th><th scope="col" class="end">{}'
        '</th><th scope="col" class="end">{}</th></tr></thead><tbody>{}</tbody></table></details>'
        "</figure>",
        title, WIDTH, HEIGHT, title, shapes, _("As a table"), _("What"), unit or _("Value"),
        _("Part of the whole"), rows,
    )  # fmt: skip


def _tile(at: int, point: Point, box: Box, tint: int, words: Callable[[float], str]) -> SafeString:
    """Return a rectangle with its number, and as much of its name and value as fits."""
    value = words(point.value or 0)
    most = int((box.width - 12) / LETTER)
    name = str(point.label)
    lines = [name if len(name) <= most else f"{name[: most - 1].rstrip()}…"] if most > 5 else []
    lines += [value] if lines and len(value) <= most else []
    fits = lines[: max(int((box.height - 34) / LINE), 0)]
    texts = format_html_join(
        "", '<text class="tree__label" x="{}" y="{}">{}</text>',
        ((n(box.x + 8), n(box.y + 44 + line * LINE), text) for line, text in enumerate(fits)),
    )  # fmt: skip
    number = (
        format_html(
            '<text class="tree__n" x="{}" y="{}">{}</text>', n(box.x + 8), n(box.y + 24), at
        )
        if box.width > 26 and box.height > 28
        else ""
    )  # fmt: skip
    tile = format_html(
        '<title>{}. {}: {}</title><rect class="tree__tile tree__l{}" x="{}" y="{}" width="{}" '
        'height="{}"/>{}{}',
        at, name, value, tint, n(box.x), n(box.y), n(box.width), n(box.height), number, texts,
    )  # fmt: skip
    if not point.url:
        return format_html("<g>{}</g>", tile)
    return format_html(
        '<a href="{}" aria-label="{}. {}: {}">{}</a>', point.url, at, name, value, tile
    )
