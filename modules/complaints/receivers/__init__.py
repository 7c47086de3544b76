"""What happens after something happened to a report; one file for each who is told."""

from modules.complaints.receivers import agency, reporter

__all__ = ["agency", "reporter"]
