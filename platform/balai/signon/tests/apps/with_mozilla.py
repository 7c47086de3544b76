"""An app that signs people in with mozilla-django-oidc, as our recipe says."""

import os

import common
import django
from django.conf import settings

settings.configure(
    **{**common.SETTINGS, "MIDDLEWARE": [
        *common.SETTINGS["MIDDLEWARE"],
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]},
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
        "mozilla_django_oidc",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DB"]}},
    AUTHENTICATION_BACKENDS=["__main__.Backend"],
    LOGIN_REDIRECT_URL="/",
    OIDC_RP_CLIENT_ID=common.CLIENT_ID,
    OIDC_RP_CLIENT_SECRET=common.SECRET,
    OIDC_RP_SIGN_ALGO="RS256",
    OIDC_RP_SCOPES=common.SCOPE,
    OIDC_USE_PKCE=True,
    OIDC_OP_AUTHORIZATION_ENDPOINT=f"{common.BASE}/identity/o/authorize",
    OIDC_OP_TOKEN_ENDPOINT=f"{common.BASE}/identity/o/api/token",
    OIDC_OP_USER_ENDPOINT=f"{common.BASE}/identity/o/api/userinfo",
    OIDC_OP_JWKS_ENDPOINT=f"{common.BASE}/.well-known/jwks.json",
)  # fmt: skip
django.setup()

from typing import Any  # noqa: E402  # Django must be set up before what follows

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: E402
from django.urls import include, path  # noqa: E402
from mozilla_django_oidc.auth import OIDCAuthenticationBackend  # noqa: E402


class Backend(OIDCAuthenticationBackend):
    """People are found by what the city calls them, not by an address that may change."""

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return "sub" in claims

    def filter_users_by_claims(self, claims: dict[str, Any]) -> Any:
        return User.objects.filter(username=claims["sub"])

    def create_user(self, claims: dict[str, Any]) -> User:
        return User.objects.create_user(claims["sub"], first_name=claims.get("name", ""))


def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not user.is_authenticated:
        return HttpResponse(common.page("Aplikasi B"))
    return HttpResponse(common.page("Aplikasi B", user.username, user.first_name))


def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/oidc/authenticate/")


urlpatterns = [
    path("", home),
    path("masuk", sign_in),
    path("oidc/", include("mozilla_django_oidc.urls")),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    common.serve(get_wsgi_application())
