"""The base of every schema of the API."""

from ninja import Schema
from pydantic import ConfigDict


class StrictSchema(Schema):
    """Takes what is declared and nothing else: no unknown fields, no "7" for 7."""

    model_config = ConfigDict(strict=True, extra="forbid", str_strip_whitespace=True)


class Problem(StrictSchema):
    """Every error's shape."""

    code: str
    message: str
    fields: dict[str, list[str]] = {}
