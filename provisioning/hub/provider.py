"""The platform as OpenID Connect provider: a code only for whom a region let in."""

from allauth.idp.oidc.models import Client
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from balai.accounts.models import User
from balai.signon.roaming.clients import PREFIX
from balai.signon.views.authorize import Authorize
from provisioning.hub import selectors, services


class PlatformAuthorize(Authorize):
    """The kernel's endpoint, closed to all but partners' people with a second factor.

    ``_give`` is the only way to a code, so the checks stand there. The region checks its own
    record once more: what the platform believes alone opens nothing.
    """

    _client: Client

    def _give(self, request: HttpRequest, given: list[str]) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return refused(request)
        schema = self._client.pk.removeprefix(PREFIX)
        access = selectors.access_to(user, schema)
        if access is None:
            return refused(request)
        if user.lacks_second_factor:
            query = urlencode({"next": reverse("provisioning:regions")})
            return redirect(f"{reverse('account:second-factor')}?{query}")
        services.note_use(access)
        return super()._give(request, given)


def refused(request: HttpRequest) -> HttpResponse:
    """Say that the region does not let the person in, and lead to those that do."""
    return render(request, "provisioning/hub/refused.html", status=403)
