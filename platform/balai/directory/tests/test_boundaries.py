import pytest
from django.core.exceptions import ValidationError

from balai.directory import locate, selectors, services
from balai.directory.models import Area, BoundaryImport
from balai.directory.tests.geojson import centre, collection, feature, square, villages

pytestmark = pytest.mark.usefixtures("in_region")


def prepare(content, level="village"):
    return services.prepare_boundaries(content=content, file_name="batas.geojson", level=level)


def drawn() -> int:
    return Area.objects.filter(boundary__isnull=False).count()


def test_a_draft_changes_nothing_until_it_is_applied():
    draft = prepare(villages())
    assert draft.state == "draft"
    assert drawn() == 0
    assert services.apply_boundaries(draft=draft) == 104 + 13
    assert drawn() == 117
    cikokol = Area.objects.get(code="36.71.01.1005")
    latitude, longitude = centre("36.71.01.1005")
    assert abs(cikokol.latitude - latitude) < 1e-4
    assert abs(cikokol.longitude - longitude) < 1e-4


def test_a_kecamatan_is_drawn_from_its_villages_only_when_all_are_there():
    services.apply_boundaries(draft=prepare(villages(only="36.71.01")))
    assert Area.objects.get(code="36.71.01").boundary is not None
    assert Area.objects.filter(kind="district", boundary__isnull=False).count() == 1


def test_bad_features_are_kept_as_problems_with_their_row():
    draft = prepare(
        collection(
            feature(square(0, 0), code="36.71.01.1001"),
            feature(square(1, 0), name="Atlantis"),
            feature({"type": "Point", "coordinates": [106, -6]}, name="Titik"),
        )
    )
    assert list(draft.features) == ["36.71.01.1001"]
    assert [(p["row"], p["name"], p["fatal"]) for p in draft.problems] == [
        (2, "Atlantis", True), (3, "Titik", True),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"x", collection(feature(square(0, 0), name="Atlantis"))])
def test_a_file_without_any_area_of_the_region_is_refused(content):
    with pytest.raises(ValidationError):
        prepare(content)
    assert not BoundaryImport.objects.exists()


def test_undo_gives_back_what_was_there_one_upload_after_the_other():
    first = prepare(collection(feature(square(0, 0), code="36.71.01.1001")))
    services.apply_boundaries(draft=first)
    before = Area.objects.get(code="36.71.01.1001").boundary
    second = prepare(
        collection(
            feature(square(5, 5), code="36.71.01.1001"), feature(square(6, 5), code="36.71.01.1002")
        )
    )
    services.apply_boundaries(draft=second)
    with pytest.raises(ValidationError):
        services.undo_boundaries(applied=first)
    services.undo_boundaries(applied=second)
    assert Area.objects.get(code="36.71.01.1001").boundary == before
    assert Area.objects.get(code="36.71.01.1002").boundary is None
    assert selectors.latest_import() == first
    services.undo_boundaries(applied=first)
    assert drawn() == 0
    assert Area.objects.filter(latitude__isnull=False).count() == 0
    assert selectors.latest_import() is None


def test_a_draft_is_applied_or_thrown_away_once():
    draft = prepare(villages(only="36.71.01"))
    services.apply_boundaries(draft=draft)
    for again in (services.apply_boundaries, services.discard_boundaries):
        with pytest.raises(BoundaryImport.DoesNotExist):
            again(draft=draft)
    other = prepare(villages(only="36.71.02"))
    services.discard_boundaries(draft=other)
    assert drawn() == len([1 for _ in Area.objects.filter(code__startswith="36.71.01")])


def test_only_the_last_uploads_are_kept():
    for _ in range(5):
        services.apply_boundaries(draft=prepare(villages(only="36.71.01")))
    assert BoundaryImport.objects.count() == 3


def test_a_point_is_placed_in_its_village_with_two_queries(django_assert_num_queries):
    services.apply_boundaries(draft=prepare(villages()))
    point = centre("36.71.01.1005")
    locate.locate(*point)
    with django_assert_num_queries(2):
        area = locate.locate(*point)
        assert (area.code, area.parent.name) == ("36.71.01.1005", "Tangerang")
    assert locate.locate(-6.9, 107.6) is None


def test_a_point_is_placed_in_its_kecamatan_where_villages_are_not_drawn():
    services.apply_boundaries(
        draft=prepare(collection(feature(square(0, 0), code="36.71.01")), level="district")
    )
    assert locate.locate(-6.195, 106.605).code == "36.71.01"


def test_outside_is_only_told_when_the_whole_region_is_drawn():
    assert locate.locate(-6.195, 106.605) is None
    assert locate.outside_region(-6.9, 107.6) is None
    services.apply_boundaries(draft=prepare(villages(only="36.71.01")))
    assert locate.outside_region(-6.9, 107.6) is None
    assert locate.outside_region(*centre("36.71.01.1001")) is False
    services.apply_boundaries(draft=prepare(villages()))
    assert locate.outside_region(-6.9, 107.6) is True
    assert locate.outside_region(*centre("36.71.13.1001")) is False


def test_just_beside_the_boundary_counts_as_inside():
    services.apply_boundaries(draft=prepare(villages()))
    # The southern edge of the grid lies at -6.20: 0.0004 degrees is about 45 m, 0.002 is 220 m.
    assert locate.outside_region(-6.2004, 106.605) is False
    assert locate.outside_region(-6.2020, 106.605) is True


def test_an_undone_upload_places_nothing_any_more():
    draft = prepare(villages())
    services.apply_boundaries(draft=draft)
    assert locate.locate(*centre("36.71.01.1001"))
    services.undo_boundaries(applied=draft)
    assert locate.locate(*centre("36.71.01.1001")) is None


def test_boundaries_of_one_region_place_nothing_in_another(region, other_region):
    from balai.context import region_context

    services.apply_boundaries(draft=prepare(villages()))
    point = centre("36.71.01.1001")
    assert locate.locate(*point)
    with region_context(other_region):
        assert locate.locate(*point) is None
        assert locate.outside_region(*point) is None
    assert locate.locate(*point)


def test_many_points_are_placed_with_one_query(django_assert_num_queries):
    from balai.directory.models import Area

    area = Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("code").first()
    ring = [[106.6, -6.2], [106.61, -6.2], [106.61, -6.19], [106.6, -6.19], [106.6, -6.2]]
    area.boundary = {"type": "Polygon", "coordinates": [ring]}
    area.save(update_fields=["boundary"])
    locate.locate(-6.195, 106.605)
    with django_assert_num_queries(1):
        found = locate.finder()
        assert [found.area_id(-6.195, 106.605), found.area_id(-6.9, 107.6)] == [area.pk, None]
        # Only one kecamatan is drawn: nobody can say that a point is outside.
        assert not found.outside(-6.9, 107.6)
