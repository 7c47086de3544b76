"""What a request says, as a hash: the same words and files give the same value."""

import hashlib
from collections.abc import Iterable

from django.http import HttpRequest

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def of(request: HttpRequest, *, ignore: Iterable[str]) -> str:
    """Return the hash of method, path, fields and files.

    Args:
        ignore: fields that differ between two sendings of the same thing.
    """
    digest = hashlib.sha256(f"{request.method} {request.path}\0".encode())
    if request.content_type not in FORMS:
        digest.update(request.body)
        return digest.hexdigest()
    for name in sorted(set(request.POST) - set(ignore)):
        for value in request.POST.getlist(name):
            digest.update(f"{name}\0{value}\0".encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(f"{name}\0{file.size}\0".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()
