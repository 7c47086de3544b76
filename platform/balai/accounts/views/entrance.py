"""Ways in by a link: the one-time sign-in link and the invitation."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai import context
from balai.accounts import roles, signin_links
from balai.accounts.members import invitations
from balai.accounts.models import User


class AcceptForm(forms.Form):
    """The name of somebody who had no account."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )


@never_cache
@require_http_methods(["GET", "POST"])
def signin_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show whom the link signs in; sign in on POST, so that mail scanners do not use it up."""
    try:
        if request.method == "GET":
            link = signin_links.read(token)
            return render(request, "accounts/signin_link.html", {"link": link})
        link = signin_links.use(token)
    except signin_links.LinkError:
        return _bad_link(request)
    return _sign_in(request, link.user, link.next)


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is offered; create the account and give the role on POST."""
    if context.region_or_none() is None:
        return _bad_link(request)
    try:
        offer = invitations.read(token)
        form = AcceptForm(request.POST or None, initial={"name": offer.name})
        if request.method == "GET" or not form.is_valid():
            shown = {"invitation": offer, "role": roles.get(offer.role), "form": form}
            status = 422 if form.is_bound else 200
            return render(request, "accounts/invitation.html", shown, status=status)
        user = invitations.accept(token=token, name=form.cleaned_data["name"])
    except invitations.InvitationError:
        return _bad_link(request)
    return _sign_in(request, user, "")


def _bad_link(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/bad_link.html", status=410)


def _sign_in(request: HttpRequest, user: User, target: str) -> HttpResponse:
    # By allauth's stages, so that a second factor is asked for. Who holds the link was trusted
    # with it; the address needs no further proof.
    record_authentication(request, user, method="link")
    login = Login(user=user, redirect_url=target or None, email_verification="none")
    response: HttpResponse = perform_login(request, login)
    return response
