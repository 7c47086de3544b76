import io

import pytest

from balai.supervise.journal import Journal, readable


@pytest.mark.parametrize(
    ("line", "level", "text"),
    [
        ("plain words", "", "plain words"),
        (
            'timestamp=2026-11-23T10:00:00Z level=info logger=celery event="worker ready" pid=3',
            "info",
            "worker ready pid=3",
        ),
        (
            r'timestamp=2026-11-23T10:00:00Z level=error event="said \"no\"" region=r_tangerang',
            "error",
            'error: said "no" region=r_tangerang',
        ),
        ("timestamp=x level=warning logger=a event=slow", "warning", "warning: slow"),
    ],
)
def test_a_structured_line_becomes_readable(line: str, level: str, text: str) -> None:
    assert readable(line) == (level, text)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_only_where_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal, pipe = Terminal(), io.StringIO()
    Journal(terminal).write("web-1", "hello")
    Journal(pipe).write("web-1", "hello")
    assert "\033[" in terminal.getvalue()
    assert "\033[" not in pipe.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    quiet = Terminal()
    Journal(quiet).write("web-1", "hello")
    assert "\033[" not in quiet.getvalue()


def test_a_traceback_is_lines_again() -> None:
    pipe = io.StringIO()
    line = r'timestamp=x level=error event=failed exception="Traceback:\n  line 1\nValueError"'
    Journal(pipe).write("worker", line)
    shown = [line.partition(" ")[2] for line in pipe.getvalue().splitlines()]
    assert shown == [
        'worker   error: failed exception="Traceback:',
        "worker     line 1",
        'worker   ValueError"',
    ]
