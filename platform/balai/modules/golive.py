"""What a module wants to see done before its region goes live: ``checks()`` in ``golive.py``."""

from dataclasses import dataclass

from balai.modules.manifest import type_str


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the console's checklist.

    Attributes:
        key: stable and unique among all checks, "complaints.test_report".
        label: what should be so, in the admin's words.
        done: whether it is so, worked out from the data.
        hint: how far it is, or why it matters.
        url: where the admin does it; "" when nothing is to be clicked.
    """

    key: str
    label: type_str
    done: bool
    hint: type_str = ""
    url: str = ""
