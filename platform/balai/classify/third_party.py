"""What the tables of apps that are not ours hold: sessions, allauth."""

from typing import Final

from balai.classify.declaring import RANDOM, Table, left_out, table

TABLES: Final[dict[str, Table]] = {
    "sessions.Session": left_out(
        "Sessions are worth something on this server only; people sign in anew.",
        none="expire_date",
        ordinary="session_data",
        keys="session_key",
        about="citizens, officers",
    ),
    "account.EmailAddress": table(
        none="id verified primary", ordinary="user email", about="citizens, officers"
    ),
    "account.EmailConfirmation": left_out(
        "Codes on their way; they expire within minutes.",
        none="id created sent",
        ordinary="email_address",
        keys="key",
        about="citizens, officers",
    ),
    "mfa.Authenticator": left_out(
        "Second factors are bound to this server's address and keys; people set them up anew.",
        none="id type created_at last_used_at",
        ordinary="user",
        keys="data",
        about="citizens, officers",
    ),
    "allauth_idp_oidc.Client": table(
        none="id name scopes default_scopes type grant_types redirect_uris cors_origins"
        " allow_uri_wildcards response_types skip_consent created_at data",
        ordinary="owner",
        keys={"secret": RANDOM},
        about="officers",
    ),
    "allauth_idp_oidc.Token": left_out(
        "Tokens of other apps; they fetch new ones at the new address.",
        none="id type client data created_at expires_at scopes",
        ordinary="user",
        keys="hash",
        about="citizens, officers",
    ),
}
