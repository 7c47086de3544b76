"""Charts: every number in words, nothing unescaped, no inline style."""

import re

import pytest

from balai.ui import charts
from balai.ui.charts import Point

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


@pytest.mark.parametrize("draw", [charts.bars, charts.columns, charts.line, charts.share])
def test_no_points_are_no_error(draw):
    assert "<svg" in draw([], title="Empty") or "<table" in draw([], title="Empty")


def test_a_gap_lifts_the_pen():
    html = charts.line([Point("a", 1), Point("b", None), Point("c", 3), Point("d", 4)], title="x")
    path = re.search(r'chart__line" d="([^"]+)"', html)[1]
    assert path.count("M") == 2
    assert path.count("L") == 1


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
