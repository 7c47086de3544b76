"""Maps: shapes where boundaries are known, tiles where not; the geometry beneath both."""

import math
import re

import pytest
from hypothesis import given, strategies as st

from balai.ui import geometry, maps, tiles
from balai.ui.maps import AreaValue, Pin

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[106, -7], [107, -7], [107, -6], [106, -6], [106, -7]]],
}
EAST = {
    "type": "MultiPolygon",
    "coordinates": [[[[107, -7], [108, -7], [108, -6], [107, -6], [107, -7]]]],
}
DRAWN = [AreaValue("1", "Barat", 3, SQUARE), AreaValue("2", "<Timur>", 9, EAST, url="/x/?a=1&b=2")]
centres = st.tuples(st.floats(-11, 6), st.floats(95, 141))


def test_shapes_carry_tint_number_and_name(english):
    html = maps.area_map(DRAWN, title="Open", selected="2")
    assert html.count("<path") == 2
    assert "map__l3 is-selected" in html
    assert "&lt;Timur&gt;" in html
    assert 'href="/x/?a=1&amp;b=2"' in html
    assert 'aria-label="Open: &lt;Timur&gt; 9, Barat 3"' in html
    assert "style=" not in html


def test_north_is_up_and_east_is_right():
    html = maps.area_map(DRAWN, title="Open")
    places = [
        tuple(map(float, at))
        for at in re.findall(r'class="map__n" x="([\d.]+)" y="([\d.]+)"', html)
    ]
    assert places[0][0] < places[1][0]
    assert places[0][1] == places[1][1]


def test_pins_stand_in_their_area(english):
    html = maps.area_map(
        DRAWN, title="x", pins=[Pin(-6.5, 106.5, "Lamp"), Pin(-6.5, 107.5, "Truck", kind="unit")]
    )
    assert re.search(r'class="map__pin" cx="1\d\d', html)
    assert re.search(r'class="map__unit" cx="4\d\d', html)
    assert "<title>Lamp</title>" in html


def test_without_boundaries_there_are_tiles():
    areas = [AreaValue(str(n), f"Kecamatan {n}", n) for n in range(7)]
    html = maps.area_map(areas, title="x")
    assert html.count("<rect") == 7
    assert "<path" not in html


def test_one_missing_boundary_makes_all_of_them_tiles():
    assert maps.area_map([DRAWN[0], AreaValue("3", "C", 1)], title="x").count("<rect") == 2


def test_no_areas_is_no_error():
    assert "<svg" in maps.area_map([], title="x")


@given(st.lists(centres, min_size=1, max_size=60))
def test_no_two_tiles_share_a_cell(places):
    cells = tiles.arrange([(str(n), place) for n, place in enumerate(places)])
    assert len(set(cells)) == len(places)
    assert min(row for _, row in cells) == 0


def test_tiles_keep_the_compass():
    areas = [("N", (-6.0, 106.5)), ("S", (-7.0, 106.5)), ("W", (-6.5, 106.0)), ("E", (-6.5, 107.0))]
    cells = dict(zip("NSWE", tiles.arrange(areas), strict=True))
    assert cells["N"][1] < cells["S"][1]
    assert cells["W"][0] < cells["E"][0]


def test_without_centres_tiles_follow_the_alphabet():
    assert tiles.arrange([("B", None), ("A", None)]) == [(1, 0), (0, 0)]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Cipondoh", ["Cipondoh"]),
        ("Karang Tengah", ["Karang Tengah"]),
        ("Sungai Raya Dalam Timur", ["Sungai Raya", "Dalam Timur"]),
        ("Abcdefghijklmnopqrstu", ["Abcdefghijkl…"]),
    ],
)
def test_names_fit_their_tile(name, lines):
    assert tiles.wrapped(name) == lines


def test_a_straight_line_needs_two_points():
    assert geometry.simplified([(0, 0), (1, 0.001), (2, 0)], 0.01) == [(0, 0), (2, 0)]
    assert geometry.simplified([(0, 0), (1, 1), (2, 0)], 0.01) == [(0, 0), (1, 1), (2, 0)]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=3, max_size=80))
def test_simplifying_moves_no_point_farther_than_allowed(line):
    kept = geometry.simplified(line, 2.0)
    assert kept[0] == line[0]
    assert kept[-1] == line[-1]
    for point in line:
        assert (
            min(geometry._distance(point, a, b) for a, b in zip(kept, kept[1:], strict=False))
            <= 2.0001
        )


def test_a_projection_keeps_proportions():
    flat = geometry.fit([(106, -7), (107, -6)], 640, 480, 10)
    west, north = flat.flat(106, -6)
    east, south = flat.flat(107, -7)
    assert (east - west) / (south - north) == pytest.approx(math.cos(math.radians(6.5)))
    assert 0 <= west < east <= 640


def test_the_middle_of_a_square_and_of_a_line():
    assert geometry.middle([(0, 0), (4, 0), (4, 4), (0, 4)]) == (2, 2)
    assert geometry.middle([(0, 0), (2, 0)]) == (1, 0)


@pytest.mark.parametrize(
    "shape",
    [None, {}, {"type": "Point", "coordinates": [1, 2]}, {"type": "Feature", "geometry": None}],
)
def test_what_is_no_area_has_no_rings(shape):
    assert list(geometry.rings(shape)) == []


def test_rings_of_a_collection():
    both = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": shape} for shape in (SQUARE, EAST)],
    }
    assert len(list(geometry.rings(both))) == 2
