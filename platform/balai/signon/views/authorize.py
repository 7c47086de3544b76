"""The authorization endpoint: sign in, agree once, go back to the app (OpenID Connect Core 3.1)."""

from typing import Any, Final

from allauth.idp.oidc.forms import AuthorizationForm
from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.internal.oauthlib.utils import convert_response, extract_params
from allauth.idp.oidc.models import Client
from allauth.idp.oidc.views import AuthorizationView, _ClientHttpResponseRedirect, _enforce_csrf
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from oauthlib.oauth2.rfc6749 import errors  # type: ignore[import-untyped]  # ships no types
from oauthlib.openid.connect.core.exceptions import (  # type: ignore[import-untyped]  # as above
    ConsentRequired,
)

from balai import signing
from balai.signon import clients, grants, scopes
from balai.signon.views.guarding import Guarded
from balai.signon.views.onward import onward

SALT: Final = "signon.request"
PATIENCE: Final = 1800  # seconds that somebody may look at the consent page


class Authorize(Guarded, AuthorizationView):
    """allauth's endpoint with consent that is remembered, and PKCE for everybody.

    Beyond allauth: apps that were stopped are refused; ``code_challenge_method`` must be S256
    (RFC 9700 2.1.1); ``prompt=none`` needs the person's consent to *this* app; what is signed
    into the form is bound to region and person.
    """

    template_name = "signon/consent.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the sign-in, ask for consent, or go on with the one that is remembered."""
        stopped = self._stopped(request)
        if stopped:
            return stopped
        response: HttpResponse | None = self._checked(request) or self._login_required(request)
        if response:
            return response
        client = self._client
        wanted = self._request_info["request"].scopes
        given = grants.remembered(request.user, client, wanted)  # type: ignore[arg-type]  # signed in
        if given is not None and "consent" not in self._prompts:
            return self._give(request, given)
        if "none" in self._prompts:
            refusal = ConsentRequired(request=self._request_info["request"])
            answer: HttpResponse = _ClientHttpResponseRedirect(refusal.in_uri(refusal.redirect_uri))
            return answer
        page: HttpResponse = self.render_to_response(self.get_context_data(form=self.get_form()))
        return page

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the person's decision; a request that an app posts becomes one by GET."""
        token = request.POST.get("request")
        if not token:
            where = f"{reverse('idp:oidc:authorization')}?{request.POST.urlencode()}"
            return HttpResponseRedirect(where)
        response: HttpResponse | None = self._login_required(request) or _enforce_csrf(request)
        if response:
            return response
        try:
            person, self._scopes, self._request_info = signing.loads(
                token, salt=SALT, max_age=PATIENCE
            )
        except signing.BadSignature:
            return refused(request)
        self._client = Client.objects.filter(pk=self._request_info["client_id"]).first()
        if person != str(request.user.uuid) or self._client is None:  # type: ignore[union-attr]  # signed in
            return refused(request)
        if clients.is_disabled(self._client):
            return refused(request, self._client)
        if request.POST.get("action") != "grant":
            return onward(request, self._respond_with_access_denied(), self._client.name)
        given = [word for word in self._scopes if word in request.POST.getlist("scopes")]
        return self._give(request, scopes.ordered(given))

    def get_form(self, form_class: Any = None) -> AuthorizationForm:
        """Return the consent form; what was asked for travels in it, signed."""
        info = {name: self._plain(told) for name, told in self._request_info.items()}
        info.pop("request")
        asked = [str(self.request.user.uuid), self._scopes, info]
        return AuthorizationForm(
            user=self.request.user, requested_scopes=self._scopes,
            initial={"request": signing.dumps(asked, salt=SALT)},
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return who asks and what for."""
        return {
            "client": self._client, "form": kwargs["form"],
            "always": scopes.OFFERED[scopes.OPENID],
            "asked": [
                (word, scopes.OFFERED[word]) for word in scopes.ordered(self._scopes)
                if word != scopes.OPENID
            ],
        }  # fmt: skip

    def _stopped(self, request: HttpRequest) -> HttpResponse | None:
        """Refuse an app that was stopped on a page of ours: nobody is sent there any more."""
        client = Client.objects.filter(pk=request.GET.get("client_id", "")[:100]).first()
        return refused(request, client) if client and clients.is_disabled(client) else None

    def _checked(self, request: HttpRequest) -> HttpResponse | None:
        """Look at the request; return the answer to a wrong one."""
        self._prompts = set(request.GET.get("prompt", "").split())
        try:
            found = get_server().validate_authorization_request(*extract_params(request))
            self._scopes, self._request_info = found
            checked = self._request_info["request"]
            if not request.GET.get("code_challenge"):
                raise errors.MissingCodeChallengeError(request=checked)
            if request.GET.get("code_challenge_method") != "S256":
                raise errors.UnsupportedCodeChallengeMethodError(request=checked)
        except errors.FatalClientError as error:
            return render(request, "idp/oidc/error.html", {"error": error}, status=400)
        except errors.OAuth2Error as error:
            answer: HttpResponse = _ClientHttpResponseRedirect(error.in_uri(error.redirect_uri))
            return answer
        self._client = Client.objects.get(pk=self._request_info["client_id"])
        return None

    def _give(self, request: HttpRequest, given: list[str]) -> HttpResponse:
        """Remember the decision and send the person back with a code."""
        user: Any = request.user
        grants.give(user=user, client=self._client, asked=self._scopes, given=given)
        grants.note_use(user, self._client)
        credentials = {"user": user, **self._request_info}
        credentials.pop("request", None)
        headers, body, status = get_server().create_authorization_response(
            *extract_params(request), scopes=given, credentials=credentials
        )
        return onward(request, convert_response(headers, body, status), self._client.name)

    @staticmethod
    def _plain(value: Any) -> Any:
        return sorted(value) if isinstance(value, set) else value


def refused(request: HttpRequest, client: Client | None = None) -> HttpResponse:
    """Return the page for a request that leads nowhere: a stopped app, or too old a form."""
    page = {"client": client, "stopped": client is not None}
    return render(request, "idp/oidc/error.html", page, status=400)
