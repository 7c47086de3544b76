"""The provider's addresses, at the root: discovery is fixed by OpenID Connect Discovery 1.0.

Namespaces ``idp:oidc`` are those that allauth's own views look up.
"""

from django.urls import include, path

from balai.signon.views.authorize import Authorize
from balai.signon.views.protocol import Configuration, Jwks, Logout, Revoke, Tokens, UserInfo

oidc = [
    path(".well-known/openid-configuration", Configuration.as_view(), name="configuration"),
    path(".well-known/jwks.json", Jwks.as_view(), name="jwks"),
    path("identity/o/authorize", Authorize.as_view(), name="authorization"),
    path("identity/o/logout", Logout.as_view(), name="logout"),
    path("identity/o/api/token", Tokens.as_view(), name="token"),
    path("identity/o/api/userinfo", UserInfo.as_view(), name="userinfo"),
    path("identity/o/api/revoke", Revoke.as_view(), name="revoke"),
]
app_name = "idp"
urlpatterns = [path("", include((oidc, "oidc")))]
