"""What the specimen's table holds: a note, by nobody in particular."""

from balai.classify import table

TABLES = {"Note": table(none="id uuid echoes written_at", ordinary="text")}
