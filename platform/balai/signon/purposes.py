"""Why the region tells other apps who somebody is (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.person import Person
from balai.privacy.purpose import Purpose
from balai.signon import grants


def _active(person: Person) -> bool:
    return person.user is not None and bool(grants.mine(person.user))


def _withdraw(person: Person) -> None:
    for grant in grants.mine(person.user) if person.user else []:
        grants.take_back(grant=grant)


PURPOSES = (
    Purpose(
        slug=grants.PURPOSE,
        label=_("Signing in to other apps of the city"),
        text=_("An app that you connect learns who you are, as far as you allow it."),
        basis=Basis.CONSENT,
        data=(_("A reference made for this app"), _("Name, address or number if you allow it")),
        models=("signon.Grant", "allauth_idp_oidc.Token", "allauth_idp_oidc.Client"),
        retention=_("Until you disconnect the app or delete your account"),
        recipients=(_("The app you connect"),),
        version="1",
        consequence=_(
            "All apps are disconnected at once. They ask you again when you return; what they"
            " stored about you stays with them."
        ),
        active=_active,
        withdraw=_withdraw,
    ),
)
