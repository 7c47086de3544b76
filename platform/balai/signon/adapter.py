"""Our side of allauth's provider: issuer, keys, subjects of a region's own, or the platform's."""

from collections.abc import Iterable
from typing import Any, Final, Literal
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.internal.private_keys import filter_keys
from allauth.idp.oidc.models import Client, PrivateKey

from balai import context
from balai.accounts.models import User
from balai.accounts.signin_links import base_url
from balai.signon import grants, keys
from balai.signon.models import Grant
from balai.signon.scopes import CLAIMS

LOCALES: Final = {"id": "id-ID", "en": "en"}


class SignOnAdapter(DefaultOIDCAdapter):
    """A provider per region, and one of the platform."""

    def get_issuer(self) -> str:
        """Return the site's own address, a region's or the apex, whatever host was asked."""
        return base_url()

    def list_private_keys(
        self, *, did_activate: Literal[True] | None = None, is_active: Literal[True] | None = None
    ) -> list[PrivateKey]:
        """Return the region's keys: old and new ones while they are rotated."""
        found: list[PrivateKey] = filter_keys(
            keys.current(), did_activate=did_activate, is_active=is_active
        )
        return found

    def hash_token(self, token: str) -> str:
        """Return what is stored of a token: with the region, so that a copied row opens nothing."""
        return str(super().hash_token(context.namespaced(token)))

    def get_user_sub(self, client: Client, user: User) -> str:
        """Return what the app calls the person; "" for somebody who is not connected."""
        grant = grants.of(user, client) if user.is_authenticated else None
        return grant.subject.hex if grant else ""

    def get_user_by_sub(self, client: Client, sub: str) -> User | None:
        """Return who the app calls ``sub``, while they allow it and may sign in."""
        try:
            subject = UUID(sub)
        except ValueError:
            return None
        found = Grant.objects.select_related("user").filter(client=client, subject=subject)
        grant = found.exclude(scopes="").first()
        return grant.user if grant and grant.user.is_active else None

    def get_claims(
        self,
        purpose: Literal["id_token", "userinfo"],
        user: User,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Return what the scopes allow. Never a NIK, a role or our own key of the person."""
        told: dict[str, Any] = {
            "sub": self.get_user_sub(client, user),
            "name": user.name or None,
            "locale": LOCALES.get(user.language, user.language),
        }
        if user.email and "email" in scopes:
            verified = EmailAddress.objects.filter(user=user, email=user.email, verified=True)
            told |= {"email": user.email, "email_verified": verified.exists()}
        if user.phone:
            told |= {"phone_number": user.phone, "phone_number_verified": user.phone_verified}
        names = {name for scope in scopes for name in CLAIMS.get(scope, ())}
        return {name: value for name, value in told.items() if name in names and value is not None}
