"""What the table of monthly figures holds: sums only."""

from balai.classify import table

TABLES = {"MonthFigure": table(none="id key month value basis")}
