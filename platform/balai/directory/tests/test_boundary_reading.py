import json

import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry import shape

from balai.directory.boundaries import MAX_FEATURES, BadFileError, finishing, matching, reading
from balai.directory.tests.geojson import collection, feature, square

SHAPE = square(0, 0)
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[106.6, -6.2], [106.7, -6.1], [106.7, -6.2], [106.6, -6.1], [106.6, -6.2]]],
}  # fmt: skip


def refused(geometry, **options) -> str:
    shapes, problems = reading.read(collection(feature(geometry, name="Cikokol")), **options)
    assert shapes == []
    assert [(problem.row, problem.name, problem.fatal) for problem in problems] == [
        (1, "Cikokol", True)
    ]
    return str(problems[0].text)


@pytest.fixture(autouse=True)
def english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    "content",
    [
        b"", b"not json", b"\xff\xfe", b"[]", b'"x"', b"null", b"[" * 100_000,
        b'{"type": "Topology"}',
        b'{"type": "FeatureCollection"}', b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "FeatureCollection", "features": {"0": 1}}',
        b'{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[NaN, 1]]]}}'[:60],
    ],
)  # fmt: skip
def test_a_file_that_is_no_geojson_is_refused_as_a_whole(content):
    with pytest.raises(BadFileError):
        reading.read(content)


def test_nan_and_infinity_are_no_coordinates():
    with pytest.raises(BadFileError):
        reading.read(collection(feature(SHAPE)).replace(b"106.6,", b"NaN,"))


def test_another_coordinate_system_is_refused_by_name():
    with pytest.raises(BadFileError, match="WGS84"):
        reading.read(collection(feature(SHAPE), crs={"properties": {"name": "EPSG:32748"}}))
    for known in ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"):
        shapes, _ = reading.read(collection(feature(SHAPE), crs={"properties": {"name": known}}))
        assert len(shapes) == 1


def test_size_and_number_are_limited(monkeypatch):
    with pytest.raises(BadFileError, match="5,000"):
        reading.read(collection(*[feature(None)] * (MAX_FEATURES + 1)))
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(BadFileError, match="10 MB"):
        reading.read(collection(feature(SHAPE)))


def test_each_bad_feature_is_told_by_its_row_and_leaves_the_others_alone():
    shapes, problems = reading.read(
        collection(
            feature(SHAPE, name="A"), feature({"type": "Point", "coordinates": [1, 2]}, name="B"),
            "nonsense", feature(SHAPE, name="C"), feature(None, name="D"),
        )
    )  # fmt: skip
    assert [entry.row for entry in shapes] == [1, 4]
    assert [(problem.row, problem.name) for problem in problems] == [(2, "B"), (3, ""), (5, "D")]


def test_what_can_be_wrong_with_a_feature():
    assert "no area" in refused({"type": "LineString", "coordinates": [[106, -6], [107, -6]]})
    assert "cannot be read" in refused({"type": "Polygon", "coordinates": [[["a", "b"]]]})
    assert "cannot be read" in refused({"type": "Polygon"})
    assert "cannot be read" in refused({"type": "Polygon", "coordinates": [[[106, -6], [107, -6]]]})
    assert "empty" in refused({"type": "Polygon", "coordinates": []})
    line = [[106.6, -6.2], [106.7, -6.2], [106.8, -6.2], [106.6, -6.2]]
    assert "no area" in refused({"type": "Polygon", "coordinates": [line]})


def test_metres_swapped_axes_and_other_countries_are_told_apart():
    def moved(x, y):
        ring = [[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y]]
        return {"type": "Polygon", "coordinates": [ring]}

    assert "metres" in refused(moved(683_000, 9_316_000))
    assert "swapped" in refused(moved(-6.2, 106.6))
    assert "outside Indonesia" in refused(moved(4.8, 52.3))
    shapes, problems = reading.read(collection(feature(moved(4.8, 52.3))), bounds=None)
    assert len(shapes) == 1
    assert problems == []


def test_broken_outlines_are_mended_and_wound_as_the_standard_says():
    shapes, problems = reading.read(collection(feature(BOW_TIE), feature(SHAPE)))
    assert problems == []
    mended = shapes[0].geometry
    assert mended.is_valid
    assert mended.geom_type == "MultiPolygon"
    for part in shapely.get_parts([entry.geometry for entry in shapes]):
        assert part.exterior.is_ccw


def test_height_is_dropped_and_a_byte_order_mark_ignored():
    high = {
        "type": "Polygon",
        "coordinates": [[[*point, 12.5] for point in SHAPE["coordinates"][0]]],
    }
    shapes, _ = reading.read(b"\xef\xbb\xbf" + collection(feature(high)))
    assert not shapes[0].geometry.has_z


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["type", "coordinates", "geometry", "properties", "name"]), inner
    ),
    max_leaves=12,
)  # fmt: skip
geometries = st.builds(
    lambda kind, coordinates: {"type": kind, "coordinates": coordinates},
    st.sampled_from(["Polygon", "MultiPolygon", "Point", "GeometryCollection"]),
    json_values,
)


@settings(max_examples=100, deadline=None)
@given(json_values | st.lists(geometries, max_size=3))
def test_no_file_breaks_the_reader(value):
    body = {"type": "FeatureCollection", "features": value}
    if isinstance(value, list):
        body["features"] = [feature(entry) if isinstance(entry, dict) else entry for entry in value]
    try:
        shapes, problems = reading.read(json.dumps(body).encode())
    except BadFileError:
        return
    assert len(shapes) + len(problems) == len(body["features"])
    assert all(entry.geometry.is_valid and entry.geometry.area for entry in shapes)


def test_neighbours_keep_their_common_border_and_islands_are_joined():
    wavy = [[106.60 + n / 5000, -6.2 + (n % 2) / 150_000] for n in range(51)]
    south = [*wavy, [106.61, -6.25], [106.60, -6.25], [106.60, -6.2]]
    north = [*reversed(wavy), [106.60, -6.15], [106.61, -6.15], [106.61, wavy[-1][1]]]
    rows = [
        feature({"type": "Polygon", "coordinates": [south]}, code="36.71.01.1001"),
        feature({"type": "Polygon", "coordinates": [north]}, code="36.71.01.1002"),
        feature(square(60, 0), code="36.71.01.1001"),
    ]
    shapes, problems = reading.read(collection(*rows))
    assert problems == []
    known = [matching.Known(f"36.71.01.100{n}", f"Desa {n}") for n in (1, 2)]
    matches, _ = matching.match(shapes, known, level="village")
    made = finishing.finish(matches)
    below, above = (shape(made[f"36.71.01.100{n}"].geometry) for n in (1, 2))
    assert below.geom_type == "MultiPolygon"
    whole = sum(shapely.get_num_coordinates(entry.geometry) for entry in shapes)
    assert shapely.get_num_coordinates([below, above]).sum() < whole
    main = max(shapely.get_parts(below), key=lambda part: part.area)
    assert shapely.intersection(main, above).area < 1e-9
    assert main.distance(above) == 0
    for place in made.values():
        assert shape(place.geometry).contains(shapely.Point(place.longitude, place.latitude))


def test_nothing_matched_is_nothing_made():
    assert finishing.finish([]) == {}
