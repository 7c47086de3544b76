"""A real SMTP server and messages to send through it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.support.committed import cities

__all__ = ["cities"]

TEMPLATES = {
    "hello.subject.txt": "{% if language == 'en' %}Hello{% else %}Halo{% endif %} {{ name }}",
    "hello.txt": "{{ name }}: {{ code }} {{ until|date:'H.i' }} {{ brand.name }}",
    "hello.sms.txt": "{{ code }}",
    "hello.html": "{% extends 'notify/layout.html' %}{% block body %}<p>{{ name }}</p>{% endblock %}",  # noqa: E501  # one line of a template
    "plain.subject.txt": "Plain",
    "plain.txt": "Plain",
    "broken.subject.txt": "Broken",
}


class Sink:
    """What the server was given; ``refuse`` makes it answer so to every recipient."""

    def __init__(self) -> None:
        self.letters = []
        self.refuse = ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  # aiosmtpd's name
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # as above
        self.letters.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def smtp(settings) -> Iterator[Sink]:
    """Yield a running mail server that Django's settings point at."""
    sink = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield sink
    controller.stop()


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, settings) -> None:
    """Put the trial's templates where Django finds them."""
    folder = tmp_path / "notify" / "trial"
    folder.mkdir(parents=True)
    for name, text in TEMPLATES.items():
        (folder / name).write_text(text)
    settings.EMAIL_FILE_PATH = tmp_path / "outgoing"
    [engine] = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path]}]
