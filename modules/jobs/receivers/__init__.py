"""What happens after something happened; one file for each side that is told."""

from modules.jobs.receivers import accounts, clocks, employers, seekers

__all__ = ["accounts", "clocks", "employers", "seekers"]
