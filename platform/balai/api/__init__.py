"""The JSON API of a region, at /api/v1/."""
