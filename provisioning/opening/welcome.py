"""The mail that says: your site is open."""

from typing import Any

from django.utils import translation

from balai.accounts.models import User
from balai.accounts.services import make_signin_link
from balai.context import region_context
from provisioning.models import Opening
from provisioning.opening.made import region_of
from provisioning.signup import mail


def send(opening: Opening) -> dict[str, Any]:
    """Mail the first admin where the site is and how to sign in.

    No sign-in link travels by mail: the address is proved already, so a code at the sign-in
    page is enough, and the page of the steps gives a link that works once.
    """
    region = region_of(opening)
    with translation.override(opening.language), region_context(region):
        context = {"region": region.name, "site": region.base_url}
    mail.send("welcome", opening, context | {"resume": mail.resume_url(opening)})
    return {}


def signin_link(opening: Opening) -> str:
    """Return a link that signs the first admin in once and leads to the console."""
    with region_context(region_of(opening)):
        user = User.objects.get(email=opening.email)
        return make_signin_link(user, next="/console/")
