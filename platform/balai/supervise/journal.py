"""One readable log: who says what, when; on the terminal in colour, in a file without."""

import os
import re
import sys
import threading
import time
from pathlib import Path
from typing import TextIO

LIMIT = 20 * 1024 * 1024
COLOURS = (36, 35, 34, 33, 32, 96, 95, 94)
LEVELS = {"warning": 33, "error": 31, "critical": 31}
LOGFMT = re.compile(
    r"timestamp=\S+ level=(?P<level>\w+) (?:logger=\S+ )?"
    r'event=(?P<event>"(?:[^"\\]|\\.)*"|\S*)(?P<rest>.*)'
)


class Journal:
    """Writes the lines of all programs to a stream and, when given, to a file.

    Args:
        stream: the terminal.
        path: the file, begun anew when it has grown beyond 20 MB.
        width: length of the longest name.
    """

    def __init__(
        self, stream: TextIO = sys.stdout, path: Path | None = None, width: int = 8
    ) -> None:
        self.stream = stream
        self.path = path
        self.width = width
        self.colour = stream.isatty() and not os.environ.get("NO_COLOR")
        self._lock = threading.Lock()
        self._names: dict[str, int] = {}
        self._file = self._opened()

    def write(self, name: str, line: str) -> None:
        """Write a program's line; a traceback inside a structured one becomes lines again."""
        level, text = readable(line)
        for part in text.split("\n"):
            self._write(name, level, part)

    def _write(self, name: str, level: str, text: str) -> None:
        clock = time.strftime("%H:%M:%S")
        plain = f"{clock} {name:<{self.width}} {text}"
        shown = plain
        if self.colour:
            code = self._names.setdefault(name, COLOURS[len(self._names) % len(COLOURS)])
            tint = f"\033[{LEVELS[level]}m{text}\033[0m" if level in LEVELS else text
            shown = f"\033[2m{clock}\033[0m \033[{code}m{name:<{self.width}}\033[0m {tint}"
        with self._lock:
            self.stream.write(shown + "\n")
            self.stream.flush()
            if self._file:
                self._file.write(f"{time.strftime('%Y-%m-%d')} {plain}\n")
                self._file.flush()

    def show(self, text: str) -> None:
        """Write something for the person at the terminal, as it is."""
        with self._lock:
            self.stream.write(text + "\n")
            self.stream.flush()

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()
            self._file = None

    def _opened(self) -> TextIO | None:
        if self.path is None:
            return None
        if self.path.exists() and self.path.stat().st_size > LIMIT:
            self.path.replace(self.path.with_suffix(".old.log"))
        return self.path.open("a", encoding="utf-8")


def readable(line: str) -> tuple[str, str]:
    """Return a line's level and its text: a structured line without what is said already."""
    match = LOGFMT.match(line)
    if not match:
        return "", line
    level = match["level"]
    event = match["event"]
    if event.startswith('"'):
        event = event[1:-1].replace('\\"', '"')
    said = f"{level}: {event}" if level in LEVELS else event
    return level, f"{said}{match['rest']}".replace("\\n", "\n")
