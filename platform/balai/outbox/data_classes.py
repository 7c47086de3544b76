"""What the outbox holds: numbers of rows, never a person."""

from balai.classify import left_out

TABLES = {
    "Event": left_out(
        "Work in hand: what is done is in the tables, and must not be done twice.",
        none="id topic key payload created_at sent_at done_at attempts next_attempt_at last_error",
    ),
    "Delivery": left_out(
        "Which receiver has taken which event; worth something beside the events only.",
        none="id event receiver",
    ),
    "IdempotencyKey": left_out(
        "Answers kept for a day, so that a repeated request of a browser or program is one.",
        none="id status created_at",
        ordinary="body headers fingerprint",
        keys="scope key",
        about="citizens",
    ),
}
