"""One sign-on: an existing app of the city signs citizens in with their Balai account.

OpenID Connect by ``allauth.idp.oidc``, a provider per region: issuer, keys, clients and tokens
live in the region's schema and are worth nothing elsewhere. docs/sign-on.md, ADR 9.
"""
