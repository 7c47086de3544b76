"""Signing in, one's own account, invitations; mounted at /accounts/ on every host."""

from django.urls import include, path

from balai.accounts import views
from balai.accounts.views import entrance

own = [
    path("", views.me, name="me"),
    path("second-factor/", views.second_factor, name="second-factor"),
    path("sign-out-everywhere/", views.sign_out_everywhere, name="sign-out-everywhere"),
    path("link/<str:token>/", entrance.signin_link, name="signin-link"),
    path("invitation/<str:token>/", entrance.invitation, name="invitation"),
]

urlpatterns = [
    path("", include((own, "account"))),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
]
