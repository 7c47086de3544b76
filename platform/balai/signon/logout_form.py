"""Where somebody goes after signing out: only to an address that the app registered."""

from typing import Any

from allauth.idp.oidc.forms import RPInitiatedLogoutForm
from django import forms
from django.utils.translation import gettext as _


class LogoutForm(RPInitiatedLogoutForm):
    """allauth's parameters; addresses are compared letter by letter, as those of signing in.

    allauth would also take any address at the host of a redirect URI when none is registered.
    """

    def clean(self) -> dict[str, Any] | None:
        """Keep the address if it is registered (RP-Initiated Logout 1.0, section 3)."""
        wanted = self.cleaned_data.get("post_logout_redirect_uri")
        self.cleaned_data["post_logout_redirect_uri"] = ""
        cleaned: dict[str, Any] | None = super().clean()
        client = (cleaned or {}).get("client")
        if cleaned and wanted and client:
            if wanted not in client.get_post_logout_redirect_uris():
                raise forms.ValidationError(
                    {"post_logout_redirect_uri": _("This address is not registered.")}
                )
            cleaned["post_logout_redirect_uri"] = wanted
        return cleaned
