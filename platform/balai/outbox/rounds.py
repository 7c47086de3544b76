"""Whose turn it is: every region with work once, before any has its second turn."""

from collections import deque
from collections.abc import Iterable


class Rounds:
    """A ring of names. One that is in it already keeps its place when it is added again."""

    def __init__(self) -> None:
        self._ring: deque[str] = deque()
        self._present: set[str] = set()

    def add(self, names: Iterable[str]) -> None:
        """Put ``names`` at the end of the ring."""
        for name in names:
            if name not in self._present:
                self._present.add(name)
                self._ring.append(name)

    def take(self) -> str | None:
        """Remove and return whose turn it is, or None when nobody waits."""
        if not self._ring:
            return None
        name = self._ring.popleft()
        self._present.discard(name)
        return name

    def __len__(self) -> int:
        return len(self._ring)
