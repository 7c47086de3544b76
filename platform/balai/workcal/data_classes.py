"""What the tables of calendars and clocks hold: nothing of a person."""

from balai.classify import table

TABLES = {
    "Clock": table(
        none="id kind subject started_at counted_from days plain_days used version half_at due_at"
        " paused_at days_left stopped_at climb stage next_at"
    ),
    "Holiday": table(none="id date name kind provisional source"),
    "WorkingHours": table(none="id hours version"),
}
