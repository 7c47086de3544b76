"""What the tables of partners hold: agreements, and which cases were shown to whom."""

from balai.classify import table

TABLES = {
    "Partner": table(none="id uuid slug short_name name kind tasks active sample api_key"),
    "Cooperation": table(
        none="id uuid partner basis number signed_on starts_on ends_on purpose categories areas"
        " fields acknowledge_days document_key document_name ended_at ended_reason sample",
        ordinary="contacts",
        about="partners' staff",
    ),
    "Seat": table(none="id partner since until", ordinary="user", about="partners' staff"),
    "Delegate": table(
        none="id uuid partner ends_on given_at used_at withdrawn_at",
        ordinary="email name subject user withdrawn_reason",
        about="partners' staff",
    ),
    "SharingRule": table(none="id uuid cooperation source categories areas fields moment active"),
    "Share": table(
        none="id uuid cooperation source case number fields state sealed rule reference sample"
        " created_at sent_at due_at acknowledged_at answered_at ended_at",
        ordinary="reason proposed_by approved_by outcome",
        about="citizens, officers",
    ),
    "Message": table(
        none="id share at side move", ordinary="actor text", about="officers, partners' staff"
    ),
    "Link": table(
        none="id uuid share made_at expires_at revoked_at",
        ordinary="email made_by",
        about="officers, partners' staff",
    ),
    "Access": table(none="id share at via what fields", ordinary="actor", about="partners' staff"),
}
