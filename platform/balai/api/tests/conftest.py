"""Fixtures of the API's tests."""

from tests.support.committed import cities

__all__ = ["cities"]
