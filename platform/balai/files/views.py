"""Serve a stored file to who may see it."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from balai.files import policies
from balai.files.models import StoredFile
from balai.files.variants import VARIANTS

PUBLIC = "public, max-age=300"
PRIVATE = "private, no-cache"
LOCKED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
def media(request: HttpRequest, uuid: UUID, variant: str) -> HttpResponseBase:
    """Send the file after asking its policy; to others it does not exist.

    What is private stays in the browser's cache, and even from there is shown only after
    the policy was asked again.
    """
    file = get_object_or_404(StoredFile, uuid=uuid)
    size = VARIANTS.get(variant)
    if size is None or not policies.allows(request.user, file, request):
        raise Http404
    tag = f'"{file.uuid.hex}-{size.name}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _content(size.path(file.purpose, file.uuid), size.content_type)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = PUBLIC if policies.is_public(file.purpose) else PRIVATE
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not policies.is_public(file.purpose):
        patch_vary_headers(response, ["Cookie"])
    return response


def _content(path: str, content_type: str) -> FileResponse:
    try:
        opened = default_storage.open(path)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(opened, content_type=content_type)
