"""The console's form for an app that signs people in."""

from typing import Any

from allauth.idp.oidc.models import Client
from django import forms
from django.utils.translation import gettext_lazy as _

from balai.signon import redirects, scopes
from balai.signon.clients import App
from balai.ui.fields import RichLabel

KINDS = [
    ("server", RichLabel(
        _("On a server"), _("It can keep a secret. Most are like this."), "server")),
    ("public", RichLabel(
        _("In a browser or on a phone"), _("It gets no secret; PKCE protects it."), "smartphone")),
]  # fmt: skip
SHARED = [(word, label) for word, label in scopes.OFFERED.items() if word != scopes.OPENID]


class ClientForm(forms.Form):
    """Name, kind, addresses, and what the app may learn."""

    name = forms.CharField(
        label=_("Name"), max_length=80,
        help_text=_("As citizens know it. It stands on the page that asks for their consent."),
        error_messages={"required": _("Write the app's name.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Where the app runs"), choices=KINDS, widget=forms.RadioSelect, initial="server"
    )
    redirect_uris = forms.CharField(
        label=_("Addresses after signing in"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "“Redirect URI” or “callback” in the app's documentation."
            " One a line, exactly as the app sends it."
        ),
        error_messages={"required": _("Write at least one address.")},
    )  # fmt: skip
    logout_uris = forms.CharField(
        label=_("Addresses after signing out"), widget=forms.Textarea(attrs={"rows": 2}),
        required=False, help_text=_("One a line. Leave it empty if the app has none."),
    )  # fmt: skip
    learns = forms.MultipleChoiceField(
        label=_("What it may learn of a person"), choices=SHARED, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what the service needs. Each person can leave something out."),
    )  # fmt: skip
    own = forms.BooleanField(
        label=_("It belongs to the city itself: do not ask each person for consent"),
        required=False,
        help_text=_("Only where the law lets the city use the data without asking."),
    )

    def __init__(self, *args: Any, client: Client | None = None, **kwargs: Any) -> None:
        if client is not None:
            kwargs.setdefault("initial", _initial(client))
        super().__init__(*args, **kwargs)
        if client is not None:
            del self.fields["kind"]
        self.public = client is not None and client.type == Client.Type.PUBLIC

    def clean_redirect_uris(self) -> list[str]:
        """Return the addresses; refuse wildcards, fragments and plain http."""
        return redirects.checked(self.cleaned_data["redirect_uris"])

    def clean_logout_uris(self) -> list[str]:
        """Return the addresses, by the same rules."""
        return redirects.checked(self.cleaned_data["logout_uris"])

    def app(self) -> App:
        """Return what was typed in."""
        told = self.cleaned_data
        return App(
            name=told["name"], redirect_uris=told["redirect_uris"],
            logout_uris=told["logout_uris"], scopes=told["learns"], own=told["own"],
            public=told["kind"] == "public" if "kind" in told else self.public,
        )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is stopped, for the audit log."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200,
        help_text=_("It is written into the audit log."),
        error_messages={"required": _("Write why.")},
    )  # fmt: skip


def _initial(client: Client) -> dict[str, Any]:
    return {
        "name": client.name, "redirect_uris": "\n".join(client.get_redirect_uris()),
        "logout_uris": "\n".join(client.get_post_logout_redirect_uris()),
        "learns": client.get_scopes(), "own": client.skip_consent,
    }  # fmt: skip
