"""Why it is known who made keys for programs (UU PDP 27/2022, articles 20 and 21)."""

from django.utils.translation import gettext_lazy as _

from balai.privacy.law import Basis
from balai.privacy.purpose import Purpose

PURPOSES = (
    Purpose(
        slug="api.keys",
        label=_("Keys for other programs"),
        text=_("Which officer made a key or an address to tell."),
        basis=Basis.PUBLIC,
        data=(_("The officer who made it"),),
        models=(
            "api.ApiKey",
            "api.WebhookEndpoint",
        ),
        retention=_("As long as the key; without a name once the account is deleted"),
    ),
)
