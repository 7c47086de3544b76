"""Fixtures of the calendar's tests."""

from tests.support.committed import cities

__all__ = ["cities"]
