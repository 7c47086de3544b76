"""What the table of photos holds: position and time are where somebody was."""

from balai.classify import table

TABLES = {
    "StoredFile": table(
        none="id uuid purpose owner kind width height bytes sha256 created_at",
        ordinary="name taken_at latitude longitude created_by",
        about="citizens, officers",
    ),
}
