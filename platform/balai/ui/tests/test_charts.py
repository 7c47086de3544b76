"""Charts: every number in words, nothing unescaped, no inline style."""

import re

import pytest

from balai.ui import charts
from balai.ui.charts import Point
from balai.ui.squares import Box, squarify

EVIL = '<script>alert("x")</script>'
POINTS = [Point(EVIL, 3), Point("B", None), Point("C", 12.5, EVIL)]


def every_chart():
    return {
        "bars": charts.bars(POINTS, title=EVIL, unit=EVIL),
        "columns": charts.columns(POINTS, title=EVIL, unit=EVIL),
        "line": charts.line(POINTS, title=EVIL, unit=EVIL, reference=Point(EVIL, 9)),
        "spark": charts.spark(POINTS, title=EVIL),
        "share": charts.share(POINTS, title=EVIL),
        "heat": charts.heat([EVIL], [EVIL, "b"], [[1, None]], title=EVIL),
        "treemap": charts.treemap(
            [Point(EVIL, 9, EVIL, "/x/?a=<b>"), *POINTS], title=EVIL, unit=EVIL
        ),
        "meter": charts.meter(0.4, label=EVIL),
    }


@pytest.mark.parametrize("kind", every_chart())
def test_everything_is_escaped_and_styled_by_class_only(english, kind):
    html = every_chart()[kind]
    assert "<script" not in html
    assert not re.search(r"\sstyle=|\son\w+=", html)


@pytest.mark.parametrize("kind", ["bars", "columns", "line"])
def test_the_numbers_stand_in_a_table_and_missing_ones_are_not_zero(english, kind):
    html = every_chart()[kind]
    assert html.count('<th scope="row">') == 3
    assert "not observed" in html
    assert "12.5" in html


@pytest.mark.parametrize(
    "draw", [charts.bars, charts.columns, charts.line, charts.share, charts.treemap]
)
def test_no_points_are_no_error(draw):
    assert "<svg" in draw([], title="Empty") or "<table" in draw([], title="Empty")


def test_a_gap_lifts_the_pen():
    html = charts.line([Point("a", 1), Point("b", None), Point("c", 3), Point("d", 4)], title="x")
    path = re.search(r'chart__line" d="([^"]+)"', html)[1]
    assert path.count("M") == 2
    assert path.count("L") == 1


def test_days_take_their_room_and_what_is_told_but_not_drawn_is_a_gap():
    old = Point("b", 2, "H-1", at=0.1, drawn=False)
    points = [Point("a", 1, at=0), old, Point("c", 3, at=0.25), Point("d", 4, at=1)]
    html = charts.line(points, title="x")
    path = re.search(r'chart__line" d="([^"]+)"', html)[1]
    assert re.findall(r"[ML]([\d.]+) ", path) == ["0", "160", "640"]
    assert "H-1" in html


def test_a_spark_without_values_says_so(english):
    assert "Not observed yet" in charts.spark([Point("a", None)], title="x")


@pytest.mark.parametrize(("value", "width"), [(-1, "0"), (0.5, "50"), (7, "100")])
def test_a_meter_stays_in_its_frame(value, width):
    assert f'<rect width="{width}" height="8"/>' in charts.meter(value)


@pytest.mark.parametrize(
    ("value", "expected"), [(None, 0), (0, 0), (1, 1), (50, 2), (67, 3), (100, 3)]
)
def test_levels(value, expected):
    assert charts.level(value, 100) == expected


def test_shares_add_up():
    html = charts.share([Point("a", 1), Point("b", 3)], title="x")
    assert [float(w) for w in re.findall(r'width="([\d.]+)" height="8"', html)] == [25, 75]


@pytest.mark.parametrize("values", [[1], [6, 6, 4, 3, 2, 2, 1], [1000, 1], [7] * 40])
def test_a_treemap_fills_its_frame_in_proportion_without_overlap(values):
    frame = Box(0, 0, 600, 400)
    boxes = squarify(values, frame)
    scale = 600 * 400 / sum(values)
    assert [box.width * box.height for box in boxes] == pytest.approx([v * scale for v in values])
    for at, one in enumerate(boxes):
        assert -1e-6 <= one.x <= one.x + one.width <= 600 + 1e-6
        assert -1e-6 <= one.y <= one.y + one.height <= 400 + 1e-6
        for other in boxes[at + 1 :]:
            wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert min(wide, high) < 1e-6


def test_a_treemap_of_the_paper_has_rectangles_near_to_squares():
    """The example of Bruls, Huizing, van Wijk (2000), figure 4: 6 by 4, first two stand 3 by 2."""
    boxes = squarify([6, 6, 4, 3, 2, 2, 1], Box(0, 0, 6, 4))
    assert [round(n, 2) for n in boxes[0]] == [0, 0, 3, 2]
    assert [round(n, 2) for n in boxes[1]] == [0, 2, 3, 2]
    assert max(max(b.width / b.height, b.height / b.width) for b in boxes[:-1]) < 2


def test_a_treemap_links_numbers_and_lists_what_cannot_be_drawn(english):
    points = [Point("Roads", 75, url="/roads/"), Point("Parks", 25), Point("None", None)]
    html = charts.treemap(points, title="Money", words=lambda value: f"Rp{value:.0f}")
    assert html.count("<rect") == 2
    assert '<a href="/roads/" aria-label="1. Roads: Rp75">' in html
    assert "75.0%" in html
    assert html.count('<th scope="row">') == 3
    assert "not observed" in html
