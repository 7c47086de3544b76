"""What the audit log holds: who did what, with values redacted before they are stored."""

from balai.classify import table

TABLES = {
    "Entry": table(
        none="seq at action target request_id prev_hash hash",
        ordinary="actor_uuid actor_label before after reason",
        about="citizens, officers, operators",
    ),
}
