"""What the tables of messages and followers hold."""

from balai.classify import left_out, table

TABLES = {
    "Message": table(
        none="id channel template language status attempts error dedupe_key created_at sent_at",
        ordinary="recipient",
        # What a waiting message says may be a code; a sent one's is forgotten anyway.
        keys={"context": {}},
        about="citizens, officers",
    ),
    "PushDevice": left_out(
        "A browser's subscription is bound to this address and its key; it subscribes anew.",
        none="id uuid language created_at failures",
        ordinary="user endpoint endpoint_hash",
        keys="p256dh auth",
        about="citizens",
    ),
    "Subscription": table(
        none="id subject language confirmed_at created_at",
        ordinary="user email device",
        sealed={"token": ""},
        rows="device_id IS NULL",
        about="citizens",
    ),
}
