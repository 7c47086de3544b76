"""Who may see a report's photos, and who may listen to what happens to reports."""

from typing import Any

from django.http import HttpRequest

from balai import files, live
from balai.files.models import StoredFile
from modules.complaints import access, rights
from modules.complaints.models import Photo
from modules.complaints.services.photos import PURPOSE
from modules.complaints.workflow import VERIFY


def may_see_photo(user: Any, file: StoredFile, request: HttpRequest) -> bool:
    """Tell whether a visitor may see a photo: everybody an approved one of a public report."""
    found = Photo.objects.filter(file=file).select_related("complaint").first()
    if found is None:
        return _may_see_original(user, file)
    report = found.complaint
    if found.approved_at and access.is_listed(report):
        return True
    return access.is_reporter(request, report) or rights.has(user, rights.DESK, report)


def _may_see_original(user: Any, file: StoredFile) -> bool:
    """Tell whether somebody may see a photo as it was before faces were covered: coordinators."""
    covered = Photo.objects.filter(original=file).select_related("complaint").first()
    return covered is not None and rights.has(user, VERIFY, covered.complaint)


def may_listen(user: Any, topic: str) -> bool:
    """Tell whether somebody may hear that something happened; the event carries ids only."""
    return bool(user is not None and user.is_authenticated and user.has_perm(rights.DESK))


files.policy(PURPOSE, may_see_photo)
live.topic_policy("complaints.", may_listen)
