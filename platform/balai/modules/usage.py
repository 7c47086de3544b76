"""What a module counts for the page of plans: ``usage(since)`` in the module's ``usage.py``."""

from dataclasses import dataclass

from balai.modules.manifest import type_str


@dataclass(frozen=True, slots=True)
class Used:
    """How much of something a region has used; ``label`` in the admin's words."""

    label: type_str
    count: int
