"""Reports as GeoJSON (RFC 7946): gathered for a map, or one by one for somebody's own use."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from balai.ui.formats import number
from modules.complaints.models import Complaint
from modules.complaints.selectors.clusters import Cluster
from modules.complaints.selectors.public_filters import Box
from modules.complaints.states import STATUSES

HAIR = 1e-6
"""Degrees (a tenth of a metre) by which a box is widened, so that rounding loses no report."""


def gathered(
    found: Iterable[Cluster], *, page: Callable[[UUID], str], within: Callable[[Box], str]
) -> dict[str, Any]:
    """Return clusters as a FeatureCollection for ``parts/cluster_map.html``.

    Args:
        page: gives the address of a single report.
        within: gives the address of the list of a box.
    """
    return {
        "type": "FeatureCollection",
        "features": [_gathered(cluster, page, within) for cluster in found],
    }


def _gathered(
    cluster: Cluster, page: Callable[[UUID], str], within: Callable[[Box], str]
) -> dict[str, Any]:
    told: dict[str, Any] = {"count": cluster.count}
    if cluster.uuid is not None:
        look = STATUSES[cluster.state]
        told |= {
            "title": cluster.title, "number": cluster.number, "url": page(cluster.uuid),
            "status": str(look.label), "colour": look.colour,
        }  # fmt: skip
    else:
        west, south, east, north = cluster.box
        wide = (west - HAIR, south - HAIR, east + HAIR, north + HAIR)
        told |= {"label": number(cluster.count), "box": cluster.box, "url": within(wide)}
    return _feature(cluster.longitude, cluster.latitude, told)


def single(report: Complaint, *, url: str) -> dict[str, Any]:
    """Return a public report as a Feature; one without a pin has no geometry (section 3.2)."""
    return {
        **_feature(
            report.longitude,
            report.latitude,
            {
                "number": report.number,
                "title": report.title,
                "state": report.state,
                "status": str(report.status.label),
                "category": report.category.slug,
                "category_label": report.category.label,
                "agency": report.agency.short_name if report.agency else None,
                "district": report.district.name if report.district else None,
                "area": report.area.name if report.area else None,
                "received_at": report.created_at.isoformat(),
                "resolved_at": report.resolved_at.isoformat() if report.resolved_at else None,
                "url": url,
            },
        ),
        "id": report.number,
    }


def _feature(
    longitude: float | None, latitude: float | None, properties: dict[str, Any]
) -> dict[str, Any]:
    known = longitude is not None and latitude is not None
    point = {
        "type": "Point",
        "coordinates": [round(longitude or 0, 6), round(latitude or 0, 6)],
    }
    return {"type": "Feature", "geometry": point if known else None, "properties": properties}
