"""``manage.py relay``: hand committed events to the workers, until told to stop."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from balai.health import startup
from balai.outbox.relay import Relay


class Command(BaseCommand):
    """Runs the relay in the foreground; SIGTERM and SIGINT end it cleanly."""

    help = "Hand committed events to the workers."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal."""
        startup.require_sound()
        relay = Relay()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: relay.stop())
        relay.run()
