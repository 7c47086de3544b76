"""What several pages need."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from balai.files.models import StoredFile
from balai.files.variants import VARIANTS
from balai.ui import boundaries, maps
from modules.partners.models import Share
from modules.partners.selectors import reach, shares
from modules.partners.services.reading import Opened


def share_or_404(request: HttpRequest, reference: UUID) -> Share:
    """Return a share within the visitor's reach; to others it does not exist."""
    rows = reach.of_user(request.user).select_related(
        "cooperation__partner", "proposed_by", "approved_by", "rule"
    )
    found = shares.one(rows, reference)
    if found is None:
        raise Http404
    return found


def place_map(opened: Opened) -> str:
    """Return a small map of a case's position if it is told; "" without one or boundaries."""
    told = next((one.text for one in opened.details if one.key == "position"), "")
    if not told:
        return ""
    latitude, _comma, longitude = told.partition(", ")
    point = (float(latitude), float(longitude))
    return maps.point_map(point, boundaries.area_values({}), title=_("Place of the case"))


def photo(opened: Opened, file: UUID) -> HttpResponseBase:
    """Send a photo of an opened case; Http404 for any other file. The view says never_cache."""
    if file not in opened.photos:
        raise Http404
    stored = StoredFile.objects.filter(uuid=file).first()
    if stored is None:
        raise Http404
    size = VARIANTS["large"]
    try:
        data = default_storage.open(size.path(stored.purpose, stored.uuid))
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(data, content_type=size.content_type, headers=headers)
