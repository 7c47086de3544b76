"""What the live room's tables hold."""

from balai.classify import table

TABLES = {
    "Screen": table(
        none="id uuid name created_at expires_at revoked_at last_seen_at",
        ordinary="created_by",
        about="officers",
    ),
}
