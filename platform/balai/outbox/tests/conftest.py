"""Fixtures of the outbox's tests."""

from tests.support.committed import cities

__all__ = ["cities"]
