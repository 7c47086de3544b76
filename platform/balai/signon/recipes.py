"""Ready configuration for programs that cities use; two of them are tested with real processes.

``<secret>`` stands where the secret goes: it is shown once and is not stored.
"""

from dataclasses import dataclass
from typing import Final

from allauth.idp.oidc.models import Client
from django.template.loader import render_to_string

from balai import context

SECRET: Final = "<secret>"  # noqa: S105  # a placeholder
NAMES: Final = {
    "django": "Django (mozilla-django-oidc 5)",
    "flask": "Flask (Authlib 1)",
    "keycloak": "Keycloak 26",
    "wordpress": "WordPress (OpenID Connect Generic 3.10)",
    "nextcloud": "Nextcloud (user_oidc)",
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """A program's name and what goes into its configuration."""

    slug: str
    name: str
    text: str


def of(client: Client, secret: str = SECRET) -> list[Recipe]:
    """Return the recipes for an app; public ones have only the browser's."""
    base = context.current_region().base_url
    first = next(iter(client.get_redirect_uris()), "")
    values = {
        "base": base, "client": client, "secret": secret, "redirect": first,
        "scope": " ".join(client.get_scopes()), "slug": context.current_region().slug,
    }  # fmt: skip
    names = NAMES if client.type == Client.Type.CONFIDENTIAL else {"browser": "oidc-client-ts 3"}
    return [
        Recipe(slug, name, render_to_string(f"signon/recipes/{slug}.txt", values).strip())
        for slug, name in names.items()
    ]
