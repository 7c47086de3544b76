"""Telephone messages without a gateway: written into the folder that the demo's inbox shows."""

import json
import os
import time
from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from django.utils import timezone

from balai.notify.channels.base import Outgoing

log = structlog.get_logger(__name__)

SUFFIX: Final = ".sms.json"


class ConsoleChannel:
    """Sends nothing. The log says that there was a message, never what it said."""

    kind = "sms"

    def deliver(self, message: Outgoing) -> None:
        """Write the message into the folder for outgoing mail, readable by us alone."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{time.time_ns()}-{message.id}{SUFFIX}"
        content = {
            "channel": self.kind,
            "to": message.recipient,
            "from": message.sender,
            "text": message.text,
            "at": timezone.now().isoformat(),
        }
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
        log.info("sms_written", id=message.id, channel=self.kind)


class WhatsAppConsoleChannel(ConsoleChannel):
    """WhatsApp without a provider."""

    kind = "whatsapp"
