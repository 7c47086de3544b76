"""An alert's area on the region's map, drawn by the server; the list of names says the same."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balai.ui.boundaries import area_values, shapes
from balai.ui.maps import area_map
from modules.emergency import drawing


def draw(
    codes: Collection[str], polygons: Iterable[Any] = (), circles: Iterable[Any] = ()
) -> SafeString:
    """Return the map with the kecamatan ``codes`` marked and the drawn shapes over them.

    Args:
        polygons: rings of [latitude, longitude].
        circles: [latitude, longitude, kilometres].
    """
    areas = area_values({shape["code"]: None for shape in shapes()})
    rings: list[Sequence[Any]] = [*polygons, *(drawing.ring_of(tuple(item)) for item in circles)]
    over = [[(lng, lat) for lat, lng in ring] for ring in rings]
    return area_map(areas, title=_("Where it holds"), selected=codes, rings=over)
