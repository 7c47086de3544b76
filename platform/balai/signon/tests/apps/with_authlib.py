"""An app that signs people in with Authlib: discovery, PKCE, refresh, signing out."""

from urllib.parse import urlencode

import common
import django
from django.conf import settings

settings.configure(
    **common.SETTINGS,
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    AUTHLIB_OAUTH_CLIENTS={
        "balai": {"client_id": common.CLIENT_ID, "client_secret": common.SECRET}
    },
)
django.setup()

from authlib.integrations.django_client import OAuth  # noqa: E402  # Django must be set up
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402

oauth = OAuth()
oauth.register(
    "balai",
    server_metadata_url=f"{common.BASE}/.well-known/openid-configuration",
    client_kwargs={"scope": common.SCOPE, "code_challenge_method": "S256"},
)


def home(request: HttpRequest) -> HttpResponse:
    person = request.session.get("person", {})
    return HttpResponse(common.page("Aplikasi A", person.get("sub", ""), person.get("name", "")))


def sign_in(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = oauth.balai.authorize_redirect(request, f"{common.HOME}cb")
    return response


def callback(request: HttpRequest) -> HttpResponse:
    token = oauth.balai.authorize_access_token(request)
    told = oauth.balai.userinfo(token=token)
    if told["sub"] != token["userinfo"]["sub"]:
        return HttpResponse("subjects differ", status=500)
    request.session["person"] = {"sub": told["sub"], "name": told["name"]}
    request.session["refresh"], request.session["hint"] = token["refresh_token"], token["id_token"]
    return HttpResponseRedirect("/")


def refresh(request: HttpRequest) -> HttpResponse:
    sent = request.session["refresh"]
    token = oauth.balai.fetch_access_token(grant_type="refresh_token", refresh_token=sent)
    request.session["refresh"] = token["refresh_token"]
    told = oauth.balai.userinfo(token=token)
    return JsonResponse({"rotated": token["refresh_token"] != sent, "sub": told["sub"]})


def sign_out(request: HttpRequest) -> HttpResponse:
    hint = request.session.get("hint", "")
    request.session.flush()
    query = urlencode({"id_token_hint": hint, "post_logout_redirect_uri": common.HOME})
    end = oauth.balai.load_server_metadata()["end_session_endpoint"]
    return HttpResponseRedirect(f"{end}?{query}")


urlpatterns = [
    path("", home),
    path("masuk", sign_in),
    path("cb", callback),
    path("refresh", refresh),
    path("keluar", sign_out),
]

if __name__ == "__main__":
    common.serve(get_wsgi_application())
