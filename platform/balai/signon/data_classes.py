"""What the tables of sign-on hold."""

from balai.classify import left_out, table

TABLES = {
    "SigningKey": left_out(
        "The private key that signs for this address; the next one makes its own.",
        none="id created_at not_before expires_at",
        keys="sealed",
    ),
    "Grant": table(
        none="id client asked scopes given_at used_at", ordinary="user subject", about="citizens"
    ),
}
