"""The tables of the budget: its states by day, headings, lines, and totals of the lines."""

from modules.budget.models.heading import Heading
from modules.budget.models.line import Line
from modules.budget.models.snapshot import Snapshot
from modules.budget.models.total import Total

__all__ = ["Heading", "Line", "Snapshot", "Total"]
