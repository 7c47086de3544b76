"""An agency as a preset or an uploaded table describes it: plain data, no model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AgencySpec:
    """One agency; ``parent`` is the code of the agency it belongs to, or "" at the top."""

    code: str
    name: str
    short_name: str
    kind: str = "opd"
    parent: str = ""
    email: str = ""
    phone: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "AgencySpec":
        """Return the agency of one row. Raises TypeError for a missing or an unknown column."""
        return cls(**row)
