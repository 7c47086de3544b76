"""The tables of a region's calendar and of its service clocks."""

from balai.workcal.models.clock import Clock
from balai.workcal.models.days import Holiday, WorkingHours

__all__ = ["Clock", "Holiday", "WorkingHours"]
