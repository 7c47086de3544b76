"""A stand-in until a region has its token: cases are written into the folder of outgoing mail."""

import hashlib
import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from modules.complaints.sp4n.channel import Heard, OutgoingCase, RemoteCase, RemoteStatus

SUFFIX: Final = ".sp4n.json"


class ConsoleSp4n:
    """Sends nothing and hears nothing; the number it gives is made of the reference."""

    def send(self, case: OutgoingCase) -> str:
        """Write the case into the folder, readable by us alone."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{time.time_ns()}-{case.reference}{SUFFIX}"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(case), file, cls=DjangoJSONEncoder, ensure_ascii=False)
        return f"UJI-{hashlib.sha256(case.reference.encode()).hexdigest()[:10].upper()}"

    def statuses(self, since: str) -> Heard[RemoteStatus]:
        """Hear nothing."""
        return Heard([])

    def incoming(self, since: str) -> Heard[RemoteCase]:
        """Hear nothing."""
        return Heard([])
