"""Apps, and what happened with each on a day."""

from modules.catalogue.models.app import App
from modules.catalogue.models.day import Day

__all__ = ["App", "Day"]
