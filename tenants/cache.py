"""A small bounded cache of what host names mean, for one process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class BoundedCache(Generic[V]):
    """Least recently used entries leave first; each entry has an age at which it is asked anew.

    A value read before an invalidation is never stored after it: ``generation`` tells.
    """

    def __init__(self, size: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.size = size
        self.clock = clock
        self.generation = 0
        self._lock = Lock()
        self._entries: OrderedDict[str, tuple[V, float]] = OrderedDict()

    def get(self, key: str, max_age: float) -> V | None:
        """Return the value if it is at most ``max_age`` seconds old."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None or self.clock() - entry[1] > max_age:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: str, value: V, generation: int) -> None:
        """Store a value that was read while ``generation`` was current."""
        with self._lock:
            if generation != self.generation:
                return
            self._entries[key] = (value, self.clock())
            self._entries.move_to_end(key)
            while len(self._entries) > self.size:
                self._entries.popitem(last=False)

    def drop(self, wanted: Callable[[V], bool]) -> None:
        """Forget the values for which ``wanted`` is true, and refuse those being read now."""
        with self._lock:
            self.generation += 1
            for key in [key for key, (value, _) in self._entries.items() if wanted(value)]:
                del self._entries[key]

    def __len__(self) -> int:
        return len(self._entries)
