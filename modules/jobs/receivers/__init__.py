"""What happens after something happened; one file for each side that is told."""

from modules.jobs.receivers import clocks, employers, seekers

__all__ = ["clocks", "employers", "seekers"]
