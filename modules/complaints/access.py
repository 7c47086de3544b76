"""Who may open a report: everybody a public one, the reporter theirs, officers at the desk.

A browser that showed a report's secret remembers it in a signed cookie of its own. Nothing is
kept on the server, so that an account is never tied to a report that was sent without a name.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from balai import signing
from modules.complaints import conf, rights
from modules.complaints.models import Complaint

COOKIE = "balai_reports"
MAX_REPORTS = 20
MAX_AGE = 180 * 24 * 3600
SALT = "complaints.opened"


def opened(request: HttpRequest) -> frozenset[UUID]:
    """Return the reports this browser has opened with their secret."""
    return frozenset(_read(request))


def remember(request: HttpRequest, response: HttpResponseBase, report: UUID) -> None:
    """Let this browser open the report again, until it is closed."""
    known = [report, *(other for other in _read(request) if other != report)][:MAX_REPORTS]
    value = signing.dumps([other.hex for other in known], salt=SALT)
    response.set_cookie(
        COOKIE, value, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def is_reporter(request: HttpRequest, complaint: Complaint) -> bool:
    """Tell whether the visitor sent the report, as far as anybody can know."""
    user: Any = request.user
    own = user.is_authenticated and complaint.reporter_id == user.pk
    return bool(own or complaint.uuid in opened(request))


def is_listed(complaint: Complaint) -> bool:
    """Tell whether everybody may read the report."""
    return complaint.is_public and conf.current().public_list


def is_tombstone(complaint: Complaint) -> bool:
    """Tell whether a report was emptied that was not secret: its page says so to everybody."""
    emptied = complaint.erased_at is not None and not complaint.secret
    return emptied and conf.current().public_list


def can_open(request: HttpRequest, complaint: Complaint) -> bool:
    """Tell whether the visitor may read the report at all."""
    return (
        is_listed(complaint)
        or is_tombstone(complaint)
        or is_reporter(request, complaint)
        or rights.has(request.user, rights.DESK, complaint)
    )


def _read(request: HttpRequest) -> list[UUID]:
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
        return [UUID(hex=item) for item in known]
    except (signing.BadSignature, ValueError):
        return []
