"""What the live room's tables hold."""

from balai.classify import left_out, table

TABLES = {
    "Screen": table(
        none="id uuid name created_at expires_at revoked_at last_seen_at",
        ordinary="created_by",
        about="officers",
    ),
    "Instruction": table(
        none="id uuid agency module reference number due_on state created_at",
        ordinary="text given_by",
        about="officers",
    ),
    "InstructionStep": table(
        none="id instruction move at", ordinary="actor text", about="officers"
    ),
    "Moment": left_out(
        "the wall of the last 24 hours, drawn from what is exported", none="id key at html"
    ),
}
