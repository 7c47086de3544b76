"""The classes of endpoints (design.md section 8): what stays on is said of these, not of paths."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
MARK: Final = "endpoint_class"


class Endpoint(StrEnum):
    """What a route is for."""

    CITIZEN_READ = "citizen_read"  # pages anybody reads
    CITIZEN_SERVICE = "citizen_service"  # what a citizen sends to other modules: applications
    INTAKE = "intake"  # new reports
    STATUS = "status"  # following what was sent: receipts, questions, answers, unfollowing
    EMERGENCY = "emergency"  # 112, from the button to the crew
    ALERTS = "alerts"  # warnings to everybody: reading, subscribing, writing
    DESK = "desk"  # officers' handling of what came in
    PUBLISHING = "publishing"  # extras: putting out news, vacancies, prices, new apps
    CONSOLE = "console"  # the admins' pages
    EXPORT = "export"  # taking one's data along, a region's or a person's
    SIGN_IN = "sign_in"  # accounts, the second factor, single sign-on
    API_READ = "api_read"
    API_WRITE = "api_write"
    LIVE = "live"  # tokens for server-sent events
    FACE = "face"  # theme, icons, service worker: what any page is made of


def belongs(endpoint: Endpoint) -> Callable[[View], View]:
    """Say of one view which class it belongs to, where its place does not tell. Outermost."""

    def mark(view: View) -> View:
        setattr(view, MARK, endpoint)
        return view

    return mark
