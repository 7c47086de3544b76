"""A large file as a download that goes on where it broke off (RFC 9110, section 14)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

BLOCK: Final = 256 * 1024
ONE: Final = re.compile(r"bytes=(\d*)-(\d*)\Z")


def response(request: HttpRequest, path: Path, *, tag: str, name: str) -> HttpResponseBase:
    """Return the whole file, or the one range that was asked for.

    Args:
        tag: what tells this content from any other, for If-Range.
        name: under which the browser keeps it.
    """
    size = path.stat().st_size
    wanted = _wanted(request, size, f'"{tag}"')
    if wanted is not None and wanted[0] >= size:
        refused = HttpResponse(status=416)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    first, last = wanted or (0, size - 1)
    body = StreamingHttpResponse(_blocks(path, first, last), content_type="application/zip")
    if wanted is not None:
        body.status_code = 206
        body.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    body.headers["Content-Length"] = str(last - first + 1)
    body.headers["Accept-Ranges"] = "bytes"
    body.headers["ETag"] = f'"{tag}"'
    body.headers["Cache-Control"] = "private, no-store"
    body.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    body.headers["X-Content-Type-Options"] = "nosniff"
    return body


def begins(request: HttpRequest) -> bool:
    """Tell whether this request is the beginning of a download, not its continuation."""
    match = ONE.match(request.headers.get("Range", ""))
    return request.method == "GET" and (match is None or match[1] in {"", "0"})


def _wanted(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """Return first and last byte; None: the whole file (also for what we need not understand)."""
    match = ONE.match(request.headers.get("Range", ""))
    if match is None or request.headers.get("If-Range", tag) != tag:
        return None
    start, end = match.groups()
    if not start:
        return (max(0, size - int(end)), size - 1) if end and int(end) else None
    if end and int(end) < int(start):
        return None
    return int(start), min(int(end) if end else size - 1, size - 1)


def _blocks(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with path.open("rb") as file:
        file.seek(first)
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
