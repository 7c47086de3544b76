"""Discovery, tokens, user info and signing out: what programs and browsers call."""

from datetime import timedelta
from typing import Any, Final

from allauth.account.internal.decorators import login_not_required
from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client, Token
from allauth.idp.oidc.views import JwksView, LogoutView, RevokeView, TokenView, UserInfoView
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import View

from balai.accounts.signin_links import base_url
from balai.signon import scopes
from balai.signon.logout_form import LogoutForm
from balai.signon.views.guarding import Guarded
from balai.signon.views.onward import onward

SPENT: Final = "signon.spent"
REMEMBERED: Final = 30 * 24 * 3600  # seconds: as long as a refresh token lives
GRACE: Final = timedelta(seconds=10)
"""Two workers of an app may send the same refresh token at once; later it is a stolen one."""
LIFE: Final = 3600  # seconds that discovery may be kept


@method_decorator(login_not_required, name="dispatch")
class Configuration(View):
    """``/.well-known/openid-configuration`` (OpenID Connect Discovery 1.0): what is true here."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """Return the provider's metadata; every address is at the region's own host."""
        base = base_url()
        endpoints = {
            "authorization_endpoint": "authorization", "token_endpoint": "token",
            "userinfo_endpoint": "userinfo", "jwks_uri": "jwks",
            "revocation_endpoint": "revoke", "end_session_endpoint": "logout",
        }  # fmt: skip
        data: dict[str, Any] = {
            "issuer": base,
            **{key: f"{base}{reverse(f'idp:oidc:{name}')}" for key, name in endpoints.items()},
            "scopes_supported": list(scopes.OFFERED),
            "claims_supported": [name for names in scopes.CLAIMS.values() for name in names],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic", "client_secret_post", "none",
            ],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "login", "consent"],
            "ui_locales_supported": ["id", "en"],
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
        }  # fmt: skip
        headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": f"max-age={LIFE}"}
        return JsonResponse(data, headers=headers)


class Jwks(JwksView):
    """The public halves of the region's keys: the old and the new one while they are rotated."""


class Tokens(Guarded, TokenView):
    """The token endpoint; a refresh token that comes back after its use ends what it began.

    RFC 9700 section 4.14.2: whoever sends a used refresh token, or whoever used it, stole it.
    """

    @transaction.atomic
    def post(self, request: HttpRequest) -> HttpResponse:
        """Give tokens for a code or a refresh token."""
        sent = request.POST.get("refresh_token", "")
        if request.POST.get("grant_type") != "refresh_token" or not sent:
            answer: HttpResponse = super().post(request)
            return answer
        hashed = get_adapter().hash_token(sent)
        # Locked, so that of two requests with one token the second finds it gone.
        row = Token.objects.select_for_update().filter(type="rt", hash=hashed).first()
        response: HttpResponse = super().post(request)
        key = f"{SPENT}:{hashed}"
        if row is not None and response.status_code == 200:
            spent = (row.client_id, row.user_id, timezone.now())
            cache.set(key, spent, timeout=REMEMBERED)
        elif row is None and (found := cache.get(key)):
            client, user, when = found
            if timezone.now() - when > GRACE:
                Token.objects.filter(client_id=client, user_id=user).delete()
        return response


class UserInfo(Guarded, UserInfoView):
    """What the scopes of an access token allow to know."""


class Revoke(Guarded, RevokeView):
    """End a token (RFC 7009)."""


class Logout(Guarded, LogoutView):
    """Sign out of the app and, when the person says so, of the city (RP-Initiated Logout 1.0)."""

    form_class = LogoutForm
    template_name = "signon/logout.html"

    def _handle(self, form: Any, op_logout: bool) -> HttpResponse:
        client: Client | None = form.cleaned_data["client"]
        response = super()._handle(form, op_logout)
        return onward(self.request, response, client.name if client else "")

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say that the address to go back to is not one of the app's."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 400
        return response
