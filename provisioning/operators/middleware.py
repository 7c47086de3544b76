"""What a visitor's session may do in a region, asked anew at every request."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from balai import audit, context
from balai.modules import registry
from balai.ui.errors import page
from provisioning.operators import visits
from provisioning.operators.visits import Visit

KEY: Final = "visit"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
END: Final = "support:end"

CLOSED: Final = ("/accounts/", "/api/", "/desk/")
"""Never open to a visitor: an account of one's own, programs' doors, cases."""
ALWAYS: Final = frozenset({END, "account_logout", "ui:hide-banner", "ui:language"})
"""What a visitor may send whatever the consent says."""
QUIET: Final = frozenset({"themes", "ui", "live"})
"""The frame's own files: looking at them tells nothing."""
CONSOLE: Final = "/console/"
WRITTEN: Final = frozenset(
    {"directory_console", "notify_console", "tenants_console", "themes_console", "workcal_console"}
)
"""What consent to change covers, beside modules' settings. Not people, keys, imports, consents,
exports, nor the site's life; what is not named is closed."""
READ: Final = WRITTEN | {
    "accounts_console", "api_console", "audit_console", "provisioning_console", "sharing_console",
    "signon_console", "support_console",
}  # fmt: skip
SHOWN: Final = (
    "text/html", "text/css", "text/javascript", "application/javascript", "image/", "font/",
    "application/manifest+json", "text/event-stream",
)  # fmt: skip
"""Pages and what they are made of. Whatever else there is could be taken away."""


class VisitMiddleware:
    """End a visit at its minute, refuse what is not a visitor's, write down what they see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; a download is refused even where a page offers it."""
        reference = _reference(request)
        if not reference:
            return self.get_response(request)
        visit = visits.live(reference)
        if visit is None:
            logout(request)
            visits.end(uuid=reference, by="system")
            return page(request, 403, text=_("The visit has ended. Ask the region's admins anew."))
        request.visit = visit  # type: ignore[attr-defined]  # read by the pages' frame
        response = self.get_response(request)
        if _is_download(response):  # not closed here: that would end the request's connection
            return page(request, 403, text=_("Nothing can be taken along from a visit."))
        return response

    def process_view(self, request: HttpRequest, *_args: Any) -> HttpResponseBase | None:
        """Refuse what is not a visitor's, and record the rest before it is done."""
        visit: Visit | None = getattr(request, "visit", None)
        match = request.resolver_match
        if visit is None or match is None:
            return None
        if not _allowed(request, visit):
            return page(request, 403, text=_("This is not open to a visitor."))
        changes = request.method not in SAFE
        if changes or not QUIET & set(match.namespaces):
            audit.record(
                action="visit.changed" if changes else "visit.looked",
                target=f"{match.view_name} {visit.uuid}",
            )
        return None


def _reference(request: HttpRequest) -> Any:
    """Return the visit of the session, "" without; a request without a session asks nothing."""
    if context.region_or_none() is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return request.session.get(KEY, "")


def _allowed(request: HttpRequest, visit: Visit) -> bool:
    match = request.resolver_match
    if match is None or match.view_name in ALWAYS:
        return match is not None
    if request.path.startswith(CLOSED):
        return False
    looks = request.method in SAFE
    if not request.path.startswith(CONSOLE):
        return looks
    return (looks or visit.may_change) and _open(match.namespaces, READ if looks else WRITTEN)


def _open(namespaces: list[str], named: frozenset[str]) -> bool:
    """Tell whether a console page is among the named ones, or a module's settings."""
    name = namespaces[0] if namespaces else ""
    return name in named or registry.get(name.removesuffix("_console")) is not None


def _is_download(response: HttpResponseBase) -> bool:
    if response.status_code >= 300:
        return False
    named = response.get("Content-Disposition", "").startswith("attachment")
    return named or not response.get("Content-Type", "text/html").startswith(SHOWN)
