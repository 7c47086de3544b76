"""A state as people see it: colour, icon and word."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Status:
    """What ``{% chip %}`` shows; colours mean the same in every module."""

    colour: str
    icon: str
    label: str | Promise
