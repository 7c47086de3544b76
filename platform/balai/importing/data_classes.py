"""What the tables of imports hold: faulty rows may quote anything that was in a file."""

from balai.classify import left_out, table

TABLES = {
    "ImportRun": table(
        none="id uuid kind name columns mapping options state checked total done position created"
        " updated unchanged failed unknown error created_at moved_at finished_at",
        ordinary="created_by",
        about="officers",
    ),
    "RowError": left_out(
        "Cells of files that were refused; the files themselves are forgotten after 30 days.",
        none="id run row column message",
        ordinary="details value",
        about="citizens, officers",
    ),
}
