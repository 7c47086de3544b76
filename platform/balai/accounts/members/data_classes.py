"""What the tables of roles and invitations hold."""

from balai.classify import RANDOM, table

TABLES = {
    "Membership": table(
        none="id role agency valid_until created_at", ordinary="user", about="officers"
    ),
    "Invitation": table(
        none="id uuid role agency valid_until created_at expires_at accepted_at revoked_at",
        ordinary="email phone name invited_by",
        keys={"token_hash": RANDOM},
        about="officers",
    ),
}
