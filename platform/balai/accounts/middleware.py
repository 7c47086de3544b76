"""Two doors before the views: limits over all regions, and the second factor."""

from collections.abc import Callable
from typing import Any, Final

from allauth.core.ratelimit import respond_429
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from balai.accounts import limits, second_factor

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Where a code, a password or a token is guessed or sent: counted over all regions by IP address.
ENTRANCES: Final = frozenset(
    {
        "account_login", "account_signup", "account_confirm_login_code", "account_verify_phone",
        "account_email_verification_sent", "account_reset_password",
        "account_confirm_password_reset_code", "account_reauthenticate", "mfa_authenticate",
        "mfa_login_webauthn", "mfa_reauthenticate", "signin-link", "invitation",
    }
)  # fmt: skip
PRIVILEGED: Final = ("/desk/", "/console/", "/operator/")


class GlobalLimitMiddleware:
    """Answer 429 to an address that tries entrances of many regions."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the work is in ``process_view``."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        """Count attempts at entrances."""
        match = request.resolver_match
        if request.method != "POST" or match is None or match.url_name not in ENTRANCES:
            return None
        allowed = limits.allow_ip("entrance.ip", request)
        return None if allowed else respond_429(request)


class SecondFactorMiddleware:
    """Lead people with privileges to their second factor before their pages open."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the work is in ``process_view``."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        """Redirect from desks, console and operators' pages; the rights rest until then anyway."""
        if not request.path.startswith(PRIVILEGED) or not second_factor.enforced():
            return None
        user: Any = request.user
        if not user.is_authenticated or not user.needs_second_factor:
            return None
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('account:second-factor')}?{query}")
