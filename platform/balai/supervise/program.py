"""What the supervisor runs, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Program:
    """One program to keep running.

    Attributes:
        name: short, shown before each of its lines.
        command: the program and its arguments.
        environment: variables beside those it inherits.
        patience: seconds it may take to end by itself before it is killed.
        handles: open file descriptors that it inherits (a listening socket).
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    patience: float = 10.0
    handles: tuple[int, ...] = ()
