"""A region as a client of the platform's provider: made when it is first needed."""

from typing import Final

from allauth.idp.oidc.models import Client
from django.contrib.auth.hashers import make_password
from django.db import transaction

from balai import audit, context, secrets
from balai.signon import keys
from balai.signon.hashers import RandomSecretHasher

SCOPES: Final = ("openid", "profile", "email")
PREFIX: Final = "region-"


def client_id(region: context.Region) -> str:
    """Return what a region is called at the platform's provider."""
    return f"{PREFIX}{region.schema}"


def secret() -> str:
    """Return the active region's secret: derived from its key (128 bits), so never stored."""
    return secrets.digest("client", purpose="signon.roaming").hex()


def ensure(callback: str) -> str:
    """Make the active region a client that may be answered at ``callback``; return its id.

    One query when nothing has changed. A new main address or a new key of the region is followed.
    """
    region, mine = context.current_region(), secret()
    with context.platform():
        row = Client.objects.filter(pk=client_id(region)).first()
        if row is None or row.redirect_uris != callback or not row.check_secret(mine):
            _keep(region, callback, mine)
    return client_id(region)


@transaction.atomic
def _keep(region: context.Region, callback: str, mine: str) -> None:
    keys.ensure()
    row, made = Client.objects.update_or_create(
        pk=client_id(region),
        defaults={
            "name": region.name[:100], "redirect_uris": callback, "scopes": "\n".join(SCOPES),
            "default_scopes": SCOPES[0], "grant_types": "authorization_code",
            "response_types": "code", "skip_consent": True, "allow_uri_wildcards": False,
            "secret": make_password(mine, hasher=RandomSecretHasher.algorithm),
        },
    )  # fmt: skip
    audit.record(
        action="signon.region_registered" if made else "signon.region_changed",
        target=row.pk, after={"callback": callback},
    )  # fmt: skip
