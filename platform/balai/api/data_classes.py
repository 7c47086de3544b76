"""What the tables of programs' keys and webhooks hold."""

from balai.classify import RANDOM, left_out, table

TABLES = {
    "ApiKey": table(
        none="id name prefix scopes per_minute created_at expires_at revoked_at last_used_at usage",
        ordinary="created_by",
        keys={"digest": RANDOM},
        about="officers",
    ),
    "WebhookEndpoint": table(
        none="id uuid name topics generation active failures created_at",
        ordinary="created_by",
        sealed={"url": ""},  # its path is often what lets one in
        about="officers",
    ),
    "WebhookDelivery": left_out(
        "Deliveries in hand; they name events, which stay behind, too.",
        none="id uuid endpoint event_id topic body status attempts answer error created_at next_at"
        " delivered_at",
    ),
}
