"""Charts as SVG drawn by the server, each with its numbers in a table beneath.

Colours come from style sheets by class, so a chart follows the region's theme and dark mode.
Every text is escaped. A level below is always told in words: colour never speaks alone.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balai.modules.manifest import type_str
from balai.ui import formats
from balai.ui.chart_parts import Point, level, n as _n, note as _note, words as _words
from balai.ui.treemap import treemap

WIDTH, HEIGHT, BASE = 640, 240, 208
__all__ = [
    "Point",
    "bars",
    "columns",
    "heat",
    "level",
    "line",
    "meter",
    "share",
    "spark",
    "treemap",
]


def bars(points: Sequence[Point], *, title: type_str, unit: type_str = "") -> SafeString:
    """Return lying bars: one row of a table per point, so that long names fit a phone."""
    most = max((point.value or 0 for point in points), default=0) or 1
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="bars__bar">{}</td>'
        '<td class="end num">{}{}</td></tr>',
        (
            (point.label, _bar((point.value or 0) / most), _words(point.value), _note(point))
            for point in points
        ),
    )
    return format_html(
        '<table class="table bars"><caption>{}</caption><thead class="visually-hidden"><tr>'
        '<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead>'
        "<tbody>{}</tbody></table>",
        title, _("What"), _("Bar"), unit or _("Value"), rows,
    )  # fmt: skip


def columns(points: Sequence[Point], *, title: type_str, unit: type_str = "") -> SafeString:
    """Return standing columns for a short course of time, labelled at both ends."""
    most = max((point.value or 0 for point in points), default=0) or 1
    step = WIDTH / max(len(points), 1)
    shapes = format_html_join(
        "",
        '<rect class="chart__column" x="{}" y="{}" width="{}" height="{}" rx="3"/>',
        (
            (_n(at * step + step * 0.15), _n(BASE - tall), _n(step * 0.7), _n(tall))
            for at, point in enumerate(points)
            for tall in [BASE * 0.92 * (point.value or 0) / most]
        ),
    )
    return _figure("chart", shapes, points, title=title, unit=unit)


def line(
    points: Sequence[Point],
    *,
    title: type_str,
    unit: type_str = "",
    reference: Point | None = None,
) -> SafeString:
    """Return a course over time; gaps stay gaps, ``reference`` is a dashed level with a name."""
    known = [point.value for point in points if point.value is not None]
    marks = [*known, *([reference.value] if reference and reference.value is not None else [])]
    low, high = min(marks, default=0), max(marks, default=1)
    span = (high - low) or 1
    path = _path(points, low, span)
    shapes = format_html('<path class="chart__line" d="{}"/>', path)
    if reference and reference.value is not None:
        y = _n(_y(reference.value, low, span))
        shapes = format_html('<path class="chart__ref" d="M0 {}H{}"/>{}', y, WIDTH, shapes)
    return _figure("chart", shapes, points, title=title, unit=unit, reference=reference)


def spark(points: Sequence[Point], *, title: type_str) -> SafeString:
    """Return a small course without axes; the first and the last value stand beneath in words."""
    known = [point for point in points if point.value is not None]
    if not known:
        return format_html('<p class="sm muted">{}</p>', _("Not observed yet"))
    values = [point.value or 0 for point in known]
    low, span = min(values), (max(values) - min(values)) or 1
    first, last = known[0], known[-1]
    label = f"{title}: {first.label} {_words(first.value)}, {last.label} {_words(last.value)}"
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><path class="spark__line" d="{}"/></svg>'
        '<p class="row row--between sm"><span class="muted">{} {}</span>'
        "<strong>{} {}</strong></p>",
        WIDTH, HEIGHT, label, _path(points, low, span),
        first.label, _words(first.value), last.label, _words(last.value),
    )  # fmt: skip


def share(points: Sequence[Point], *, title: type_str) -> SafeString:
    """Return parts of a whole as one stacked bar with a legend of amounts and percentages.

    At most six parts are told apart; colours repeat after that, the words do not.
    """
    whole = sum(point.value or 0 for point in points) or 1
    at, parts, legend = 0.0, [], []
    for place, point in enumerate(points):
        width = 100 * (point.value or 0) / whole
        parts.append((place % 6 + 1, _n(at), _n(width)))
        legend.append(
            (place % 6 + 1, point.label, _words(point.value), formats.percent(width / 100))
        )
        at += width
    shapes = format_html_join(
        "", '<rect class="part part--{}" x="{}" width="{}" height="8"/>', parts
    )
    items = format_html_join(
        "",
        '<li><span class="key part--{}"></span>{} <b class="num">{}</b> '
        '<span class="muted">{}</span></li>',
        legend,
    )  # fmt: skip
    return format_html(
        '<figure class="share"><figcaption>{}</figcaption><svg class="meter" viewBox="0 0 100 8" '
        'preserveAspectRatio="none" aria-hidden="true">{}</svg>'
        '<ul class="share__legend sm">{}</ul></figure>',
        title, shapes, items,
    )  # fmt: skip


def meter(value: float, *, colour: str = "", label: type_str = "") -> SafeString:
    """Return a share (0 to 1, clipped) as a bar; ``colour`` is red, amber, green or ""."""
    width = _n(100 * min(max(value, 0), 1))
    classes = f"meter meter--{colour}" if colour else "meter"
    named = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="{}" viewBox="0 0 100 8" preserveAspectRatio="none" {}>'
        '<rect width="{}" height="8"/></svg>',
        classes, SafeString(named), width,
    )  # fmt: skip


def heat(
    rows: Sequence[type_str],
    cols: Sequence[type_str],
    values: Sequence[Sequence[float | None]],
    *,
    title: type_str,
) -> SafeString:
    """Return a table whose cells are tinted in four levels; the number stands in each cell."""
    most = max((cell or 0 for row in values for cell in row), default=0) or 1
    head = format_html_join("", '<th scope="col">{}</th>', ((col,) for col in cols))
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (name, format_html_join("", '<td class="heat__{}">{}</td>',
                                    ((level(cell, most), _words(cell)) for cell in row)))
            for name, row in zip(rows, values, strict=True)
        ),
    )  # fmt: skip
    return format_html(
        '<div class="scroll" tabindex="0"><table class="table heat"><caption>{}</caption>'
        "<thead><tr><td></td>{}</tr></thead><tbody>{}</tbody></table></div>",
        title, head, body,
    )  # fmt: skip


def _figure(
    kind: str,
    shapes: SafeString,
    points: Sequence[Point],
    *,
    title: type_str,
    unit: type_str,
    reference: Point | None = None,
) -> SafeString:
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="end num">{}{}</td></tr>',
        ((point.label, _words(point.value), _note(point)) for point in points),
    )
    ends = (points[0].label, points[-1].label) if points else ("", "")
    told = (
        format_html("<span>{} {}</span>", reference.label, _words(reference.value))
        if reference
        else ""
    )
    return format_html(
        '<figure class="{}"><figcaption>{}{}</figcaption><svg viewBox="0 0 {} {}" '
        'preserveAspectRatio="none" aria-hidden="true">'
        '<path class="chart__base" d="M0 {}H{}"/>{}</svg>'
        '<p class="row row--between xs muted"><span>{}</span>{}<span>{}</span></p>'
        '<details class="chart__data"><summary>{}</summary><table class="table"><thead><tr>'
        '<th scope="col">{}</th><th scope="col" class="end">{}</th></tr></thead><tbody>{}</tbody>'
        "</table></details></figure>",
        kind, title, format_html(' <span class="muted">({})</span>', unit) if unit else "",
        WIDTH, HEIGHT, BASE, WIDTH, shapes, ends[0], told, ends[1], _("As a table"),
        _("When"), unit or _("Value"), rows,
    )  # fmt: skip


def _path(points: Sequence[Point], low: float, span: float) -> str:
    """Return an SVG path; a point that was not observed lifts the pen, one between two is a dot."""
    step = WIDTH / max(len(points) - 1, 1)
    words, drawing = [], False
    for place, point in enumerate(points):
        if point.value is None or not point.drawn:
            drawing = False
            continue
        x = place * step if point.at is None else point.at * WIDTH
        spot = f"{_n(x)} {_n(_y(point.value, low, span))}"
        words.append(f"L{spot}" if drawing else f"M{spot}h0")
        drawing = True
    return "".join(words)


def _y(value: float, low: float, span: float) -> float:
    return BASE - 16 - (BASE - 32) * (value - low) / span


def _bar(fraction: float) -> SafeString:
    return format_html(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="8"/></svg>',
        _n(100 * fraction),
    )
