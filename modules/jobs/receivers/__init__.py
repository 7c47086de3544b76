"""What happens after something happened; one file for each side that is told."""

from modules.jobs.receivers import accounts, cards, clocks, employers, gatherings, searches, seekers

__all__ = ["accounts", "cards", "clocks", "employers", "gatherings", "searches", "seekers"]
