"""What the budget's tables hold: public money, no person."""

from balai.classify import table

TABLES = {
    "Heading": table(none="id kind key code name agency"),
    "Snapshot": table(
        none="id uuid year as_of state source run lines left_out revised sample counted_at"
        " published_at"
    ),
    "Line": table(none="id snapshot agency programme activity account budget revised realised run"),
    "Total": table(
        none="id snapshot kind side level agency heading parent budget revised realised lines over"
    ),
}
