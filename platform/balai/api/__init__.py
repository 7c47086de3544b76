"""The JSON API of a region, at /api/v1/: ``from balai.api import Problem, StrictSchema``."""

from balai.api.schemas import Problem, StrictSchema

__all__ = ["Problem", "StrictSchema"]
